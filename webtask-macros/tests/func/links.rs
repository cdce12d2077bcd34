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
#[allow(non_camel_case_types)]
type __wt_type1_links = String;
#[allow(non_camel_case_types)]
type __wt_type3_links = u64;
#[allow(non_camel_case_types)]
type __wt_type6_links = Kind;
#[allow(non_camel_case_types)]
type __wt_type9_links = Option<String>;
#[allow(non_camel_case_types)]
type __wt_type12_links = Vec<Link>;
#[allow(non_snake_case)]
fn __wt_default1_links() -> u64 {
    10
}
#[allow(non_snake_case)]
fn __wt_default2_links() -> Kind {
    ::core::default::Default::default()
}
#[allow(non_snake_case)]
fn __wt_default3_links() -> Option<String> {
    ::core::option::Option::None
}
#[allow(non_snake_case)]
fn __wt_body_links<'a>(
    __cx: &'a wt::__rt::Cx,
    __input: links::Input,
) -> wt::__rt::Body<'a, links::Output> {
    #[allow(unused_imports)]
    use wt::__rt::Opened as _;
    wt::__rt::body(async move {
        let links::Input {
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
#[allow(non_upper_case_globals)]
static __wt_parts_links: wt::__rt::Parts = wt::__rt::Parts {
    slug: "page/links",
    doc: "The links of a page.",
    pool: "crawl",
    timeout: wt::__rt::std::time::Duration::from_millis(30000u64),
    transports: &[wt::__rt::Transport::Rest, wt::__rt::Transport::Sse],
    dialogs: wt::__rt::Dialogs::Accept,
    browser: true,
    untrusted: false,
    urls: &[],
    secrets: &["token"],
    setup: wt::__rt::std::option::Option::Some(wt::__rt::Setup {
        slug: shop::login::TASK.parts().slug,
        secrets: shop::login::TASK.parts().secrets,
        settings: shop::login::TASK.settings(),
        input: wt::__rt::std::option::Option::None,
        body: |cx, _| wt::__rt::prelude(
            wt::__rt::Input::steps(
                <shop::login::Input as wt::__rt::std::default::Default>::default(),
                cx,
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
            ("limit", "u64", false, wt::__rt::plain(&__wt_default1_links()), ""),
            ("type", "Kind", false, wt::__rt::plain(&__wt_default2_links()), ""),
            (
                "search",
                "Option<String>",
                false,
                wt::__rt::plain(&__wt_default3_links()),
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
                wt::__rt::Described(wt::__rt::std::marker::PhantomData::<u64>).schema()
            },
            {
                #[allow(unused_imports)]
                use wt::__rt::Plain as _;
                wt::__rt::Described(wt::__rt::std::marker::PhantomData::<Kind>).schema()
            },
            {
                #[allow(unused_imports)]
                use wt::__rt::Plain as _;
                wt::__rt::Described(wt::__rt::std::marker::PhantomData::<Option<String>>)
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
        let __input_1 = __inputs.or("limit", "u64", __wt_default1_links);
        let __input_2 = __inputs.or("type", "Kind", __wt_default2_links);
        let __input_3 = __inputs.or("search", "Option<String>", __wt_default3_links);
        let input = __inputs
            .finish(
                (|| wt::__rt::std::option::Option::Some(links::Input {
                    path: __input_0?,
                    limit: __input_1?,
                    r#type: __input_2?,
                    search: __input_3?,
                }))(),
            )?;
        wt::__rt::std::result::Result::Ok(links::run(webtask, input).into_json())
    },
};
impl wt::__rt::Input for links::Input {
    type Output = Vec<Link>;
    fn task() -> wt::__rt::Task {
        links::TASK.clone()
    }
    fn steps(self, cx: &wt::__rt::Cx) -> wt::__rt::Body<'_, links::Output> {
        __wt_body_links(cx, self)
    }
}
///The types and the description of the task [`links`](links()).
pub mod links {
    ///The inputs of `page/links`.
    #[allow(non_snake_case)]
    #[derive(Clone, Debug, wt::__rt::serde::Serialize, wt::__rt::serde::Deserialize)]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub struct Input {
        ///The page's path.
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub path: super::__wt_type1_links,
        ///Input `limit`.
        #[serde(default = "super::__wt_default1_links")]
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub limit: super::__wt_type3_links,
        ///Input `type`.
        #[serde(default = "super::__wt_default2_links")]
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub r#type: super::__wt_type6_links,
        ///Input `search`.
        #[serde(default = "super::__wt_default3_links")]
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub search: super::__wt_type9_links,
    }
    impl Input {
        /// The required inputs, with every other input left out.
        #[allow(dead_code, non_snake_case, clippy::too_many_arguments)]
        pub fn new(
            path: impl wt::__rt::std::convert::Into<super::__wt_type1_links>,
        ) -> Self {
            Self {
                path: wt::__rt::std::convert::Into::into(path),
                limit: super::__wt_default1_links(),
                r#type: super::__wt_default2_links(),
                search: super::__wt_default3_links(),
            }
        }
    }
    ///What `page/links` gives.
    pub type Output = super::__wt_type12_links;
    ///The links of a page.
    #[allow(dead_code)]
    pub fn run(webtask: &wt::Webtask, input: Input) -> wt::Run<Output> {
        wt::__rt::run(
            webtask,
            &TASK,
            input,
            |__cx, input| wt::__rt::body(async move {
                wt::__rt::std::result::Result::Ok(
                    wt::__rt::redacted(__cx, super::__wt_body_links(__cx, input).await?)
                        .await?,
                )
            }),
        )
    }
    /// The static description of the task.
    pub static TASK: wt::Task = wt::Task::new(&super::__wt_parts_links);
    #[doc(hidden)]
    pub(super) use wt::__rt::serde as __serde;
    #[doc(hidden)]
    use wt::__rt::own as __own;
}
