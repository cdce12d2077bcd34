#[doc(hidden)]
mod __recipes {
    #[doc(hidden)]
    ///The inputs of `crawl/deep-er/title`.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
    #[serde(crate = "self::crawl_deep_er_title::__serde", deny_unknown_fields)]
    pub struct __crawl_deep_er_title_Input {}
    impl webtask::__rt::std::fmt::Debug for __crawl_deep_er_title_Input {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Input").finish()
        }
    }
    impl webtask::__rt::std::default::Default for __crawl_deep_er_title_Input {
        fn default() -> Self {
            Self {}
        }
    }
    #[doc(hidden)]
    ///What `crawl/deep-er/title` gives.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(
        Clone,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::crawl_deep_er_title::__serde")]
    pub struct __crawl_deep_er_title_Output {
        ///`found`
        pub found: __find_Output,
    }
    impl webtask::__rt::std::fmt::Debug for __crawl_deep_er_title_Output {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Output").field("found", &self.found).finish()
        }
    }
    #[allow(non_upper_case_globals)]
    static __crawl_deep_er_title_STEPS: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "call",
            at: "tests/files/recipes/crawl/deep-er/title.webtask:2:5",
        },
    ];
    #[doc(hidden)]
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub fn __crawl_deep_er_title_body<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: __crawl_deep_er_title_Input,
    ) -> webtask::__rt::Body<'a, __crawl_deep_er_title_Output> {
        webtask::__rt::body(async move {
            let __crawl_deep_er_title_Input {} = input;
            #[allow(unused_variables, unused_mut)]
            let found: __find_Output = webtask::__rt::call(
                    webtask::__rt::at(cx, &__crawl_deep_er_title_STEPS[0usize]),
                    __find_body(cx, __find_Input {}),
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(__crawl_deep_er_title_Output {
                found,
            })
        })
    }
    #[doc(hidden)]
    ///The static description of the task.
    #[allow(non_upper_case_globals)]
    pub static __crawl_deep_er_title_TASK: webtask::Task = webtask::Task::new(
        &webtask::__rt::Parts {
            slug: "crawl/deep-er/title",
            doc: "",
            pool: "default",
            timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
            transports: &[webtask::__rt::Transport::Rest],
            dialogs: webtask::__rt::Dialogs::Dismiss,
            browser: false,
            supplied: false,
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
                        (|| webtask::__rt::std::option::Option::Some(__crawl_deep_er_title_Input {}))(),
                    )?;
                webtask::__rt::std::result::Result::Ok(
                    crawl_deep_er_title(webtask, input).into_json(),
                )
            },
        },
    );
    impl webtask::__rt::Input for __crawl_deep_er_title_Input {
        type Output = __crawl_deep_er_title_Output;
        fn task() -> webtask::__rt::Task {
            __crawl_deep_er_title_TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, __crawl_deep_er_title_Output> {
            __crawl_deep_er_title_body(cx, self)
        }
    }
    ///Runs the task `crawl/deep-er/title`.
    pub fn crawl_deep_er_title(
        webtask: &webtask::Webtask,
        input: __crawl_deep_er_title_Input,
    ) -> webtask::Run<__crawl_deep_er_title_Output> {
        webtask::__rt::run(
            webtask,
            &__crawl_deep_er_title_TASK,
            input,
            __crawl_deep_er_title_body,
        )
    }
    ///The types and the description of the task [`crawl_deep_er_title`](crawl_deep_er_title()).
    pub mod crawl_deep_er_title {
        #[doc(inline)]
        pub use super::__crawl_deep_er_title_Input as Input;
        #[doc(inline)]
        pub use super::__crawl_deep_er_title_Output as Output;
        #[doc(inline)]
        pub use super::__crawl_deep_er_title_TASK as TASK;
        #[doc(hidden)]
        pub use super::__crawl_deep_er_title_body as __body;
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
    #[allow(non_snake_case)]
    fn __quotes_default_unused() -> i64 {
        (1) as i64
    }
    #[doc(hidden)]
    ///The inputs of `crawl/quotes`.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
    #[serde(crate = "self::quotes::__serde", deny_unknown_fields)]
    pub struct __quotes_Input {
        ///Input `tag`.
        pub tag: webtask::__rt::std::option::Option<webtask::__rt::std::string::String>,
        ///Input `unused`.
        #[serde(default = "__quotes_default_unused")]
        pub unused: i64,
    }
    impl webtask::__rt::std::fmt::Debug for __quotes_Input {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Input")
                .field("tag", &self.tag)
                .field("unused", &self.unused)
                .finish()
        }
    }
    impl webtask::__rt::std::default::Default for __quotes_Input {
        fn default() -> Self {
            Self {
                tag: webtask::__rt::std::option::Option::None,
                unused: __quotes_default_unused(),
            }
        }
    }
    #[doc(hidden)]
    ///What `crawl/quotes` gives.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(
        Clone,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::quotes::__serde")]
    pub struct __quotes_Output {
        ///`page_title`
        pub page_title: __title_PageTitle,
    }
    impl webtask::__rt::std::fmt::Debug for __quotes_Output {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Output").field("page_title", &self.page_title).finish()
        }
    }
    #[allow(non_upper_case_globals)]
    static __quotes_STEPS: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "call",
            at: "tests/files/recipes/crawl/quotes.webtask:7:5",
        },
    ];
    #[doc(hidden)]
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub fn __quotes_body<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: __quotes_Input,
    ) -> webtask::__rt::Body<'a, __quotes_Output> {
        webtask::__rt::body(async move {
            let __quotes_Input { tag: tag, unused: unused } = input;
            let password = ();
            #[allow(unused_variables)]
            let __title_Output { page_title } = webtask::__rt::call(
                    webtask::__rt::at(cx, &__quotes_STEPS[0usize]),
                    __title_body(
                        cx,
                        __title_Input {
                            page: webtask::__rt::or(
                                webtask::__rt::std::option::Option::Some(&tag)
                                    .and_then(webtask::__rt::std::option::Option::as_ref),
                                "all",
                            ),
                        },
                    ),
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(__quotes_Output { page_title })
        })
    }
    #[doc(hidden)]
    ///The static description of the task.
    #[allow(non_upper_case_globals)]
    pub static __quotes_TASK: webtask::Task = webtask::Task::new(
        &webtask::__rt::Parts {
            slug: "crawl/quotes",
            doc: "",
            pool: "default",
            timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
            transports: &[webtask::__rt::Transport::Rest],
            dialogs: webtask::__rt::Dialogs::Dismiss,
            browser: true,
            supplied: false,
            urls: &[],
            secrets: &["password"],
            setup: webtask::__rt::std::option::Option::Some(webtask::__rt::Setup {
                slug: "session",
                secrets: &[],
                settings: &[],
                input: webtask::__rt::std::option::Option::None,
                body: |cx, _| webtask::__rt::prelude(
                    __session_body(
                        cx,
                        <__session_Input as webtask::__rt::std::default::Default>::default(),
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
                        webtask::__rt::plain(&__quotes_default_unused()),
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
                let __input_1 = __inputs.or("unused", "int", __quotes_default_unused);
                let input = __inputs
                    .finish(
                        (|| webtask::__rt::std::option::Option::Some(__quotes_Input {
                            tag: __input_0?,
                            unused: __input_1?,
                        }))(),
                    )?;
                webtask::__rt::std::result::Result::Ok(
                    quotes(webtask, input).into_json(),
                )
            },
        },
    );
    impl webtask::__rt::Input for __quotes_Input {
        type Output = __quotes_Output;
        fn task() -> webtask::__rt::Task {
            __quotes_TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, __quotes_Output> {
            __quotes_body(cx, self)
        }
    }
    ///Runs the task `crawl/quotes`.
    pub fn quotes(
        webtask: &webtask::Webtask,
        input: __quotes_Input,
    ) -> webtask::Run<__quotes_Output> {
        webtask::__rt::run(
            webtask,
            &__quotes_TASK,
            input,
            |__cx, input| webtask::__rt::body(async move {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::redacted(__cx, __quotes_body(__cx, input).await?)
                        .await?,
                )
            }),
        )
    }
    ///The types and the description of the task [`quotes`](quotes()).
    pub mod quotes {
        #[doc(inline)]
        pub use super::__quotes_Input as Input;
        #[doc(inline)]
        pub use super::__quotes_Output as Output;
        #[doc(inline)]
        pub use super::__quotes_TASK as TASK;
        #[doc(hidden)]
        pub use super::__quotes_body as __body;
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
    #[doc(hidden)]
    ///The inputs of `crawl/other`.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
    #[serde(crate = "self::find::__serde", deny_unknown_fields)]
    pub struct __find_Input {}
    impl webtask::__rt::std::fmt::Debug for __find_Input {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Input").finish()
        }
    }
    impl webtask::__rt::std::default::Default for __find_Input {
        fn default() -> Self {
            Self {}
        }
    }
    #[doc(hidden)]
    ///What `crawl/other` gives.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(
        Clone,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::find::__serde")]
    pub struct __find_Output {}
    impl webtask::__rt::std::fmt::Debug for __find_Output {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Output").finish()
        }
    }
    #[allow(non_upper_case_globals)]
    static __find_STEPS: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "wait",
            at: "tests/files/recipes/crawl/quotes.webtask:11:5",
        },
    ];
    #[doc(hidden)]
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub fn __find_body<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: __find_Input,
    ) -> webtask::__rt::Body<'a, __find_Output> {
        webtask::__rt::body(async move {
            let __find_Input {} = input;
            webtask::__rt::wait(
                    webtask::__rt::at(cx, &__find_STEPS[0usize]),
                    webtask::__rt::std::time::Duration::from_millis(1000u64),
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(__find_Output {})
        })
    }
    #[doc(hidden)]
    ///The static description of the task.
    #[allow(non_upper_case_globals)]
    pub static __find_TASK: webtask::Task = webtask::Task::new(
        &webtask::__rt::Parts {
            slug: "crawl/other",
            doc: "",
            pool: "default",
            timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
            transports: &[webtask::__rt::Transport::Rest],
            dialogs: webtask::__rt::Dialogs::Dismiss,
            browser: false,
            supplied: false,
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
                        (|| webtask::__rt::std::option::Option::Some(__find_Input {}))(),
                    )?;
                webtask::__rt::std::result::Result::Ok(find(webtask, input).into_json())
            },
        },
    );
    impl webtask::__rt::Input for __find_Input {
        type Output = __find_Output;
        fn task() -> webtask::__rt::Task {
            __find_TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, __find_Output> {
            __find_body(cx, self)
        }
    }
    ///Runs the task `crawl/other`.
    pub fn find(
        webtask: &webtask::Webtask,
        input: __find_Input,
    ) -> webtask::Run<__find_Output> {
        webtask::__rt::run(webtask, &__find_TASK, input, __find_body)
    }
    ///The types and the description of the task [`find`](find()).
    pub mod find {
        #[doc(inline)]
        pub use super::__find_Input as Input;
        #[doc(inline)]
        pub use super::__find_Output as Output;
        #[doc(inline)]
        pub use super::__find_TASK as TASK;
        #[doc(hidden)]
        pub use super::__find_body as __body;
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
    #[allow(non_snake_case)]
    fn __session_default_match() -> webtask::__rt::std::string::String {
        webtask::__rt::std::convert::From::from("x")
    }
    #[doc(hidden)]
    ///The inputs of `session`.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
    #[serde(crate = "self::session::__serde", deny_unknown_fields)]
    pub struct __session_Input {
        ///Input `match`.
        #[serde(default = "__session_default_match")]
        pub r#match: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::fmt::Debug for __session_Input {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Input").field("match", &self.r#match).finish()
        }
    }
    impl webtask::__rt::std::default::Default for __session_Input {
        fn default() -> Self {
            Self {
                r#match: __session_default_match(),
            }
        }
    }
    #[doc(hidden)]
    ///What `session` gives.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(
        Clone,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::session::__serde")]
    pub struct __session_Output {}
    impl webtask::__rt::std::fmt::Debug for __session_Output {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Output").finish()
        }
    }
    #[allow(non_upper_case_globals)]
    static __session_STEPS: &[webtask::__rt::Step] = &[
        webtask::__rt::Step {
            index: 0usize,
            name: "goto",
            at: "tests/files/recipes/session.webtask:3:5",
        },
    ];
    #[doc(hidden)]
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub fn __session_body<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: __session_Input,
    ) -> webtask::__rt::Body<'a, __session_Output> {
        webtask::__rt::body(async move {
            let __session_Input { r#match: r#match } = input;
            webtask::__rt::goto(
                    webtask::__rt::at(cx, &__session_STEPS[0usize]),
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
            webtask::__rt::std::result::Result::Ok(__session_Output {})
        })
    }
    #[doc(hidden)]
    ///The static description of the task.
    #[allow(non_upper_case_globals)]
    pub static __session_TASK: webtask::Task = webtask::Task::new(
        &webtask::__rt::Parts {
            slug: "session",
            doc: "",
            pool: "default",
            timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
            transports: &[webtask::__rt::Transport::Rest],
            dialogs: webtask::__rt::Dialogs::Dismiss,
            browser: true,
            supplied: false,
            urls: &[],
            secrets: &[],
            setup: webtask::__rt::std::option::Option::None,
            input: || webtask::__rt::describe(
                &[
                    (
                        "match",
                        "string",
                        false,
                        webtask::__rt::plain(&__session_default_match()),
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
                let __input_0 = __inputs.or("match", "string", __session_default_match);
                let input = __inputs
                    .finish(
                        (|| webtask::__rt::std::option::Option::Some(__session_Input {
                            r#match: __input_0?,
                        }))(),
                    )?;
                webtask::__rt::std::result::Result::Ok(
                    session(webtask, input).into_json(),
                )
            },
        },
    );
    impl webtask::__rt::Input for __session_Input {
        type Output = __session_Output;
        fn task() -> webtask::__rt::Task {
            __session_TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, __session_Output> {
            __session_body(cx, self)
        }
    }
    ///Runs the task `session`.
    pub fn session(
        webtask: &webtask::Webtask,
        input: __session_Input,
    ) -> webtask::Run<__session_Output> {
        webtask::__rt::run(webtask, &__session_TASK, input, __session_body)
    }
    ///The types and the description of the task [`session`](session()).
    pub mod session {
        #[doc(inline)]
        pub use super::__session_Input as Input;
        #[doc(inline)]
        pub use super::__session_Output as Output;
        #[doc(inline)]
        pub use super::__session_TASK as TASK;
        #[doc(hidden)]
        pub use super::__session_body as __body;
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
    #[allow(non_snake_case)]
    fn __title_default_page() -> webtask::__rt::std::string::String {
        webtask::__rt::std::convert::From::from("news")
    }
    #[doc(hidden)]
    ///The inputs of `title`.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
    #[serde(crate = "self::title::__serde", deny_unknown_fields)]
    pub struct __title_Input {
        ///Input `page`.
        #[serde(default = "__title_default_page")]
        pub page: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::fmt::Debug for __title_Input {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Input").field("page", &self.page).finish()
        }
    }
    impl webtask::__rt::std::default::Default for __title_Input {
        fn default() -> Self {
            Self {
                page: __title_default_page(),
            }
        }
    }
    #[doc(hidden)]
    ///What `extract page_title` reads.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(
        Clone,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::title::__serde")]
    pub struct __title_PageTitle {
        ///`title`
        pub title: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::fmt::Debug for __title_PageTitle {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("PageTitle").field("title", &self.title).finish()
        }
    }
    #[doc(hidden)]
    ///What `title` gives.
    #[allow(non_camel_case_types, non_snake_case)]
    #[derive(
        Clone,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::title::__serde")]
    pub struct __title_Output {
        ///`page_title`
        pub page_title: __title_PageTitle,
    }
    impl webtask::__rt::std::fmt::Debug for __title_Output {
        fn fmt(
            &self,
            f: &mut webtask::__rt::std::fmt::Formatter<'_>,
        ) -> webtask::__rt::std::fmt::Result {
            f.debug_struct("Output").field("page_title", &self.page_title).finish()
        }
    }
    #[allow(non_upper_case_globals)]
    static __title_STEPS: &[webtask::__rt::Step] = &[
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
    #[doc(hidden)]
    #[allow(
        non_shorthand_field_patterns,
        non_snake_case,
        unreachable_code,
        unused_assignments
    )]
    pub fn __title_body<'a>(
        #[allow(unused_variables)]
        cx: &'a webtask::__rt::Cx,
        input: __title_Input,
    ) -> webtask::__rt::Body<'a, __title_Output> {
        webtask::__rt::body(async move {
            let __title_Input { page: page } = input;
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
                    webtask::__rt::at(cx, &__title_STEPS[0usize]),
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
            let page_title: __title_PageTitle = webtask::__rt::extract(
                    webtask::__rt::at(cx, &__title_STEPS[1usize]),
                    __ahead,
                )
                .await?;
            webtask::__rt::std::result::Result::Ok(__title_Output { page_title })
        })
    }
    #[doc(hidden)]
    ///The static description of the task.
    #[allow(non_upper_case_globals)]
    pub static __title_TASK: webtask::Task = webtask::Task::new(
        &webtask::__rt::Parts {
            slug: "title",
            doc: "",
            pool: "default",
            timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
            transports: &[webtask::__rt::Transport::Rest],
            dialogs: webtask::__rt::Dialogs::Dismiss,
            browser: true,
            supplied: false,
            urls: &[],
            secrets: &[],
            setup: webtask::__rt::std::option::Option::None,
            input: || webtask::__rt::describe(
                &[
                    (
                        "page",
                        "string",
                        false,
                        webtask::__rt::plain(&__title_default_page()),
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
                let __input_0 = __inputs.or("page", "string", __title_default_page);
                let input = __inputs
                    .finish(
                        (|| webtask::__rt::std::option::Option::Some(__title_Input {
                            page: __input_0?,
                        }))(),
                    )?;
                webtask::__rt::std::result::Result::Ok(title(webtask, input).into_json())
            },
        },
    );
    impl webtask::__rt::Input for __title_Input {
        type Output = __title_Output;
        fn task() -> webtask::__rt::Task {
            __title_TASK.clone()
        }
        fn steps(
            self,
            cx: &webtask::__rt::Cx,
        ) -> webtask::__rt::Body<'_, __title_Output> {
            __title_body(cx, self)
        }
    }
    ///Runs the task `title`.
    pub fn title(
        webtask: &webtask::Webtask,
        input: __title_Input,
    ) -> webtask::Run<__title_Output> {
        webtask::__rt::run(webtask, &__title_TASK, input, __title_body)
    }
    ///The types and the description of the task [`title`](title()).
    pub mod title {
        #[doc(inline)]
        pub use super::__title_Input as Input;
        #[doc(inline)]
        pub use super::__title_Output as Output;
        #[doc(inline)]
        pub use super::__title_PageTitle as PageTitle;
        #[doc(inline)]
        pub use super::__title_TASK as TASK;
        #[doc(hidden)]
        pub use super::__title_body as __body;
        #[doc(hidden)]
        pub(super) use webtask::__rt::serde as __serde;
    }
}
#[doc(inline)]
#[allow(unused_imports)]
pub use self::__recipes::session;
#[doc(inline)]
#[allow(unused_imports)]
pub use self::__recipes::title;
///The tasks of the folder `crawl`.
pub mod crawl {
    #[doc(inline)]
    #[allow(unused_imports)]
    pub use self::super::__recipes::quotes;
    #[doc(inline)]
    #[allow(unused_imports)]
    pub use self::super::__recipes::find;
    ///The tasks of the folder `crawl/deep-er`.
    pub mod deep_er {
        #[doc(inline)]
        #[allow(unused_imports)]
        pub use self::super::super::__recipes::crawl_deep_er_title as title;
    }
}
/// Every task of the folder, in the order of their files.
#[allow(dead_code)]
pub fn tasks() -> webtask::__rt::std::vec::Vec<webtask::Task> {
    webtask::__rt::std::vec![
        self::__recipes::crawl_deep_er_title::TASK.clone(), self::__recipes::quotes::TASK
        .clone(), self::__recipes::find::TASK.clone(), self::__recipes::session::TASK
        .clone(), self::__recipes::title::TASK.clone()
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
