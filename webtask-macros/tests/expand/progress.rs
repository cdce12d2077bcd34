#[allow(non_upper_case_globals)]
static __wt_at_streaming_progress: &[webtask::__rt::Step] = &[
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
#[allow(
    non_shorthand_field_patterns,
    non_snake_case,
    unreachable_code,
    unused_assignments
)]
fn __wt_body_streaming_progress<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: streaming_progress::Input,
) -> webtask::__rt::Body<'a, streaming_progress::Output> {
    webtask::__rt::body(async move {
        let streaming_progress::Input {} = input;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__wt_at_streaming_progress[0usize]),
                "Step 1 of 4 — navigate",
            )
            .await?;
        webtask::__rt::goto(
                webtask::__rt::at(cx, &__wt_at_streaming_progress[1usize]),
                "https://example.com",
                webtask::__rt::Until::Load,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::emit(
                webtask::__rt::at(cx, &__wt_at_streaming_progress[2usize]),
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
                webtask::__rt::at(cx, &__wt_at_streaming_progress[3usize]),
                "Step 2 of 4 — pause briefly",
            )
            .await?;
        webtask::__rt::wait(
                webtask::__rt::at(cx, &__wt_at_streaming_progress[4usize]),
                webtask::__rt::std::time::Duration::from_millis(1000u64),
            )
            .await?;
        webtask::__rt::emit(
                webtask::__rt::at(cx, &__wt_at_streaming_progress[5usize]),
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
                webtask::__rt::at(cx, &__wt_at_streaming_progress[6usize]),
                "Step 3 of 4 — read title",
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let page: streaming_progress::Page = webtask::__rt::extract(
                webtask::__rt::at(cx, &__wt_at_streaming_progress[7usize]),
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
                webtask::__rt::at(cx, &__wt_at_streaming_progress[8usize]),
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
                webtask::__rt::at(cx, &__wt_at_streaming_progress[9usize]),
                "Step 4 of 4 — done",
            )
            .await?;
        webtask::__rt::std::result::Result::Ok(streaming_progress::Output { page })
    })
}
#[allow(non_upper_case_globals)]
static __wt_parts_streaming_progress: webtask::__rt::Parts = webtask::__rt::Parts {
    slug: "streaming/progress",
    doc: "A four-step flow that reports its progress as it runs.",
    pool: "default",
    timeout: webtask::__rt::std::time::Duration::from_millis(30000u64),
    transports: &[webtask::__rt::Transport::Rest, webtask::__rt::Transport::Sse],
    dialogs: webtask::__rt::Dialogs::Dismiss,
    browser: true,
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
        "{\"type\":\"object\",\"properties\":{\"page\":{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],\"additionalProperties\":false}},\"required\":[\"page\"],\"additionalProperties\":false}",
        &[],
    ),
    start: |webtask, input| {
        let __inputs = webtask::__rt::Inputs::new(input);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(streaming_progress::Input {}))(),
            )?;
        webtask::__rt::std::result::Result::Ok(
            streaming_progress(webtask, input).into_json(),
        )
    },
};
impl webtask::__rt::Input for streaming_progress::Input {
    type Output = streaming_progress::Output;
    fn task() -> webtask::__rt::Task {
        streaming_progress::TASK.clone()
    }
    fn steps(
        self,
        cx: &webtask::__rt::Cx,
    ) -> webtask::__rt::Body<'_, streaming_progress::Output> {
        __wt_body_streaming_progress(cx, self)
    }
}
///A four-step flow that reports its progress as it runs.
pub fn streaming_progress(
    webtask: &webtask::Webtask,
    input: streaming_progress::Input,
) -> webtask::Run<streaming_progress::Output> {
    webtask::__rt::run(
        webtask,
        &streaming_progress::TASK,
        input,
        __wt_body_streaming_progress,
    )
}
///The types and the description of the task [`streaming_progress`](streaming_progress()).
pub mod streaming_progress {
    ///The inputs of `streaming/progress`.
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
    ///What `extract page` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub struct Page {
        ///`title`
        pub title: webtask::__rt::std::string::String,
    }
    ///What `streaming/progress` gives.
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
        ///`page`
        pub page: Page,
    }
    /// The static description of the task.
    pub static TASK: webtask::Task = webtask::Task::new(
        &super::__wt_parts_streaming_progress,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
