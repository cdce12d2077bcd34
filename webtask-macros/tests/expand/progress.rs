#[doc(hidden)]
///The inputs of `streaming/progress`.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
#[serde(crate = "self::streaming_progress::__serde", deny_unknown_fields)]
pub struct __streaming_progress_Input {}
impl webtask::__rt::std::fmt::Debug for __streaming_progress_Input {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Input").finish()
    }
}
impl webtask::__rt::std::default::Default for __streaming_progress_Input {
    fn default() -> Self {
        Self {}
    }
}
#[doc(hidden)]
///What `extract page` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::streaming_progress::__serde")]
pub struct __streaming_progress_Page {
    ///`title`
    pub title: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __streaming_progress_Page {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Page").field("title", &self.title).finish()
    }
}
#[doc(hidden)]
///What `streaming/progress` gives.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::streaming_progress::__serde")]
pub struct __streaming_progress_Output {
    ///`page`
    pub page: __streaming_progress_Page,
}
impl webtask::__rt::std::fmt::Debug for __streaming_progress_Output {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Output").field("page", &self.page).finish()
    }
}
#[allow(non_upper_case_globals)]
static __streaming_progress_STEPS: &[webtask::__rt::Step] = &[
    webtask::__rt::Step {
        index: 0usize,
        name: "status",
        at: "<parsed string 1>:8:5",
    },
    webtask::__rt::Step {
        index: 1usize,
        name: "goto",
        at: "<parsed string 1>:9:5",
    },
    webtask::__rt::Step {
        index: 2usize,
        name: "emit",
        at: "<parsed string 1>:10:5",
    },
    webtask::__rt::Step {
        index: 3usize,
        name: "status",
        at: "<parsed string 1>:12:5",
    },
    webtask::__rt::Step {
        index: 4usize,
        name: "wait",
        at: "<parsed string 1>:13:5",
    },
    webtask::__rt::Step {
        index: 5usize,
        name: "emit",
        at: "<parsed string 1>:14:5",
    },
    webtask::__rt::Step {
        index: 6usize,
        name: "status",
        at: "<parsed string 1>:16:5",
    },
    webtask::__rt::Step {
        index: 7usize,
        name: "extract",
        at: "<parsed string 1>:17:5",
    },
    webtask::__rt::Step {
        index: 8usize,
        name: "emit",
        at: "<parsed string 1>:20:5",
    },
    webtask::__rt::Step {
        index: 9usize,
        name: "status",
        at: "<parsed string 1>:22:5",
    },
];
#[doc(hidden)]
#[allow(
    non_shorthand_field_patterns,
    non_snake_case,
    unreachable_code,
    unused_assignments
)]
pub fn __streaming_progress_body<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: __streaming_progress_Input,
) -> webtask::__rt::Body<'a, __streaming_progress_Output> {
    webtask::__rt::body(async move {
        let __streaming_progress_Input {} = input;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[0usize]),
                "Step 1 of 4 — navigate",
            )
            .await?;
        webtask::__rt::goto(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[1usize]),
                "https://example.com",
                webtask::__rt::Until::Load,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::emit(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[2usize]),
                "progress",
                "navigation complete",
                webtask::__rt::serde_json::Value::Object(
                    webtask::__rt::map([
                        ("fraction", webtask::__rt::serde_json::Value::from(0.25f64)),
                    ]),
                ),
            )
            .await?;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[3usize]),
                "Step 2 of 4 — pause briefly",
            )
            .await?;
        webtask::__rt::wait(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[4usize]),
                webtask::__rt::std::time::Duration::from_millis(1000u64),
            )
            .await?;
        webtask::__rt::emit(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[5usize]),
                "progress",
                "pause finished",
                webtask::__rt::serde_json::Value::Object(
                    webtask::__rt::map([
                        ("fraction", webtask::__rt::serde_json::Value::from(0.5f64)),
                    ]),
                ),
            )
            .await?;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[6usize]),
                "Step 3 of 4 — read title",
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let page: __streaming_progress_Page = webtask::__rt::extract(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[7usize]),
                &webtask::__rt::Spec {
                    name: "page",
                    from: "html",
                    repeat: false,
                    limit: webtask::__rt::std::option::Option::None,
                    fields: &[
                        webtask::__rt::Field::new(
                            "title",
                            webtask::__rt::Source::Text("title"),
                        ),
                    ],
                },
            )
            .await?;
        webtask::__rt::emit(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[8usize]),
                "progress",
                "extracted title",
                webtask::__rt::serde_json::Value::Object(
                    webtask::__rt::map([
                        ("fraction", webtask::__rt::serde_json::Value::from(0.75f64)),
                    ]),
                ),
            )
            .await?;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__streaming_progress_STEPS[9usize]),
                "Step 4 of 4 — done",
            )
            .await?;
        webtask::__rt::std::result::Result::Ok(__streaming_progress_Output {
            page,
        })
    })
}
#[doc(hidden)]
///The static description of the task.
#[allow(non_upper_case_globals)]
pub static __streaming_progress_TASK: webtask::Task = webtask::Task::new(
    &webtask::__rt::Parts {
        slug: "streaming/progress",
        doc: "A four-step flow that reports its progress as it runs.",
        pool: "default",
        timeout: webtask::__rt::std::time::Duration::from_millis(30000u64),
        transports: &[webtask::__rt::Transport::Rest, webtask::__rt::Transport::Sse],
        dialogs: webtask::__rt::Dialogs::Dismiss,
        browser: true,
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
            "{\"type\":\"object\",\"properties\":{\"page\":{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],\"additionalProperties\":false}},\"required\":[\"page\"],\"additionalProperties\":false}",
            &[],
        ),
        start: |webtask, input| {
            let __inputs = webtask::__rt::Inputs::new(input);
            let input = __inputs
                .finish(
                    (|| webtask::__rt::std::option::Option::Some(__streaming_progress_Input {}))(),
                )?;
            webtask::__rt::std::result::Result::Ok(
                streaming_progress(webtask, input).into_json(),
            )
        },
    },
);
impl webtask::__rt::Input for __streaming_progress_Input {
    type Output = __streaming_progress_Output;
    fn task() -> webtask::__rt::Task {
        __streaming_progress_TASK.clone()
    }
    fn steps(
        self,
        cx: &webtask::__rt::Cx,
    ) -> webtask::__rt::Body<'_, __streaming_progress_Output> {
        __streaming_progress_body(cx, self)
    }
}
///A four-step flow that reports its progress as it runs.
pub fn streaming_progress(
    webtask: &webtask::Webtask,
    input: __streaming_progress_Input,
) -> webtask::Run<__streaming_progress_Output> {
    webtask::__rt::run(
        webtask,
        &__streaming_progress_TASK,
        input,
        __streaming_progress_body,
    )
}
///The types and the description of the task [`streaming_progress`](streaming_progress()).
pub mod streaming_progress {
    #[doc(inline)]
    pub use super::__streaming_progress_Input as Input;
    #[doc(inline)]
    pub use super::__streaming_progress_Output as Output;
    #[doc(inline)]
    pub use super::__streaming_progress_Page as Page;
    #[doc(inline)]
    pub use super::__streaming_progress_TASK as TASK;
    #[doc(hidden)]
    pub use super::__streaming_progress_body as __body;
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
