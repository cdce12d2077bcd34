/// The links of a page.
#[inline]
pub async fn links(
    cx: &Cx,
    path: String,
    mut limit: u64,
    r#type: Kind,
    search: Option<String>,
) -> Result<Vec<Link>, anyhow::Error> {
    cx.wait_network_idle(limit).await?;
}
#[allow(non_snake_case)]
fn __links_default_limit() -> u64 {
    10
}
#[allow(non_snake_case)]
fn __links_default_type() -> Kind {
    ::core::default::Default::default()
}
#[allow(non_snake_case)]
fn __links_default_search() -> Option<String> {
    ::core::option::Option::None
}
#[doc(hidden)]
///The inputs of `page/links`.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, wt::__rt::serde::Serialize, wt::__rt::serde::Deserialize)]
#[serde(crate = "self::links::__serde", deny_unknown_fields)]
pub struct __links_Input {
    ///The page's path.
    pub path: String,
    ///Input `limit`.
    #[serde(default = "__links_default_limit")]
    pub limit: u64,
    ///Input `type`.
    #[serde(default = "__links_default_type")]
    pub r#type: Kind,
    ///Input `search`.
    #[serde(default = "__links_default_search")]
    pub search: Option<String>,
}
impl wt::__rt::std::fmt::Debug for __links_Input {
    fn fmt(
        &self,
        f: &mut wt::__rt::std::fmt::Formatter<'_>,
    ) -> wt::__rt::std::fmt::Result {
        f.debug_struct("Input")
            .field("path", &self.path)
            .field("limit", &self.limit)
            .field("type", &self.r#type)
            .field("search", &self.search)
            .finish()
    }
}
#[doc(hidden)]
///What `page/links` gives.
#[allow(non_camel_case_types)]
pub type __links_Output = Vec<Link>;
#[doc(hidden)]
#[allow(non_snake_case)]
pub fn __links_body<'a>(
    __cx: &'a wt::__rt::Cx,
    __input: __links_Input,
) -> wt::__rt::Body<'a, __links_Output> {
    #[allow(unused_imports)]
    use wt::__rt::Opened as _;
    wt::__rt::body(async move {
        let __links_Input {
            path: __input_0,
            limit: __input_1,
            r#type: __input_2,
            search: __input_3,
        } = __input;
        wt::__rt::watch_network(__cx).await?;
        let __gave = wt::__rt::Given(
                links(__cx, __input_0, __input_1, __input_2, __input_3).await,
            )
            .opened();
        wt::__rt::ended(__gave)
    })
}
#[doc(hidden)]
///The static description of the task.
#[allow(non_upper_case_globals)]
pub static __links_TASK: wt::Task = {
    static PARTS: wt::__rt::Parts = wt::__rt::Parts {
        slug: "page/links",
        doc: "The links of a page.",
        pool: "crawl",
        timeout: wt::__rt::std::time::Duration::from_millis(30000u64),
        transports: &[wt::__rt::Transport::Rest, wt::__rt::Transport::Sse],
        dialogs: wt::__rt::Dialogs::Accept,
        browser: true,
        supplied: false,
        urls: &[],
        secrets: &["token"],
        setup: wt::__rt::std::option::Option::Some(wt::__rt::Setup {
            slug: shop::login::TASK.parts().slug,
            secrets: shop::login::TASK.parts().secrets,
            settings: shop::login::TASK.settings(),
            input: wt::__rt::std::option::Option::None,
            body: |cx, _| wt::__rt::prelude(
                shop::login::__body(
                    cx,
                    <shop::login::Input as wt::__rt::std::default::Default>::default(),
                ),
            ),
        }),
        input: || wt::__rt::describe(
            &[
                (
                    "path",
                    "String",
                    true,
                    wt::__rt::serde_json::Value::Null,
                    "The page's path.",
                ),
                ("limit", "u64", false, wt::__rt::plain(&__links_default_limit()), ""),
                ("type", "Kind", false, wt::__rt::plain(&__links_default_type()), ""),
                (
                    "search",
                    "Option<String>",
                    false,
                    wt::__rt::plain(&__links_default_search()),
                    "",
                ),
            ],
        ),
        accepts: || wt::__rt::schema(
            "{\"type\":\"object\",\"properties\":{\"path\":{\"$rust\":0},\"limit\":{\"$rust\":1},\"type\":{\"$rust\":2},\"search\":{\"$rust\":3}},\"required\":[\"path\"],\"additionalProperties\":false}",
            &[
                {
                    #[allow(unused_imports)]
                    use wt::__rt::Plain as _;
                    wt::__rt::Described(wt::__rt::std::marker::PhantomData::<String>)
                        .schema()
                },
                {
                    #[allow(unused_imports)]
                    use wt::__rt::Plain as _;
                    wt::__rt::Described(wt::__rt::std::marker::PhantomData::<u64>)
                        .schema()
                },
                {
                    #[allow(unused_imports)]
                    use wt::__rt::Plain as _;
                    wt::__rt::Described(wt::__rt::std::marker::PhantomData::<Kind>)
                        .schema()
                },
                {
                    #[allow(unused_imports)]
                    use wt::__rt::Plain as _;
                    wt::__rt::Described(
                            wt::__rt::std::marker::PhantomData::<Option<String>>,
                        )
                        .schema()
                },
            ],
        ),
        output: || wt::__rt::schema(
            "{\"$rust\":0}",
            &[
                {
                    #[allow(unused_imports)]
                    use wt::__rt::Plain as _;
                    wt::__rt::Described(wt::__rt::std::marker::PhantomData::<Vec<Link>>)
                        .schema()
                },
            ],
        ),
        start: |webtask, input| {
            let mut __inputs = wt::__rt::Inputs::new(input);
            let __input_0 = __inputs.required("path", "String");
            let __input_1 = __inputs.or("limit", "u64", __links_default_limit);
            let __input_2 = __inputs.or("type", "Kind", __links_default_type);
            let __input_3 = __inputs
                .or("search", "Option<String>", __links_default_search);
            let input = __inputs
                .finish(
                    (|| wt::__rt::std::option::Option::Some(__links_Input {
                        path: __input_0?,
                        limit: __input_1?,
                        r#type: __input_2?,
                        search: __input_3?,
                    }))(),
                )?;
            wt::__rt::std::result::Result::Ok(__links_run(webtask, input).into_json())
        },
    };
    wt::Task::new(&PARTS)
};
impl wt::__rt::Input for __links_Input {
    type Output = __links_Output;
    fn task() -> wt::__rt::Task {
        __links_TASK.clone()
    }
    fn steps(self, cx: &wt::__rt::Cx) -> wt::__rt::Body<'_, __links_Output> {
        __links_body(cx, self)
    }
}
#[doc(hidden)]
#[allow(dead_code, non_snake_case)]
///The links of a page.
pub fn __links_run(
    webtask: &wt::Webtask,
    input: __links_Input,
) -> wt::Run<__links_Output> {
    wt::__rt::run(
        webtask,
        &__links_TASK,
        input,
        |__cx, input| wt::__rt::body(async move {
            wt::__rt::std::result::Result::Ok(
                wt::__rt::redacted(__cx, __links_body(__cx, input).await?).await?,
            )
        }),
    )
}
///The types and the description of the task [`links`](links()).
pub mod links {
    #[doc(inline)]
    pub use super::__links_Input as Input;
    #[doc(inline)]
    pub use super::__links_Output as Output;
    #[doc(inline)]
    pub use super::__links_run as run;
    #[doc(inline)]
    pub use super::__links_TASK as TASK;
    #[doc(hidden)]
    pub use super::__links_body as __body;
    #[doc(hidden)]
    pub(super) use wt::__rt::serde as __serde;
}
