#[allow(non_snake_case)]
fn __sign_in_default_user() -> webtask::__rt::std::string::String {
    webtask::__rt::std::unreachable!()
}
#[doc(hidden)]
///The inputs of `login`.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
#[serde(crate = "self::sign_in::__serde", deny_unknown_fields)]
struct __sign_in_Input {
    ///Input `user`.
    #[serde(default = "__sign_in_default_user")]
    pub user: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __sign_in_Input {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Input").field("user", &self.user).finish()
    }
}
impl webtask::__rt::std::default::Default for __sign_in_Input {
    fn default() -> Self {
        Self {
            user: __sign_in_default_user(),
        }
    }
}
#[doc(hidden)]
///What `login` gives.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::sign_in::__serde")]
struct __sign_in_Output {
    ///`session`
    pub session: webtask::__rt::serde_json::Value,
}
impl webtask::__rt::std::fmt::Debug for __sign_in_Output {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Output").field("session", &self.session).finish()
    }
}
#[doc(hidden)]
#[allow(non_snake_case)]
fn __sign_in_body<'a>(
    _: &'a webtask::__rt::Cx,
    _: __sign_in_Input,
) -> webtask::__rt::Body<'a, __sign_in_Output> {
    webtask::__rt::body(webtask::__rt::std::future::pending())
}
#[doc(hidden)]
///The static description of the task.
#[allow(non_upper_case_globals)]
static __sign_in_TASK: webtask::Task = webtask::Task::new(webtask::__rt::Parts {
    slug: "login",
    doc: "Signs in.",
    pool: "default",
    timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
    transports: &[webtask::__rt::Transport::Rest],
    dialogs: webtask::__rt::Dialogs::Dismiss,
    browser: false,
    secrets: &["password"],
    setup: webtask::__rt::std::option::Option::None,
    input: || webtask::__rt::describe(
        &[("user", "string", false, webtask::__rt::plain(&__sign_in_default_user()), "")],
    ),
    accepts: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"user\":{\"type\":\"string\"}},\"required\":[],\"additionalProperties\":false}",
        &[],
    ),
    output: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"session\":{}},\"required\":[\"session\"],\"additionalProperties\":false}",
        &[],
    ),
    start: |webtask, input| {
        let mut __inputs = webtask::__rt::Inputs::new(input);
        let __input_0 = __inputs.or("user", "string", __sign_in_default_user);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(__sign_in_Input {
                    user: __input_0?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(sign_in(webtask, input).into_json())
    },
});
///Signs in.
fn sign_in(
    webtask: &webtask::Webtask,
    input: __sign_in_Input,
) -> webtask::Run<__sign_in_Output> {
    webtask::__rt::run(
        webtask,
        &__sign_in_TASK,
        input,
        |__cx, input| webtask::__rt::body(async move {
            webtask::__rt::std::result::Result::Ok(
                webtask::__rt::redacted(__cx, __sign_in_body(__cx, input).await?)?,
            )
        }),
    )
}
///The types and the description of the task [`sign_in`](sign_in()).
mod sign_in {
    #[doc(inline)]
    pub(super) use super::__sign_in_Input as Input;
    #[doc(inline)]
    pub(super) use super::__sign_in_Output as Output;
    #[doc(inline)]
    pub(super) use super::__sign_in_TASK as TASK;
    #[doc(hidden)]
    pub(super) use super::__sign_in_body as __body;
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
#[allow(non_snake_case)]
fn __every_step_default_limit() -> i64 {
    webtask::__rt::std::unreachable!()
}
#[allow(non_snake_case)]
fn __every_step_default_type() -> webtask::__rt::std::string::String {
    webtask::__rt::std::unreachable!()
}
#[allow(non_snake_case)]
fn __every_step_default_offset() -> u32 {
    3 + 4
}
#[doc(hidden)]
///The inputs of `every/step`.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
#[serde(crate = "self::every_step::__serde", deny_unknown_fields)]
pub(crate) struct __every_step_Input {
    ///what to look for
    pub query: webtask::__rt::std::string::String,
    ///Input `limit`.
    #[serde(default = "__every_step_default_limit")]
    pub limit: i64,
    ///Input `deep`.
    pub deep: webtask::__rt::std::option::Option<bool>,
    ///Input `type`.
    #[serde(default = "__every_step_default_type")]
    pub r#type: webtask::__rt::std::string::String,
    ///Where to begin.
    #[serde(default = "__every_step_default_offset")]
    pub offset: u32,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Input {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Input")
            .field("query", &self.query)
            .field("limit", &self.limit)
            .field("deep", &self.deep)
            .field("type", &self.r#type)
            .field("offset", &self.offset)
            .finish()
    }
}
#[doc(hidden)]
///What `extract head` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_Head {
    ///`title`
    pub title: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Head {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Head").field("title", &self.title).finish()
    }
}
#[doc(hidden)]
///What `extract seller` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_RowsSeller {
    ///`name`
    pub name: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __every_step_RowsSeller {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("RowsSeller").field("name", &self.name).finish()
    }
}
#[doc(hidden)]
///What `extract offers` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_RowsOffers {
    ///`cost`
    pub cost: i64,
}
impl webtask::__rt::std::fmt::Debug for __every_step_RowsOffers {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("RowsOffers").field("cost", &self.cost).finish()
    }
}
#[doc(hidden)]
///What `extract rows` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_Rows {
    ///`name`
    pub name: webtask::__rt::std::string::String,
    ///`price`
    pub price: webtask::__rt::std::option::Option<f64>,
    ///`link`
    pub link: webtask::__rt::std::string::String,
    ///`body`
    pub body: webtask::__rt::std::string::String,
    ///`kind`
    pub kind: webtask::__rt::std::string::String,
    ///`many`
    pub many: i64,
    ///`tags`
    pub tags: webtask::__rt::std::vec::Vec<webtask::__rt::std::string::String>,
    ///`seller`
    pub seller: __every_step_RowsSeller,
    ///`offers`
    pub offers: webtask::__rt::std::vec::Vec<__every_step_RowsOffers>,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Rows {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Rows")
            .field("name", &self.name)
            .field("price", &self.price)
            .field("link", &self.link)
            .field("body", &self.body)
            .field("kind", &self.kind)
            .field("many", &self.many)
            .field("tags", &self.tags)
            .field("seller", &self.seller)
            .field("offers", &self.offers)
            .finish()
    }
}
#[doc(hidden)]
///What `extract detail` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_Detail {
    ///`text`
    pub text: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Detail {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Detail").field("text", &self.text).finish()
    }
}
#[doc(hidden)]
///A turn's results that `collect details` gathers.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_Details {
    ///`detail`
    pub detail: __every_step_Detail,
    ///`number`
    pub number: i64,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Details {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Details")
            .field("detail", &self.detail)
            .field("number", &self.number)
            .finish()
    }
}
#[doc(hidden)]
///What `extract late` reads.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_Late {
    ///`text`
    pub text: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Late {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Late").field("text", &self.text).finish()
    }
}
#[doc(hidden)]
///What `every/step` gives.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
#[serde(crate = "self::every_step::__serde")]
pub(crate) struct __every_step_Output {
    ///`turned`
    pub turned: webtask::__rt::std::vec::Vec<i64>,
    ///`head`
    pub head: __every_step_Head,
    ///`rows`
    pub rows: webtask::__rt::std::vec::Vec<__every_step_Rows>,
    ///`info`
    pub info: webtask::__rt::serde_json::Value,
    ///`n`
    pub n: u64,
    ///`shot`
    pub shot: webtask::__rt::results::Capture,
    ///`whole`
    pub whole: webtask::__rt::std::string::String,
    ///`notes`
    pub notes: webtask::__rt::std::option::Option<webtask::__rt::std::string::String>,
    ///`written`
    pub written: webtask::__rt::std::vec::Vec<webtask::__rt::results::File>,
    ///`table`
    pub table: webtask::__rt::std::string::String,
    ///`printed`
    pub printed: webtask::__rt::results::Capture,
    ///`short`
    pub short: webtask::__rt::std::string::String,
    ///`label`
    pub label: webtask::__rt::std::string::String,
    ///`page`
    pub page: webtask::__rt::std::string::String,
    ///`all`
    pub all: webtask::__rt::std::vec::Vec<webtask::__rt::results::Cookie>,
    ///`some`
    pub some: webtask::__rt::std::vec::Vec<webtask::__rt::results::Cookie>,
    ///`answer`
    pub answer: webtask::__rt::results::Response,
    ///`images`
    pub images: webtask::__rt::std::vec::Vec<webtask::__rt::results::Download>,
    ///`said`
    pub said: webtask::__rt::std::vec::Vec<webtask::__rt::results::ConsoleMessage>,
    ///`log`
    pub log: webtask::__rt::results::Capture,
    ///`asked`
    pub asked: webtask::__rt::serde_json::Value,
    ///`plain`
    pub plain: webtask::__rt::std::string::String,
    ///`total`
    pub total: i64,
    ///`first`
    pub first: webtask::__rt::std::string::String,
    ///`names`
    pub names: webtask::__rt::std::vec::Vec<webtask::__rt::serde_json::Value>,
    ///`details`
    pub details: webtask::__rt::std::vec::Vec<__every_step_Details>,
    ///`big`
    pub big: webtask::__rt::std::option::Option<bool>,
    ///`both`
    pub both: webtask::__rt::std::string::String,
    ///`late`
    pub late: __every_step_Late,
    ///`other`
    pub other: __helper_Output,
    ///`helped`
    pub helped: webtask::__rt::std::string::String,
    ///`far`
    pub far: elsewhere::far_task::Output,
}
impl webtask::__rt::std::fmt::Debug for __every_step_Output {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Output")
            .field("turned", &self.turned)
            .field("head", &self.head)
            .field("rows", &self.rows)
            .field("info", &self.info)
            .field("n", &self.n)
            .field("shot", &self.shot)
            .field("whole", &self.whole)
            .field("notes", &self.notes)
            .field("written", &self.written)
            .field("table", &self.table)
            .field("printed", &self.printed)
            .field("short", &self.short)
            .field("label", &self.label)
            .field("page", &self.page)
            .field("all", &self.all)
            .field("some", &self.some)
            .field("answer", &self.answer)
            .field("images", &self.images)
            .field("said", &self.said)
            .field("log", &self.log)
            .field("asked", &self.asked)
            .field("plain", &self.plain)
            .field("total", &self.total)
            .field("first", &self.first)
            .field("names", &self.names)
            .field("details", &self.details)
            .field("big", &self.big)
            .field("both", &self.both)
            .field("late", &self.late)
            .field("other", &self.other)
            .field("helped", &self.helped)
            .field("far", &self.far)
            .finish()
    }
}
#[doc(hidden)]
#[allow(non_snake_case)]
pub(crate) fn __every_step_body<'a>(
    _: &'a webtask::__rt::Cx,
    _: __every_step_Input,
) -> webtask::__rt::Body<'a, __every_step_Output> {
    webtask::__rt::body(webtask::__rt::std::future::pending())
}
#[doc(hidden)]
///The static description of the task.
#[allow(non_upper_case_globals)]
pub(crate) static __every_step_TASK: webtask::Task = webtask::Task::new(webtask::__rt::Parts {
    slug: "every/step",
    doc: "Every step and every kind of value.",
    pool: "shop",
    timeout: webtask::__rt::std::time::Duration::from_millis(120000u64),
    transports: &[webtask::__rt::Transport::Rest, webtask::__rt::Transport::Sse],
    dialogs: webtask::__rt::Dialogs::Accept,
    browser: false,
    secrets: &["password"],
    setup: webtask::__rt::std::option::Option::None,
    input: || webtask::__rt::describe(
        &[
            (
                "query",
                "string",
                true,
                webtask::__rt::serde_json::Value::Null,
                "what to look for",
            ),
            (
                "limit",
                "int",
                false,
                webtask::__rt::plain(&__every_step_default_limit()),
                "",
            ),
            ("deep", "bool", false, webtask::__rt::serde_json::Value::Null, ""),
            (
                "type",
                "string",
                false,
                webtask::__rt::plain(&__every_step_default_type()),
                "",
            ),
            (
                "offset",
                "u32",
                false,
                webtask::__rt::plain(&__every_step_default_offset()),
                "Where to begin.",
            ),
        ],
    ),
    accepts: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\"},\"limit\":{\"type\":\"integer\"},\"deep\":{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}]},\"type\":{\"type\":\"string\"},\"offset\":{\"$rust\":0}},\"required\":[\"query\"],\"additionalProperties\":false}",
        &[
            {
                #[allow(unused_imports)]
                use webtask::__rt::Plain as _;
                webtask::__rt::Described(webtask::__rt::std::marker::PhantomData::<u32>)
                    .schema()
            },
        ],
    ),
    output: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"turned\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"head\":{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],\"additionalProperties\":false},\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"price\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]},\"link\":{\"type\":\"string\"},\"body\":{\"type\":\"string\"},\"kind\":{\"type\":\"string\"},\"many\":{\"type\":\"integer\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"seller\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"],\"additionalProperties\":false},\"offers\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"cost\":{\"type\":\"integer\"}},\"required\":[\"cost\"],\"additionalProperties\":false}}},\"required\":[\"name\",\"price\",\"link\",\"body\",\"kind\",\"many\",\"tags\",\"seller\",\"offers\"],\"additionalProperties\":false}},\"info\":{},\"n\":{\"$rust\":0},\"shot\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"whole\":{\"type\":\"string\"},\"notes\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"written\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"}},\"required\":[\"path\",\"size\"],\"additionalProperties\":false}},\"table\":{\"type\":\"string\"},\"printed\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"short\":{\"type\":\"string\"},\"label\":{\"type\":\"string\"},\"page\":{\"type\":\"string\"},\"all\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"value\":{\"type\":\"string\"},\"domain\":{\"type\":\"string\"},\"path\":{\"type\":\"string\"},\"expires\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]},\"httpOnly\":{\"type\":\"boolean\"},\"secure\":{\"type\":\"boolean\"},\"sameSite\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}},\"required\":[\"name\",\"value\",\"domain\",\"path\",\"expires\",\"httpOnly\",\"secure\",\"sameSite\"],\"additionalProperties\":false}},\"some\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"value\":{\"type\":\"string\"},\"domain\":{\"type\":\"string\"},\"path\":{\"type\":\"string\"},\"expires\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]},\"httpOnly\":{\"type\":\"boolean\"},\"secure\":{\"type\":\"boolean\"},\"sameSite\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}},\"required\":[\"name\",\"value\",\"domain\",\"path\",\"expires\",\"httpOnly\",\"secure\",\"sameSite\"],\"additionalProperties\":false}},\"answer\":{\"type\":\"object\",\"properties\":{\"status\":{\"type\":\"integer\"},\"headers\":{\"type\":\"object\"},\"body\":{\"type\":\"string\"},\"json\":{}},\"required\":[\"status\",\"headers\",\"body\",\"json\"],\"additionalProperties\":false},\"images\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"url\",\"name\",\"type\",\"size\",\"bytesB64\"],\"additionalProperties\":false}},\"said\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"level\":{\"type\":\"string\"},\"text\":{\"type\":\"string\"},\"url\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"line\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]},\"column\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}},\"required\":[\"level\",\"text\",\"url\",\"line\",\"column\"],\"additionalProperties\":false}},\"log\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"asked\":{},\"plain\":{\"type\":\"string\"},\"total\":{\"type\":\"integer\"},\"first\":{\"type\":\"string\"},\"names\":{\"type\":\"array\",\"items\":{}},\"details\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"detail\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"],\"additionalProperties\":false},\"number\":{\"type\":\"integer\"}},\"required\":[\"detail\",\"number\"],\"additionalProperties\":false}},\"big\":{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}]},\"both\":{\"type\":\"string\"},\"late\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"],\"additionalProperties\":false},\"other\":{\"type\":\"object\",\"properties\":{\"helped\":{\"type\":\"string\"}},\"required\":[\"helped\"],\"additionalProperties\":false},\"helped\":{\"type\":\"string\"},\"far\":{\"$rust\":1}},\"required\":[\"turned\",\"head\",\"rows\",\"info\",\"n\",\"shot\",\"whole\",\"notes\",\"written\",\"table\",\"printed\",\"short\",\"label\",\"page\",\"all\",\"some\",\"answer\",\"images\",\"said\",\"log\",\"asked\",\"plain\",\"total\",\"first\",\"names\",\"details\",\"big\",\"both\",\"late\",\"other\",\"helped\",\"far\"],\"additionalProperties\":false}",
        &[
            {
                #[allow(unused_imports)]
                use webtask::__rt::Plain as _;
                webtask::__rt::Described(webtask::__rt::std::marker::PhantomData::<u64>)
                    .schema()
            },
            {
                #[allow(unused_imports)]
                use webtask::__rt::Plain as _;
                webtask::__rt::Described(
                        webtask::__rt::std::marker::PhantomData::<
                            elsewhere::far_task::Output,
                        >,
                    )
                    .schema()
            },
        ],
    ),
    start: |webtask, input| {
        let mut __inputs = webtask::__rt::Inputs::new(input);
        let __input_0 = __inputs.required("query", "string");
        let __input_1 = __inputs.or("limit", "int", __every_step_default_limit);
        let __input_2 = __inputs.optional("deep", "bool");
        let __input_3 = __inputs.or("type", "string", __every_step_default_type);
        let __input_4 = __inputs.or("offset", "u32", __every_step_default_offset);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(__every_step_Input {
                    query: __input_0?,
                    limit: __input_1?,
                    deep: __input_2?,
                    r#type: __input_3?,
                    offset: __input_4?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(every_step(webtask, input).into_json())
    },
});
///Every step and every kind of value.
pub(crate) fn every_step(
    webtask: &webtask::Webtask,
    input: __every_step_Input,
) -> webtask::Run<__every_step_Output> {
    webtask::__rt::run(
        webtask,
        &__every_step_TASK,
        input,
        |__cx, input| webtask::__rt::body(async move {
            webtask::__rt::std::result::Result::Ok(
                webtask::__rt::redacted(__cx, __every_step_body(__cx, input).await?)?,
            )
        }),
    )
}
///The types and the description of the task [`every_step`](every_step()).
pub(crate) mod every_step {
    #[doc(inline)]
    pub(crate) use super::__every_step_Input as Input;
    #[doc(inline)]
    pub(crate) use super::__every_step_Output as Output;
    #[doc(inline)]
    pub(crate) use super::__every_step_Head as Head;
    #[doc(inline)]
    pub(crate) use super::__every_step_RowsSeller as RowsSeller;
    #[doc(inline)]
    pub(crate) use super::__every_step_RowsOffers as RowsOffers;
    #[doc(inline)]
    pub(crate) use super::__every_step_Rows as Rows;
    #[doc(inline)]
    pub(crate) use super::__every_step_Detail as Detail;
    #[doc(inline)]
    pub(crate) use super::__every_step_Details as Details;
    #[doc(inline)]
    pub(crate) use super::__every_step_Late as Late;
    #[doc(inline)]
    pub(crate) use super::__every_step_TASK as TASK;
    #[doc(hidden)]
    pub(crate) use super::__every_step_body as __body;
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
#[allow(non_snake_case)]
fn __helper_default_size() -> f64 {
    webtask::__rt::std::unreachable!()
}
#[doc(hidden)]
///The inputs of `helper`.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
#[serde(crate = "self::helper::__serde", deny_unknown_fields)]
struct __helper_Input {
    ///Input `name`.
    pub name: webtask::__rt::std::string::String,
    ///Input `size`.
    #[serde(default = "__helper_default_size")]
    pub size: f64,
}
impl webtask::__rt::std::fmt::Debug for __helper_Input {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Input")
            .field("name", &self.name)
            .field("size", &self.size)
            .finish()
    }
}
#[doc(hidden)]
///What `helper` gives.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(
    Clone,
    PartialEq,
    webtask::__rt::serde::Serialize,
    webtask::__rt::serde::Deserialize
)]
#[serde(crate = "self::helper::__serde")]
struct __helper_Output {
    ///`helped`
    pub helped: webtask::__rt::std::string::String,
}
impl webtask::__rt::std::fmt::Debug for __helper_Output {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Output").field("helped", &self.helped).finish()
    }
}
#[doc(hidden)]
#[allow(non_snake_case)]
fn __helper_body<'a>(
    _: &'a webtask::__rt::Cx,
    _: __helper_Input,
) -> webtask::__rt::Body<'a, __helper_Output> {
    webtask::__rt::body(webtask::__rt::std::future::pending())
}
#[doc(hidden)]
///The static description of the task.
#[allow(non_upper_case_globals)]
static __helper_TASK: webtask::Task = webtask::Task::new(webtask::__rt::Parts {
    slug: "helper",
    doc: "",
    pool: "default",
    timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
    transports: &[webtask::__rt::Transport::Rest],
    dialogs: webtask::__rt::Dialogs::Dismiss,
    browser: false,
    secrets: &[],
    setup: webtask::__rt::std::option::Option::None,
    input: || webtask::__rt::describe(
        &[
            ("name", "string", true, webtask::__rt::serde_json::Value::Null, ""),
            ("size", "float", false, webtask::__rt::plain(&__helper_default_size()), ""),
        ],
    ),
    accepts: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"size\":{\"type\":\"number\"}},\"required\":[\"name\"],\"additionalProperties\":false}",
        &[],
    ),
    output: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"helped\":{\"type\":\"string\"}},\"required\":[\"helped\"],\"additionalProperties\":false}",
        &[],
    ),
    start: |webtask, input| {
        let mut __inputs = webtask::__rt::Inputs::new(input);
        let __input_0 = __inputs.required("name", "string");
        let __input_1 = __inputs.or("size", "float", __helper_default_size);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(__helper_Input {
                    name: __input_0?,
                    size: __input_1?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(helper(webtask, input).into_json())
    },
});
///Runs the task `helper`.
fn helper(
    webtask: &webtask::Webtask,
    input: __helper_Input,
) -> webtask::Run<__helper_Output> {
    webtask::__rt::run(webtask, &__helper_TASK, input, __helper_body)
}
///The types and the description of the task [`helper`](helper()).
mod helper {
    #[doc(inline)]
    pub(super) use super::__helper_Input as Input;
    #[doc(inline)]
    pub(super) use super::__helper_Output as Output;
    #[doc(inline)]
    pub(super) use super::__helper_TASK as TASK;
    #[doc(hidden)]
    pub(super) use super::__helper_body as __body;
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
#[doc(hidden)]
///The inputs of `returns/early`.
#[allow(non_camel_case_types, non_snake_case)]
#[derive(Clone, webtask::__rt::serde::Serialize, webtask::__rt::serde::Deserialize)]
#[serde(crate = "self::returns_early::__serde", deny_unknown_fields)]
struct __returns_early_Input {
    ///Input `list`.
    pub list: webtask::__rt::std::option::Option<
        webtask::__rt::std::vec::Vec<webtask::__rt::serde_json::Value>,
    >,
}
impl webtask::__rt::std::fmt::Debug for __returns_early_Input {
    fn fmt(
        &self,
        f: &mut webtask::__rt::std::fmt::Formatter<'_>,
    ) -> webtask::__rt::std::fmt::Result {
        f.debug_struct("Input").field("list", &self.list).finish()
    }
}
impl webtask::__rt::std::default::Default for __returns_early_Input {
    fn default() -> Self {
        Self {
            list: webtask::__rt::std::option::Option::None,
        }
    }
}
#[doc(hidden)]
///What `returns/early` gives.
#[allow(non_camel_case_types)]
type __returns_early_Output = u32;
#[doc(hidden)]
#[allow(non_snake_case)]
fn __returns_early_body<'a>(
    _: &'a webtask::__rt::Cx,
    _: __returns_early_Input,
) -> webtask::__rt::Body<'a, __returns_early_Output> {
    webtask::__rt::body(webtask::__rt::std::future::pending())
}
#[doc(hidden)]
///The static description of the task.
#[allow(non_upper_case_globals)]
static __returns_early_TASK: webtask::Task = webtask::Task::new(webtask::__rt::Parts {
    slug: "returns/early",
    doc: "",
    pool: "default",
    timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
    transports: &[webtask::__rt::Transport::Rest],
    dialogs: webtask::__rt::Dialogs::Dismiss,
    browser: false,
    secrets: &[],
    setup: webtask::__rt::std::option::Option::None,
    input: || webtask::__rt::describe(
        &[("list", "list", false, webtask::__rt::serde_json::Value::Null, "")],
    ),
    accepts: || webtask::__rt::schema(
        "{\"type\":\"object\",\"properties\":{\"list\":{\"anyOf\":[{\"type\":\"array\",\"items\":{}},{\"type\":\"null\"}]}},\"required\":[],\"additionalProperties\":false}",
        &[],
    ),
    output: || webtask::__rt::schema(
        "{\"$rust\":0}",
        &[
            {
                #[allow(unused_imports)]
                use webtask::__rt::Plain as _;
                webtask::__rt::Described(webtask::__rt::std::marker::PhantomData::<u32>)
                    .schema()
            },
        ],
    ),
    start: |webtask, input| {
        let mut __inputs = webtask::__rt::Inputs::new(input);
        let __input_0 = __inputs.optional("list", "list");
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(__returns_early_Input {
                    list: __input_0?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(returns_early(webtask, input).into_json())
    },
});
///Runs the task `returns/early`.
fn returns_early(
    webtask: &webtask::Webtask,
    input: __returns_early_Input,
) -> webtask::Run<__returns_early_Output> {
    webtask::__rt::run(webtask, &__returns_early_TASK, input, __returns_early_body)
}
///The types and the description of the task [`returns_early`](returns_early()).
mod returns_early {
    #[doc(inline)]
    pub(super) use super::__returns_early_Input as Input;
    #[doc(inline)]
    pub(super) use super::__returns_early_Output as Output;
    #[doc(inline)]
    pub(super) use super::__returns_early_TASK as TASK;
    #[doc(hidden)]
    pub(super) use super::__returns_early_body as __body;
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
::core::compile_error! {
    "`label` is bound already\nhelp: give this one another name"
}
