#[doc(hidden)]
mod __recipes {
    #[allow(non_upper_case_globals)]
    static __wt_at_crawl_deep_er_title: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "call",
            at: "tests/files/recipes/crawl/deep-er/title.webtask:2:5",
        },
    ];
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub(super) fn __wt_body_crawl_deep_er_title<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: super::crawl::deep_er::title::Input,
    ) -> webtask::__rt::Body<'a, super::crawl::deep_er::title::Output> {
        webtask::__rt::body(async move {
            let super::crawl::deep_er::title::Input {} = input;
            #[allow(unused_variables, unused_mut)]
            let found: super::crawl::find::Output = webtask::__rt::call(
                    webtask::__rt::at(cx, &__wt_at_crawl_deep_er_title[0usize]),
                    webtask::__rt::Input::steps(super::crawl::find::Input {}, cx),
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(super::crawl::deep_er::title::Output {
                found,
            })
        })
    }
    #[allow(non_upper_case_globals)]
    pub(super) static __wt_parts_crawl_deep_er_title: webtask::__rt::Parts = webtask::__rt::Parts {
        slug: "crawl/deep-er/title",
        doc: "",
        pool: "default",
        timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
        transports: &[webtask::__rt::Transport::Rest],
        dialogs: webtask::__rt::Dialogs::Dismiss,
        browser: false,
        untrusted: false,
        urls: &[],
        secrets: &[],
        setup: webtask::__rt::std::option::Option::None,
        input: || webtask::__rt::describe(&[]),
        accepts: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        output: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"found\":{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}},\"required\":[\"found\"],\"additionalProperties\":false}",
            &[],
        ),
        start: |webtask, input| {
            let __inputs = webtask::__rt::Inputs::new(input);
            let input = __inputs
                .finish(
                    (|| webtask::__rt::std::option::Option::Some(super::crawl::deep_er::title::Input {}))(),
                )?;
            webtask::__rt::std::result::Result::Ok(
                super::crawl::deep_er::title(webtask, input).into_json(),
            )
        },
    };
    impl webtask::__rt::Input for super::crawl::deep_er::title::Input {
        type Output = super::crawl::deep_er::title::Output;
        fn task() -> webtask::__rt::Task {
            super::crawl::deep_er::title::TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, super::crawl::deep_er::title::Output> {
            __wt_body_crawl_deep_er_title(cx, self)
        }
    }
    #[allow(non_snake_case)]
    pub(super) fn __wt_default1_quotes() -> i64 {
        (1) as i64
    }
    #[allow(non_upper_case_globals)]
    static __wt_at_quotes: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "call",
            at: "tests/files/recipes/crawl/quotes.webtask:7:5",
        },
    ];
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub(super) fn __wt_body_quotes<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: super::crawl::quotes::Input,
    ) -> webtask::__rt::Body<'a, super::crawl::quotes::Output> {
        webtask::__rt::body(async move {
            let super::crawl::quotes::Input { tag: tag, unused: unused } = input;
            let password = ();
            #[allow(unused_variables)]
            let super::title::Output { page_title } = webtask::__rt::call(
                    webtask::__rt::at(cx, &__wt_at_quotes[0usize]),
                    webtask::__rt::Input::steps(
                        super::title::Input {
                            page: webtask::__rt::or(
                                webtask::__rt::std::option::Option::Some(&tag)
                                    .and_then(webtask::__rt::std::option::Option::as_ref),
                                "all",
                            ),
                        },
                        cx,
                    ),
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(super::crawl::quotes::Output {
                page_title,
            })
        })
    }
    #[allow(non_upper_case_globals)]
    pub(super) static __wt_parts_quotes: webtask::__rt::Parts = webtask::__rt::Parts {
        slug: "crawl/quotes",
        doc: "",
        pool: "default",
        timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
        transports: &[webtask::__rt::Transport::Rest],
        dialogs: webtask::__rt::Dialogs::Dismiss,
        browser: true,
        untrusted: false,
        urls: &[],
        secrets: &["password"],
        setup: webtask::__rt::std::option::Option::Some(webtask::__rt::Setup {
            slug: "session",
            secrets: &[],
            settings: &[],
            input: webtask::__rt::std::option::Option::None,
            body: |cx, _| webtask::__rt::prelude(
                webtask::__rt::Input::steps(
                    <super::session::Input as webtask::__rt::std::default::Default>::default(),
                    cx,
                ),
            ),
        }),
        input: || webtask::__rt::describe(
            &[
                ("tag", "string", false, webtask::__rt::serde_json::Value::Null, ""),
                (
                    "unused",
                    "int",
                    false,
                    webtask::__rt::plain(&__wt_default1_quotes()),
                    "",
                ),
            ],
        ),
        accepts: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"tag\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"unused\":{\"type\":\"integer\"}},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        output: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"page_title\":{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],\"additionalProperties\":false}},\"required\":[\"page_title\"],\"additionalProperties\":false}",
            &[],
        ),
        start: |webtask, input| {
            let mut __inputs = webtask::__rt::Inputs::new(input);
            let __input_0 = __inputs.optional("tag", "string");
            let __input_1 = __inputs.or("unused", "int", __wt_default1_quotes);
            let input = __inputs
                .finish(
                    (|| webtask::__rt::std::option::Option::Some(super::crawl::quotes::Input {
                        tag: __input_0?,
                        unused: __input_1?,
                    }))(),
                )?;
            webtask::__rt::std::result::Result::Ok(
                super::crawl::quotes(webtask, input).into_json(),
            )
        },
    };
    impl webtask::__rt::Input for super::crawl::quotes::Input {
        type Output = super::crawl::quotes::Output;
        fn task() -> webtask::__rt::Task {
            super::crawl::quotes::TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, super::crawl::quotes::Output> {
            __wt_body_quotes(cx, self)
        }
    }
    #[allow(non_upper_case_globals)]
    static __wt_at_find: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "wait",
            at: "tests/files/recipes/crawl/quotes.webtask:11:5",
        },
    ];
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub(super) fn __wt_body_find<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: super::crawl::find::Input,
    ) -> webtask::__rt::Body<'a, super::crawl::find::Output> {
        webtask::__rt::body(async move {
            let super::crawl::find::Input {} = input;
            webtask::__rt::wait(
                    webtask::__rt::at(cx, &__wt_at_find[0usize]),
                    webtask::__rt::std::time::Duration::from_millis(1000u64),
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(super::crawl::find::Output {})
        })
    }
    #[allow(non_upper_case_globals)]
    pub(super) static __wt_parts_find: webtask::__rt::Parts = webtask::__rt::Parts {
        slug: "crawl/other",
        doc: "",
        pool: "default",
        timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
        transports: &[webtask::__rt::Transport::Rest],
        dialogs: webtask::__rt::Dialogs::Dismiss,
        browser: false,
        untrusted: false,
        urls: &[],
        secrets: &[],
        setup: webtask::__rt::std::option::Option::None,
        input: || webtask::__rt::describe(&[]),
        accepts: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        output: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        start: |webtask, input| {
            let __inputs = webtask::__rt::Inputs::new(input);
            let input = __inputs
                .finish(
                    (|| webtask::__rt::std::option::Option::Some(super::crawl::find::Input {}))(),
                )?;
            webtask::__rt::std::result::Result::Ok(
                super::crawl::find(webtask, input).into_json(),
            )
        },
    };
    impl webtask::__rt::Input for super::crawl::find::Input {
        type Output = super::crawl::find::Output;
        fn task() -> webtask::__rt::Task {
            super::crawl::find::TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, super::crawl::find::Output> {
            __wt_body_find(cx, self)
        }
    }
    #[allow(non_snake_case)]
    pub(super) fn __wt_default0_session() -> webtask::__rt::std::string::String {
        webtask::__rt::std::convert::From::from("x")
    }
    #[allow(non_upper_case_globals)]
    static __wt_at_session: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "goto",
            at: "tests/files/recipes/session.webtask:3:5",
        },
    ];
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub(super) fn __wt_body_session<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: super::session::Input,
    ) -> webtask::__rt::Body<'a, super::session::Output> {
        webtask::__rt::body(async move {
            let super::session::Input { r#match: r#match } = input;
            webtask::__rt::goto(
                    webtask::__rt::at(cx, &__wt_at_session[0usize]),
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Text("https://example.com/"),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "match",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&r#match),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::UrlPath,
                            }),
                        ],
                    )?,
                    webtask::__rt::Until::Load,
                    webtask::__rt::std::option::Option::None,
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(super::session::Output {})
        })
    }
    #[allow(non_upper_case_globals)]
    pub(super) static __wt_parts_session: webtask::__rt::Parts = webtask::__rt::Parts {
        slug: "session",
        doc: "",
        pool: "default",
        timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
        transports: &[webtask::__rt::Transport::Rest],
        dialogs: webtask::__rt::Dialogs::Dismiss,
        browser: true,
        untrusted: false,
        urls: &[],
        secrets: &[],
        setup: webtask::__rt::std::option::Option::None,
        input: || webtask::__rt::describe(
            &[
                (
                    "match",
                    "string",
                    false,
                    webtask::__rt::plain(&__wt_default0_session()),
                    "",
                ),
            ],
        ),
        accepts: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"match\":{\"type\":\"string\"}},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        output: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        start: |webtask, input| {
            let mut __inputs = webtask::__rt::Inputs::new(input);
            let __input_0 = __inputs.or("match", "string", __wt_default0_session);
            let input = __inputs
                .finish(
                    (|| webtask::__rt::std::option::Option::Some(super::session::Input {
                        r#match: __input_0?,
                    }))(),
                )?;
            webtask::__rt::std::result::Result::Ok(
                super::session(webtask, input).into_json(),
            )
        },
    };
    impl webtask::__rt::Input for super::session::Input {
        type Output = super::session::Output;
        fn task() -> webtask::__rt::Task {
            super::session::TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, super::session::Output> {
            __wt_body_session(cx, self)
        }
    }
    #[allow(non_snake_case)]
    pub(super) fn __wt_default0_title() -> webtask::__rt::std::string::String {
        webtask::__rt::std::convert::From::from("news")
    }
    #[allow(non_upper_case_globals)]
    static __wt_at_title: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "goto",
            at: "tests/files/recipes/title.webtask:3:5",
        },
        webtask::__rt::Step {
            index: 1usize,
            name: "extract",
            at: "tests/files/recipes/title.webtask:4:5",
        },
    ];
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub(super) fn __wt_body_title<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: super::title::Input,
    ) -> webtask::__rt::Body<'a, super::title::Output> {
        webtask::__rt::body(async move {
            let super::title::Input { page: page } = input;
            let __ahead = &webtask::__rt::Spec {
                name: "page_title",
                from: "html",
                repeat: false,
                limit: webtask::__rt::std::option::Option::None,
                fields: &[
                    webtask::__rt::Field::new(
                        "title",
                        webtask::__rt::Source::Text("title"),
                    ),
                ],
            };
            webtask::__rt::ahead(cx, __ahead);
            webtask::__rt::goto(
                    webtask::__rt::at(cx, &__wt_at_title[0usize]),
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Text("https://example.com/"),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "page",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&page),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::UrlPath,
                            }),
                        ],
                    )?,
                    webtask::__rt::Until::Load,
                    webtask::__rt::std::option::Option::None,
                )
                .await?;
            #[allow(unused_variables, unused_mut)]
            let page_title: super::title::PageTitle = webtask::__rt::extract(
                    webtask::__rt::at(cx, &__wt_at_title[1usize]),
                    __ahead,
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(super::title::Output { page_title })
        })
    }
    #[allow(non_upper_case_globals)]
    pub(super) static __wt_parts_title: webtask::__rt::Parts = webtask::__rt::Parts {
        slug: "title",
        doc: "",
        pool: "default",
        timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
        transports: &[webtask::__rt::Transport::Rest],
        dialogs: webtask::__rt::Dialogs::Dismiss,
        browser: true,
        untrusted: false,
        urls: &[],
        secrets: &[],
        setup: webtask::__rt::std::option::Option::None,
        input: || webtask::__rt::describe(
            &[
                (
                    "page",
                    "string",
                    false,
                    webtask::__rt::plain(&__wt_default0_title()),
                    "",
                ),
            ],
        ),
        accepts: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"page\":{\"type\":\"string\"}},\"required\":[],\"additionalProperties\":false}",
            &[],
        ),
        output: || webtask::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"page_title\":{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],\"additionalProperties\":false}},\"required\":[\"page_title\"],\"additionalProperties\":false}",
            &[],
        ),
        start: |webtask, input| {
            let mut __inputs = webtask::__rt::Inputs::new(input);
            let __input_0 = __inputs.or("page", "string", __wt_default0_title);
            let input = __inputs
                .finish(
                    (|| webtask::__rt::std::option::Option::Some(super::title::Input {
                        page: __input_0?,
                    }))(),
                )?;
            webtask::__rt::std::result::Result::Ok(
                super::title(webtask, input).into_json(),
            )
        },
    };
    impl webtask::__rt::Input for super::title::Input {
        type Output = super::title::Output;
        fn task() -> webtask::__rt::Task {
            super::title::TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, super::title::Output> {
            __wt_body_title(cx, self)
        }
    }
}
///Runs the task `session`.
pub fn session(
    webtask: &webtask::Webtask,
    input: session::Input,
) -> webtask::Run<session::Output> {
    webtask::__rt::run(webtask, &session::TASK, input, __recipes::__wt_body_session)
}
///The types and the description of the task [`session`](session()).
pub mod session {
    ///The inputs of `session`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub struct Input {
        ///Input `match`.
        #[serde(default = "super::__recipes::__wt_default0_session")]
        pub r#match: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::default::Default for Input {
        fn default() -> Self {
            Self {
                r#match: super::__recipes::__wt_default0_session(),
            }
        }
    }
    ///What `session` gives.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub struct Output {}
    /// The static description of the task.
    pub static TASK: webtask::Task = webtask::Task::new(
        &super::__recipes::__wt_parts_session,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
///Runs the task `title`.
pub fn title(
    webtask: &webtask::Webtask,
    input: title::Input,
) -> webtask::Run<title::Output> {
    webtask::__rt::run(webtask, &title::TASK, input, __recipes::__wt_body_title)
}
///The types and the description of the task [`title`](title()).
pub mod title {
    ///The inputs of `title`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub struct Input {
        ///Input `page`.
        #[serde(default = "super::__recipes::__wt_default0_title")]
        pub page: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::default::Default for Input {
        fn default() -> Self {
            Self {
                page: super::__recipes::__wt_default0_title(),
            }
        }
    }
    ///What `extract page_title` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub struct PageTitle {
        ///`title`
        pub title: webtask::__rt::std::string::String,
    }
    ///What `title` gives.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub struct Output {
        ///`page_title`
        pub page_title: PageTitle,
    }
    /// The static description of the task.
    pub static TASK: webtask::Task = webtask::Task::new(
        &super::__recipes::__wt_parts_title,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
///The tasks of the folder `crawl`.
pub mod crawl {
    ///Runs the task `crawl/quotes`.
    pub fn quotes(
        webtask: &webtask::Webtask,
        input: quotes::Input,
    ) -> webtask::Run<quotes::Output> {
        webtask::__rt::run(
            webtask,
            &quotes::TASK,
            input,
            |__cx, input| webtask::__rt::body(async move {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::redacted(
                            __cx,
                            super::__recipes::__wt_body_quotes(__cx, input).await?,
                        )
                        .await?,
                )
            }),
        )
    }
    ///The types and the description of the task [`quotes`](quotes()).
    pub mod quotes {
        ///The inputs of `crawl/quotes`.
        #[allow(non_snake_case)]
        #[derive(
            Clone,
            Debug,
            webtask::__rt::serde::Serialize,
            webtask::__rt::serde::Deserialize
        )]
        #[serde(crate = "self::__serde", deny_unknown_fields)]
        pub struct Input {
            ///Input `tag`.
            pub tag: webtask::__rt::std::option::Option<
                webtask::__rt::std::string::String,
            >,
            ///Input `unused`.
            #[serde(default = "super::super::__recipes::__wt_default1_quotes")]
            pub unused: i64,
        }
        impl webtask::__rt::std::default::Default for Input {
            fn default() -> Self {
                Self {
                    tag: webtask::__rt::std::option::Option::None,
                    unused: super::super::__recipes::__wt_default1_quotes(),
                }
            }
        }
        ///What `crawl/quotes` gives.
        #[allow(non_snake_case)]
        #[derive(
            Clone,
            Debug,
            PartialEq,
            webtask::__rt::serde::Serialize,
            webtask::__rt::serde::Deserialize
        )]
        #[serde(crate = "self::__serde")]
        pub struct Output {
            ///`page_title`
            pub page_title: super::super::title::PageTitle,
        }
        /// The static description of the task.
        pub static TASK: webtask::Task = webtask::Task::new(
            &super::super::__recipes::__wt_parts_quotes,
        );
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
    ///Runs the task `crawl/other`.
    pub fn find(
        webtask: &webtask::Webtask,
        input: find::Input,
    ) -> webtask::Run<find::Output> {
        webtask::__rt::run(webtask, &find::TASK, input, super::__recipes::__wt_body_find)
    }
    ///The types and the description of the task [`find`](find()).
    pub mod find {
        ///The inputs of `crawl/other`.
        #[allow(non_snake_case)]
        #[derive(
            Clone,
            Debug,
            webtask::__rt::serde::Serialize,
            webtask::__rt::serde::Deserialize
        )]
        #[serde(crate = "self::__serde", deny_unknown_fields)]
        pub struct Input {}
        impl webtask::__rt::std::default::Default for Input {
            fn default() -> Self {
                Self {}
            }
        }
        ///What `crawl/other` gives.
        #[allow(non_snake_case)]
        #[derive(
            Clone,
            Debug,
            PartialEq,
            webtask::__rt::serde::Serialize,
            webtask::__rt::serde::Deserialize
        )]
        #[serde(crate = "self::__serde")]
        pub struct Output {}
        /// The static description of the task.
        pub static TASK: webtask::Task = webtask::Task::new(
            &super::super::__recipes::__wt_parts_find,
        );
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
    ///The tasks of the folder `crawl/deep-er`.
    pub mod deep_er {
        ///Runs the task `crawl/deep-er/title`.
        pub fn title(
            webtask: &webtask::Webtask,
            input: title::Input,
        ) -> webtask::Run<title::Output> {
            webtask::__rt::run(
                webtask,
                &title::TASK,
                input,
                super::super::__recipes::__wt_body_crawl_deep_er_title,
            )
        }
        ///The types and the description of the task [`title`](title()).
        pub mod title {
            ///The inputs of `crawl/deep-er/title`.
            #[allow(non_snake_case)]
            #[derive(
                Clone,
                Debug,
                webtask::__rt::serde::Serialize,
                webtask::__rt::serde::Deserialize
            )]
            #[serde(crate = "self::__serde", deny_unknown_fields)]
            pub struct Input {}
            impl webtask::__rt::std::default::Default for Input {
                fn default() -> Self {
                    Self {}
                }
            }
            ///What `crawl/deep-er/title` gives.
            #[allow(non_snake_case)]
            #[derive(
                Clone,
                Debug,
                PartialEq,
                webtask::__rt::serde::Serialize,
                webtask::__rt::serde::Deserialize
            )]
            #[serde(crate = "self::__serde")]
            pub struct Output {
                ///`found`
                pub found: super::super::super::crawl::find::Output,
            }
            /// The static description of the task.
            pub static TASK: webtask::Task = webtask::Task::new(
                &super::super::super::__recipes::__wt_parts_crawl_deep_er_title,
            );
            #[doc(hidden)]
            pub(super) use webtask::__rt::serde as __serde;
        }
    }
}
/// Every task of the folder, in the order of their files.
#[allow(dead_code)]
pub fn tasks() -> webtask::__rt::std::vec::Vec<webtask::Task> {
    webtask::__rt::std::vec![
        self::crawl::deep_er::title::TASK.clone(), self::crawl::quotes::TASK.clone(),
        self::crawl::find::TASK.clone(), self::session::TASK.clone(), self::title::TASK
        .clone()
    ]
}
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    "$DIR/tests/files/recipes/crawl/deep-er/title.webtask"
);
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    "$DIR/tests/files/recipes/crawl/quotes.webtask"
);
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    "$DIR/tests/files/recipes/session.webtask"
);
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    "$DIR/tests/files/recipes/title.webtask"
);
const _: () = {
    #[deprecated = "tests/files/recipes/crawl/quotes.webtask:5:11: input `unused` is never used"]
    const UNUSED: () = ();
    UNUSED
};
const _: () = {
    #[deprecated = "tests/files/recipes/crawl/quotes.webtask:6:12: secret `password` is never used"]
    const UNUSED: () = ();
    UNUSED
};
