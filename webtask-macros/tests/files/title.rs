#[allow(non_snake_case)]
fn __wt_default0_title() -> webtask::__rt::std::string::String {
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
fn __wt_body_title<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: title::Input,
) -> webtask::__rt::Body<'a, title::Output> {
    webtask::__rt::body(async move {
        let title::Input { page: page } = input;
        let __ahead = &webtask::__rt::Spec {
            name: "page_title",
            from: "html",
            repeat: false,
            limit: webtask::__rt::std::option::Option::None,
            fields: &[
                webtask::__rt::Field::new("title", webtask::__rt::Source::Text("title")),
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
        let page_title: title::PageTitle = webtask::__rt::extract(
                webtask::__rt::at(cx, &__wt_at_title[1usize]),
                __ahead,
            )
            .await?;
        webtask::__rt::std::result::Result::Ok(title::Output { page_title })
    })
}
#[allow(non_upper_case_globals)]
static __wt_parts_title: webtask::__rt::Parts = webtask::__rt::Parts {
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
        &[("page", "string", false, webtask::__rt::plain(&__wt_default0_title()), "")],
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
                (|| webtask::__rt::std::option::Option::Some(title::Input {
                    page: __input_0?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(title(webtask, input).into_json())
    },
};
impl webtask::__rt::Input for title::Input {
    type Output = title::Output;
    fn task() -> webtask::__rt::Task {
        title::TASK.clone()
    }
    fn steps(self, cx: &webtask::__rt::Cx) -> webtask::__rt::Body<'_, title::Output> {
        __wt_body_title(cx, self)
    }
}
///Runs the task `title`.
pub fn title(
    webtask: &webtask::Webtask,
    input: title::Input,
) -> webtask::Run<title::Output> {
    webtask::__rt::run(webtask, &title::TASK, input, __wt_body_title)
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
        #[serde(default = "super::__wt_default0_title")]
        pub page: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::default::Default for Input {
        fn default() -> Self {
            Self {
                page: super::__wt_default0_title(),
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
    pub static TASK: webtask::Task = webtask::Task::new(&super::__wt_parts_title);
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    "$DIR/tests/files/recipes/title.webtask"
);
