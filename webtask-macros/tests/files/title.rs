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
                webtask::__rt::Field::new("title", webtask::__rt::Source::Text("title")),
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
    fn steps(self, cx: &webtask::__rt::Cx) -> webtask::__rt::Body<'_, __title_Output> {
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
const _: &[::core::primitive::u8] = ::core::include_bytes!(
    "$DIR/tests/files/recipes/title.webtask"
);
