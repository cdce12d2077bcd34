#[allow(non_snake_case)]
fn __wt_default0_sign_in() -> webtask::__rt::std::string::String {
    webtask::__rt::std::convert::From::from("ann")
}
#[allow(non_upper_case_globals)]
static __wt_at_sign_in: &[webtask::__rt::Step] = &[
    webtask::__rt::Step {
        index: 0usize,
        name: "goto",
        at: "<parsed string 1>:5:5",
    },
    webtask::__rt::Step {
        index: 1usize,
        name: "sendkeys",
        at: "<parsed string 1>:6:5",
    },
    webtask::__rt::Step {
        index: 2usize,
        name: "sendkeys",
        at: "<parsed string 1>:7:5",
    },
    webtask::__rt::Step {
        index: 3usize,
        name: "fill",
        at: "<parsed string 1>:8:5",
    },
    webtask::__rt::Step {
        index: 4usize,
        name: "click",
        at: "<parsed string 1>:9:5",
    },
    webtask::__rt::Step {
        index: 5usize,
        name: "js",
        at: "<parsed string 1>:10:5",
    },
];
#[allow(
    non_shorthand_field_patterns,
    non_snake_case,
    unreachable_code,
    unused_assignments
)]
fn __wt_body_sign_in<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: sign_in::Input,
) -> webtask::__rt::Body<'a, sign_in::Output> {
    webtask::__rt::body(async move {
        let sign_in::Input { user: user } = input;
        let password = ();
        let _ = password;
        webtask::__rt::goto(
                webtask::__rt::at(cx, &__wt_at_sign_in[0usize]),
                "https://shop.example/login",
                webtask::__rt::Until::Load,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::sendkeys(
                webtask::__rt::at(cx, &__wt_at_sign_in[1usize]),
                "#user",
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "user",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&user),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::sendkeys(
                webtask::__rt::at(cx, &__wt_at_sign_in[2usize]),
                "#password",
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "password",
                            value: webtask::__rt::std::option::Option::Some(
                                webtask::__rt::serde_json::Value::from(
                                    webtask::__rt::secret(cx, "password")?,
                                ),
                            ),
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::fill(
                webtask::__rt::at(cx, &__wt_at_sign_in[3usize]),
                "#password",
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "password",
                            value: webtask::__rt::std::option::Option::Some(
                                webtask::__rt::serde_json::Value::from(
                                    webtask::__rt::secret(cx, "password")?,
                                ),
                            ),
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(2000u64),
                ),
            )
            .await?;
        webtask::__rt::click(
                webtask::__rt::at(cx, &__wt_at_sign_in[4usize]),
                "button",
                webtask::__rt::std::option::Option::Some(webtask::__rt::Match {
                    text: "Sign in",
                    exact: true,
                }),
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(5000u64),
                ),
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let session: webtask::__rt::serde_json::Value = webtask::__rt::js(
                webtask::__rt::at(cx, &__wt_at_sign_in[5usize]),
                "session",
                "return document.cookie",
                &[],
                false,
            )
            .await?;
        webtask::__rt::std::result::Result::Ok(sign_in::Output { session })
    })
}
#[allow(non_upper_case_globals)]
static __wt_parts_sign_in: webtask::__rt::Parts = webtask::__rt::Parts {
    slug: "login",
    doc: "Signs in.",
    pool: "default",
    timeout: webtask::__rt::std::time::Duration::from_millis(60000u64),
    transports: &[webtask::__rt::Transport::Rest],
    dialogs: webtask::__rt::Dialogs::Dismiss,
    browser: true,
    untrusted: false,
    urls: &[],
    secrets: &["password"],
    setup: webtask::__rt::std::option::Option::None,
    input: || webtask::__rt::describe(
        &[("user", "string", false, webtask::__rt::plain(&__wt_default0_sign_in()), "")],
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
        let __input_0 = __inputs.or("user", "string", __wt_default0_sign_in);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(sign_in::Input {
                    user: __input_0?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(sign_in(webtask, input).into_json())
    },
};
impl webtask::__rt::Input for sign_in::Input {
    type Output = sign_in::Output;
    fn task() -> webtask::__rt::Task {
        sign_in::TASK.clone()
    }
    fn steps(self, cx: &webtask::__rt::Cx) -> webtask::__rt::Body<'_, sign_in::Output> {
        __wt_body_sign_in(cx, self)
    }
}
///Signs in.
fn sign_in(
    webtask: &webtask::Webtask,
    input: sign_in::Input,
) -> webtask::Run<sign_in::Output> {
    webtask::__rt::run(
        webtask,
        &sign_in::TASK,
        input,
        |__cx, input| webtask::__rt::body(async move {
            webtask::__rt::std::result::Result::Ok(
                webtask::__rt::redacted(__cx, __wt_body_sign_in(__cx, input).await?)
                    .await?,
            )
        }),
    )
}
///The types and the description of the task [`sign_in`](sign_in()).
mod sign_in {
    ///The inputs of `login`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub(super) struct Input {
        ///Input `user`.
        #[serde(default = "super::__wt_default0_sign_in")]
        pub user: webtask::__rt::std::string::String,
    }
    impl webtask::__rt::std::default::Default for Input {
        fn default() -> Self {
            Self {
                user: super::__wt_default0_sign_in(),
            }
        }
    }
    ///What `login` gives.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(super) struct Output {
        ///`session`
        pub session: webtask::__rt::serde_json::Value,
    }
    /// The static description of the task.
    pub(super) static TASK: webtask::Task = webtask::Task::new(
        &super::__wt_parts_sign_in,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
#[allow(non_camel_case_types)]
type __wt_type1_every_step = u32;
#[allow(non_camel_case_types)]
type __wt_type7_every_step = u64;
#[allow(non_camel_case_types)]
type __wt_type10_every_step = String;
#[allow(non_camel_case_types)]
type __wt_type17_every_step = elsewhere::far_task::Output;
#[allow(non_snake_case)]
fn __wt_default1_every_step() -> i64 {
    (10) as i64
}
#[allow(non_snake_case)]
fn __wt_default3_every_step() -> webtask::__rt::std::string::String {
    webtask::__rt::std::convert::From::from("all")
}
#[allow(non_snake_case)]
fn __wt_default4_every_step() -> u32 {
    3 + 4
}
#[allow(non_upper_case_globals)]
static __wt_at_every_step: &[webtask::__rt::Step] = &[
    webtask::__rt::Step {
        index: 0usize,
        name: "status",
        at: "<parsed string 1>:28:5",
    },
    webtask::__rt::Step {
        index: 1usize,
        name: "status",
        at: "<parsed string 1>:29:5",
    },
    webtask::__rt::Step {
        index: 2usize,
        name: "emit",
        at: "<parsed string 1>:30:5",
    },
    webtask::__rt::Step {
        index: 3usize,
        name: "goto",
        at: "<parsed string 1>:31:5",
    },
    webtask::__rt::Step {
        index: 4usize,
        name: "goto",
        at: "<parsed string 1>:32:5",
    },
    webtask::__rt::Step {
        index: 5usize,
        name: "goto",
        at: "<parsed string 1>:33:5",
    },
    webtask::__rt::Step {
        index: 6usize,
        name: "wait",
        at: "<parsed string 1>:34:5",
    },
    webtask::__rt::Step {
        index: 7usize,
        name: "wait until",
        at: "<parsed string 1>:35:5",
    },
    webtask::__rt::Step {
        index: 8usize,
        name: "click",
        at: "<parsed string 1>:36:5",
    },
    webtask::__rt::Step {
        index: 9usize,
        name: "back",
        at: "<parsed string 1>:37:5",
    },
    webtask::__rt::Step {
        index: 10usize,
        name: "forward",
        at: "<parsed string 1>:38:5",
    },
    webtask::__rt::Step {
        index: 11usize,
        name: "reload",
        at: "<parsed string 1>:39:5",
    },
    webtask::__rt::Step {
        index: 12usize,
        name: "press",
        at: "<parsed string 1>:40:5",
    },
    webtask::__rt::Step {
        index: 13usize,
        name: "press",
        at: "<parsed string 1>:41:5",
    },
    webtask::__rt::Step {
        index: 14usize,
        name: "select",
        at: "<parsed string 1>:42:5",
    },
    webtask::__rt::Step {
        index: 15usize,
        name: "check",
        at: "<parsed string 1>:43:5",
    },
    webtask::__rt::Step {
        index: 16usize,
        name: "uncheck",
        at: "<parsed string 1>:44:5",
    },
    webtask::__rt::Step {
        index: 17usize,
        name: "hover",
        at: "<parsed string 1>:45:5",
    },
    webtask::__rt::Step {
        index: 18usize,
        name: "upload",
        at: "<parsed string 1>:46:5",
    },
    webtask::__rt::Step {
        index: 19usize,
        name: "wait network idle",
        at: "<parsed string 1>:47:5",
    },
    webtask::__rt::Step {
        index: 20usize,
        name: "wait network idle",
        at: "<parsed string 1>:48:5",
    },
    webtask::__rt::Step {
        index: 21usize,
        name: "wait until url",
        at: "<parsed string 1>:49:5",
    },
    webtask::__rt::Step {
        index: 22usize,
        name: "wait until url",
        at: "<parsed string 1>:50:5",
    },
    webtask::__rt::Step {
        index: 23usize,
        name: "wait until js",
        at: "<parsed string 1>:51:5",
    },
    webtask::__rt::Step {
        index: 24usize,
        name: "scroll until stable",
        at: "<parsed string 1>:52:5",
    },
    webtask::__rt::Step {
        index: 25usize,
        name: "scroll until stable",
        at: "<parsed string 1>:53:5",
    },
    webtask::__rt::Step {
        index: 26usize,
        name: "loop",
        at: "<parsed string 1>:54:5",
    },
    webtask::__rt::Step {
        index: 27usize,
        name: "yield",
        at: "<parsed string 1>:54:72",
    },
    webtask::__rt::Step {
        index: 28usize,
        name: "loop",
        at: "<parsed string 1>:55:5",
    },
    webtask::__rt::Step {
        index: 29usize,
        name: "loop",
        at: "<parsed string 1>:56:5",
    },
    webtask::__rt::Step {
        index: 30usize,
        name: "loop",
        at: "<parsed string 1>:56:35",
    },
    webtask::__rt::Step {
        index: 31usize,
        name: "status",
        at: "<parsed string 1>:56:60",
    },
    webtask::__rt::Step {
        index: 32usize,
        name: "click",
        at: "<parsed string 1>:57:5",
    },
    webtask::__rt::Step {
        index: 33usize,
        name: "extract",
        at: "<parsed string 1>:58:5",
    },
    webtask::__rt::Step {
        index: 34usize,
        name: "extract",
        at: "<parsed string 1>:59:5",
    },
    webtask::__rt::Step {
        index: 35usize,
        name: "js",
        at: "<parsed string 1>:70:5",
    },
    webtask::__rt::Step {
        index: 36usize,
        name: "js",
        at: "<parsed string 1>:71:5",
    },
    webtask::__rt::Step {
        index: 37usize,
        name: "js",
        at: "<parsed string 1>:72:5",
    },
    webtask::__rt::Step {
        index: 38usize,
        name: "screenshot",
        at: "<parsed string 1>:73:5",
    },
    webtask::__rt::Step {
        index: 39usize,
        name: "screenshot",
        at: "<parsed string 1>:74:5",
    },
    webtask::__rt::Step {
        index: 40usize,
        name: "screenshot",
        at: "<parsed string 1>:75:5",
    },
    webtask::__rt::Step {
        index: 41usize,
        name: "read file",
        at: "<parsed string 1>:76:5",
    },
    webtask::__rt::Step {
        index: 42usize,
        name: "read file",
        at: "<parsed string 1>:77:5",
    },
    webtask::__rt::Step {
        index: 43usize,
        name: "write files",
        at: "<parsed string 1>:78:5",
    },
    webtask::__rt::Step {
        index: 44usize,
        name: "save html",
        at: "<parsed string 1>:79:5",
    },
    webtask::__rt::Step {
        index: 45usize,
        name: "export",
        at: "<parsed string 1>:80:5",
    },
    webtask::__rt::Step {
        index: 46usize,
        name: "export",
        at: "<parsed string 1>:81:5",
    },
    webtask::__rt::Step {
        index: 47usize,
        name: "pdf",
        at: "<parsed string 1>:82:5",
    },
    webtask::__rt::Step {
        index: 48usize,
        name: "pdf",
        at: "<parsed string 1>:83:5",
    },
    webtask::__rt::Step {
        index: 49usize,
        name: "html to pdf",
        at: "<parsed string 1>:84:5",
    },
    webtask::__rt::Step {
        index: 50usize,
        name: "html to pdf",
        at: "<parsed string 1>:85:5",
    },
    webtask::__rt::Step {
        index: 51usize,
        name: "snapshot",
        at: "<parsed string 1>:86:5",
    },
    webtask::__rt::Step {
        index: 52usize,
        name: "snapshot",
        at: "<parsed string 1>:87:5",
    },
    webtask::__rt::Step {
        index: 53usize,
        name: "emulate",
        at: "<parsed string 1>:88:5",
    },
    webtask::__rt::Step {
        index: 54usize,
        name: "emulate",
        at: "<parsed string 1>:89:5",
    },
    webtask::__rt::Step {
        index: 55usize,
        name: "get cookies",
        at: "<parsed string 1>:90:5",
    },
    webtask::__rt::Step {
        index: 56usize,
        name: "get cookies",
        at: "<parsed string 1>:91:5",
    },
    webtask::__rt::Step {
        index: 57usize,
        name: "set cookies",
        at: "<parsed string 1>:92:5",
    },
    webtask::__rt::Step {
        index: 58usize,
        name: "set cookies",
        at: "<parsed string 1>:93:5",
    },
    webtask::__rt::Step {
        index: 59usize,
        name: "clear cookies",
        at: "<parsed string 1>:94:5",
    },
    webtask::__rt::Step {
        index: 60usize,
        name: "http",
        at: "<parsed string 1>:95:5",
    },
    webtask::__rt::Step {
        index: 61usize,
        name: "http",
        at: "<parsed string 1>:96:5",
    },
    webtask::__rt::Step {
        index: 62usize,
        name: "download each",
        at: "<parsed string 1>:97:5",
    },
    webtask::__rt::Step {
        index: 63usize,
        name: "save captures",
        at: "<parsed string 1>:98:5",
    },
    webtask::__rt::Step {
        index: 64usize,
        name: "save captures",
        at: "<parsed string 1>:99:5",
    },
    webtask::__rt::Step {
        index: 65usize,
        name: "console",
        at: "<parsed string 1>:100:5",
    },
    webtask::__rt::Step {
        index: 66usize,
        name: "capture network",
        at: "<parsed string 1>:101:9",
    },
    webtask::__rt::Step {
        index: 67usize,
        name: "js",
        at: "<parsed string 1>:101:89",
    },
    webtask::__rt::Step {
        index: 68usize,
        name: "capture network",
        at: "<parsed string 1>:103:5",
    },
    webtask::__rt::Step {
        index: 69usize,
        name: "wait",
        at: "<parsed string 1>:103:38",
    },
    webtask::__rt::Step {
        index: 70usize,
        name: "download",
        at: "<parsed string 1>:104:5",
    },
    webtask::__rt::Step {
        index: 71usize,
        name: "click",
        at: "<parsed string 1>:104:60",
    },
    webtask::__rt::Step {
        index: 72usize,
        name: "set",
        at: "<parsed string 1>:104:71",
    },
    webtask::__rt::Step {
        index: 73usize,
        name: "download",
        at: "<parsed string 1>:105:5",
    },
    webtask::__rt::Step {
        index: 74usize,
        name: "wait",
        at: "<parsed string 1>:105:18",
    },
    webtask::__rt::Step {
        index: 75usize,
        name: "console",
        at: "<parsed string 1>:106:5",
    },
    webtask::__rt::Step {
        index: 76usize,
        name: "capture network",
        at: "<parsed string 1>:106:17",
    },
    webtask::__rt::Step {
        index: 77usize,
        name: "capture network",
        at: "<parsed string 1>:107:5",
    },
    webtask::__rt::Step {
        index: 78usize,
        name: "wait",
        at: "<parsed string 1>:107:37",
    },
    webtask::__rt::Step {
        index: 79usize,
        name: "record",
        at: "<parsed string 1>:108:5",
    },
    webtask::__rt::Step {
        index: 80usize,
        name: "js",
        at: "<parsed string 1>:108:82",
    },
    webtask::__rt::Step {
        index: 81usize,
        name: "record",
        at: "<parsed string 1>:109:5",
    },
    webtask::__rt::Step {
        index: 82usize,
        name: "wait",
        at: "<parsed string 1>:109:28",
    },
    webtask::__rt::Step {
        index: 83usize,
        name: "record",
        at: "<parsed string 1>:110:5",
    },
    webtask::__rt::Step {
        index: 84usize,
        name: "set",
        at: "<parsed string 1>:111:5",
    },
    webtask::__rt::Step {
        index: 85usize,
        name: "set",
        at: "<parsed string 1>:112:5",
    },
    webtask::__rt::Step {
        index: 86usize,
        name: "set",
        at: "<parsed string 1>:113:5",
    },
    webtask::__rt::Step {
        index: 87usize,
        name: "set",
        at: "<parsed string 1>:114:5",
    },
    webtask::__rt::Step {
        index: 88usize,
        name: "for each",
        at: "<parsed string 1>:115:5",
    },
    webtask::__rt::Step {
        index: 89usize,
        name: "if",
        at: "<parsed string 1>:116:9",
    },
    webtask::__rt::Step {
        index: 90usize,
        name: "yield",
        at: "<parsed string 1>:116:30",
    },
    webtask::__rt::Step {
        index: 91usize,
        name: "yield",
        at: "<parsed string 1>:117:36",
    },
    webtask::__rt::Step {
        index: 92usize,
        name: "yield each",
        at: "<parsed string 1>:118:9",
    },
    webtask::__rt::Step {
        index: 93usize,
        name: "for each",
        at: "<parsed string 1>:120:5",
    },
    webtask::__rt::Step {
        index: 94usize,
        name: "extract",
        at: "<parsed string 1>:121:9",
    },
    webtask::__rt::Step {
        index: 95usize,
        name: "set",
        at: "<parsed string 1>:122:9",
    },
    webtask::__rt::Step {
        index: 96usize,
        name: "for each",
        at: "<parsed string 1>:124:5",
    },
    webtask::__rt::Step {
        index: 97usize,
        name: "status",
        at: "<parsed string 1>:124:40",
    },
    webtask::__rt::Step {
        index: 98usize,
        name: "if",
        at: "<parsed string 1>:125:5",
    },
    webtask::__rt::Step {
        index: 99usize,
        name: "status",
        at: "<parsed string 1>:125:21",
    },
    webtask::__rt::Step {
        index: 100usize,
        name: "status",
        at: "<parsed string 1>:126:106",
    },
    webtask::__rt::Step {
        index: 101usize,
        name: "status",
        at: "<parsed string 1>:127:48",
    },
    webtask::__rt::Step {
        index: 102usize,
        name: "if",
        at: "<parsed string 1>:128:5",
    },
    webtask::__rt::Step {
        index: 103usize,
        name: "set",
        at: "<parsed string 1>:129:9",
    },
    webtask::__rt::Step {
        index: 104usize,
        name: "set",
        at: "<parsed string 1>:130:9",
    },
    webtask::__rt::Step {
        index: 105usize,
        name: "set",
        at: "<parsed string 1>:132:9",
    },
    webtask::__rt::Step {
        index: 106usize,
        name: "retry",
        at: "<parsed string 1>:134:5",
    },
    webtask::__rt::Step {
        index: 107usize,
        name: "extract",
        at: "<parsed string 1>:135:9",
    },
    webtask::__rt::Step {
        index: 108usize,
        name: "try",
        at: "<parsed string 1>:137:5",
    },
    webtask::__rt::Step {
        index: 109usize,
        name: "click",
        at: "<parsed string 1>:137:11",
    },
    webtask::__rt::Step {
        index: 110usize,
        name: "set",
        at: "<parsed string 1>:137:29",
    },
    webtask::__rt::Step {
        index: 111usize,
        name: "set",
        at: "<parsed string 1>:137:70",
    },
    webtask::__rt::Step {
        index: 112usize,
        name: "try",
        at: "<parsed string 1>:138:5",
    },
    webtask::__rt::Step {
        index: 113usize,
        name: "wait",
        at: "<parsed string 1>:138:11",
    },
    webtask::__rt::Step {
        index: 114usize,
        name: "loop",
        at: "<parsed string 1>:139:5",
    },
    webtask::__rt::Step {
        index: 115usize,
        name: "break",
        at: "<parsed string 1>:139:18",
    },
    webtask::__rt::Step {
        index: 116usize,
        name: "for each",
        at: "<parsed string 1>:140:5",
    },
    webtask::__rt::Step {
        index: 117usize,
        name: "try",
        at: "<parsed string 1>:141:9",
    },
    webtask::__rt::Step {
        index: 118usize,
        name: "if",
        at: "<parsed string 1>:141:15",
    },
    webtask::__rt::Step {
        index: 119usize,
        name: "continue",
        at: "<parsed string 1>:141:36",
    },
    webtask::__rt::Step {
        index: 120usize,
        name: "yield",
        at: "<parsed string 1>:141:48",
    },
    webtask::__rt::Step {
        index: 121usize,
        name: "break",
        at: "<parsed string 1>:141:79",
    },
    webtask::__rt::Step {
        index: 122usize,
        name: "retry",
        at: "<parsed string 1>:142:9",
    },
    webtask::__rt::Step {
        index: 123usize,
        name: "yield",
        at: "<parsed string 1>:142:19",
    },
    webtask::__rt::Step {
        index: 124usize,
        name: "if",
        at: "<parsed string 1>:142:30",
    },
    webtask::__rt::Step {
        index: 125usize,
        name: "break",
        at: "<parsed string 1>:142:46",
    },
    webtask::__rt::Step {
        index: 126usize,
        name: "loop",
        at: "<parsed string 1>:143:9",
    },
    webtask::__rt::Step {
        index: 127usize,
        name: "console",
        at: "<parsed string 1>:143:31",
    },
    webtask::__rt::Step {
        index: 128usize,
        name: "continue",
        at: "<parsed string 1>:143:43",
    },
    webtask::__rt::Step {
        index: 129usize,
        name: "let",
        at: "<parsed string 1>:145:5",
    },
    webtask::__rt::Step {
        index: 130usize,
        name: "rust",
        at: "<parsed string 1>:146:5",
    },
    webtask::__rt::Step {
        index: 131usize,
        name: "call",
        at: "<parsed string 1>:147:5",
    },
    webtask::__rt::Step {
        index: 132usize,
        name: "call",
        at: "<parsed string 1>:148:5",
    },
    webtask::__rt::Step {
        index: 133usize,
        name: "call",
        at: "<parsed string 1>:149:5",
    },
];
#[allow(
    non_shorthand_field_patterns,
    non_snake_case,
    unreachable_code,
    unused_assignments
)]
fn __wt_body_every_step<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: every_step::Input,
) -> webtask::__rt::Body<'a, every_step::Output> {
    webtask::__rt::body(async move {
        let every_step::Input {
            query: query,
            limit: limit,
            deep: deep,
            r#type: r#type,
            offset: offset,
        } = input;
        webtask::__rt::watch_network(cx).await?;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__wt_at_every_step[0usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("looking for "),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
            )
            .await?;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__wt_at_every_step[1usize]),
                webtask::__rt::str(&(format!("offset {offset}"))),
            )
            .await?;
        webtask::__rt::emit(
                webtask::__rt::at(cx, &__wt_at_every_step[2usize]),
                "found",
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("page "),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "offset",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&offset),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
                webtask::__rt::serde_json::Value::Object(
                    webtask::__rt::map([
                        (
                            "query",
                            webtask::__rt::given(
                                "query",
                                webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                            )?,
                        ),
                        (
                            "list",
                            webtask::__rt::serde_json::Value::Array(
                                webtask::__rt::std::vec![
                                    webtask::__rt::serde_json::Value::from(1i64),
                                    webtask::__rt::serde_json::Value::from(2.5f64),
                                    webtask::__rt::serde_json::Value::from(true),
                                    webtask::__rt::serde_json::Value::from(webtask::__rt::serde_json::Value::Null),
                                    webtask::__rt::serde_json::Value::from(webtask::__rt::text(&
                                    [webtask::__rt::Piece::Text("x"),
                                    webtask::__rt::Piece::Hole(webtask::__rt::Hole { name :
                                    "limit", value :
                                    webtask::__rt::shown(webtask::__rt::std::option::Option::Some(&
                                    limit)) ?, fallback :
                                    webtask::__rt::std::option::Option::None, place :
                                    webtask::__rt::Place::Text })]) ?)
                                ],
                            ),
                        ),
                        ("rust", webtask::__rt::value(&(offset + 1))?),
                    ]),
                ),
            )
            .await?;
        webtask::__rt::goto(
                webtask::__rt::at(cx, &__wt_at_every_step[3usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("https://shop.example/search?q="),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::UrlQuery,
                        }),
                        webtask::__rt::Piece::Text("&kind="),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "type",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&r#type),
                            )?,
                            fallback: webtask::__rt::std::option::Option::Some("any"),
                            place: webtask::__rt::Place::UrlQuery,
                        }),
                    ],
                )?,
                webtask::__rt::Until::Dom,
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(10000u64),
                ),
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let arrived: webtask::__rt::results::Navigation = webtask::__rt::goto_named(
                webtask::__rt::at(cx, &__wt_at_every_step[4usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("https://shop.example/"),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::UrlPath,
                        }),
                    ],
                )?,
                webtask::__rt::Until::Load,
                webtask::__rt::std::option::Option::None,
                &[webtask::__rt::Expected::Ok, webtask::__rt::Expected::Code(404u16)],
            )
            .await?;
        webtask::__rt::goto_expecting(
                webtask::__rt::at(cx, &__wt_at_every_step[5usize]),
                "https://shop.example/",
                webtask::__rt::Until::Load,
                webtask::__rt::std::option::Option::None,
                &[webtask::__rt::Expected::Any],
            )
            .await?;
        webtask::__rt::wait(
                webtask::__rt::at(cx, &__wt_at_every_step[6usize]),
                webtask::__rt::std::time::Duration::from_millis(200u64),
            )
            .await?;
        webtask::__rt::wait_until(
                webtask::__rt::at(cx, &__wt_at_every_step[7usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text(".row[data-q=\""),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::CssString,
                        }),
                        webtask::__rt::Piece::Text("\"]"),
                    ],
                )?,
                webtask::__rt::Awaited::Visible,
                webtask::__rt::std::option::Option::Some(
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Text,
                            }),
                        ],
                    )?,
                ),
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(3000u64),
                ),
            )
            .await?;
        webtask::__rt::click(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[8usize]),
                ),
                ".row",
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::Some("li"),
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::back(webtask::__rt::at(cx, &__wt_at_every_step[9usize])).await?;
        webtask::__rt::forward(webtask::__rt::at(cx, &__wt_at_every_step[10usize]))
            .await?;
        webtask::__rt::reload(webtask::__rt::at(cx, &__wt_at_every_step[11usize]))
            .await?;
        webtask::__rt::press(
                webtask::__rt::at(cx, &__wt_at_every_step[12usize]),
                "Enter",
            )
            .await?;
        webtask::__rt::press(
                webtask::__rt::at(cx, &__wt_at_every_step[13usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("Control+"),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
            )
            .await?;
        webtask::__rt::select(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[14usize]),
                ),
                "#kind",
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "type",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&r#type),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::check(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[15usize]),
                ),
                "#sure",
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::uncheck(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[16usize]),
                ),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("[name='"),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::CssString,
                        }),
                        webtask::__rt::Piece::Text("']"),
                    ],
                )?,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::hover(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[17usize]),
                ),
                ".menu",
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::upload(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[18usize]),
                ),
                "#file",
                &[
                    "a/b.txt",
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Path,
                            }),
                            webtask::__rt::Piece::Text(".txt"),
                        ],
                    )?,
                ],
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::wait_network_idle(
                webtask::__rt::at(cx, &__wt_at_every_step[19usize]),
                webtask::__rt::std::time::Duration::from_millis(500u64),
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::wait_network_idle(
                webtask::__rt::at(cx, &__wt_at_every_step[20usize]),
                webtask::__rt::std::time::Duration::from_millis(1000u64),
                webtask::__rt::std::option::Option::Some(2u64),
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(5000u64),
                ),
            )
            .await?;
        webtask::__rt::wait_until_url(
                webtask::__rt::at(cx, &__wt_at_every_step[21usize]),
                webtask::__rt::AwaitedUrl::Glob(
                    &[
                        webtask::__rt::UrlPart::Pattern("https://shop.example/{a,b}/"),
                        webtask::__rt::UrlPart::Letters(
                            &webtask::__rt::text(
                                &[
                                    webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                        name: "query",
                                        value: webtask::__rt::shown(
                                            webtask::__rt::std::option::Option::Some(&query),
                                        )?,
                                        fallback: webtask::__rt::std::option::Option::None,
                                        place: webtask::__rt::Place::Text,
                                    }),
                                ],
                            )?,
                        ),
                        webtask::__rt::UrlPart::Pattern("*"),
                    ],
                ),
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(5000u64),
                ),
            )
            .await?;
        webtask::__rt::wait_until_url(
                webtask::__rt::at(cx, &__wt_at_every_step[22usize]),
                webtask::__rt::AwaitedUrl::Matches("/done$"),
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::wait_until_js(
                webtask::__rt::at(cx, &__wt_at_every_step[23usize]),
                "window.more",
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(2000u64),
                ),
            )
            .await?;
        webtask::__rt::scroll_until_stable(
                webtask::__rt::at(cx, &__wt_at_every_step[24usize]),
                ".feed",
                false,
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        webtask::__rt::scroll_until_stable(
                webtask::__rt::at(cx, &__wt_at_every_step[25usize]),
                "html",
                true,
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(2000u64),
                ),
                webtask::__rt::std::option::Option::Some(webtask::__rt::count(limit)?),
            )
            .await?;
        webtask::__rt::at(cx, &__wt_at_every_step[26usize]);
        let mut __collected_27: webtask::__rt::std::vec::Vec<i64> = webtask::__rt::std::default::Default::default();
        let mut __turns = webtask::__rt::Turns::new(
            webtask::__rt::std::option::Option::Some(5u64),
            webtask::__rt::std::time::Duration::from_millis(1000u64),
        );
        while let webtask::__rt::std::option::Option::Some(__number) = __turns
            .next(webtask::__rt::at(cx, &__wt_at_every_step[26usize]))
            .await?
        {
            #[allow(unused_variables)]
            let loop_index: i64 = __number;
            if !(webtask::__rt::js_test(
                    webtask::__rt::at(cx, &__wt_at_every_step[26usize]),
                    "return window.more",
                )
                .await?)
            {
                break;
            }
            __turns.begin()?;
            webtask::__rt::at(cx, &__wt_at_every_step[27usize]);
            __collected_27
                .extend([
                    webtask::__rt::there(
                        "loop_index",
                        webtask::__rt::std::option::Option::Some(&loop_index).cloned(),
                    )?,
                ]);
        }
        #[allow(unused_variables, unused_mut)]
        let turned: webtask::__rt::std::vec::Vec<i64> = __collected_27;
        webtask::__rt::at(cx, &__wt_at_every_step[28usize]);
        let mut __turns = webtask::__rt::Turns::new(
            webtask::__rt::std::option::Option::None,
            webtask::__rt::std::time::Duration::ZERO,
        );
        while let webtask::__rt::std::option::Option::Some(__number) = __turns
            .next(webtask::__rt::at(cx, &__wt_at_every_step[28usize]))
            .await?
        {
            #[allow(unused_variables)]
            let loop_index: i64 = __number;
            if !({
                webtask::__rt::at(cx, &__wt_at_every_step[28usize]);
                (webtask::__rt::compare(
                    "`{{loop_index}}`",
                    webtask::__rt::shown(
                        webtask::__rt::std::option::Option::Some(&loop_index),
                    )?,
                    webtask::__rt::Comparator::Less,
                    "`3`",
                    webtask::__rt::std::option::Option::Some(
                        webtask::__rt::serde_json::Value::from(3i64),
                    ),
                )?)
                    && (!(webtask::__rt::js_test(
                            webtask::__rt::at(cx, &__wt_at_every_step[28usize]),
                            "return window.done",
                        )
                        .await?))
            }) {
                break;
            }
            __turns.begin()?;
        }
        webtask::__rt::at(cx, &__wt_at_every_step[29usize]);
        let mut __turns = webtask::__rt::Turns::new(
            webtask::__rt::std::option::Option::None,
            webtask::__rt::std::time::Duration::ZERO,
        );
        while let webtask::__rt::std::option::Option::Some(__number) = __turns
            .next(webtask::__rt::at(cx, &__wt_at_every_step[29usize]))
            .await?
        {
            #[allow(unused_variables)]
            let loop_index: i64 = __number;
            if webtask::__rt::js_test(
                    webtask::__rt::at(cx, &__wt_at_every_step[29usize]),
                    "return true",
                )
                .await?
            {
                break;
            }
            __turns.begin()?;
            webtask::__rt::at(cx, &__wt_at_every_step[30usize]);
            let mut __turns = webtask::__rt::Turns::new(
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::time::Duration::ZERO,
            );
            while let webtask::__rt::std::option::Option::Some(__number) = __turns
                .next(webtask::__rt::at(cx, &__wt_at_every_step[30usize]))
                .await?
            {
                #[allow(unused_variables)]
                let loop_index: i64 = __number;
                if !(webtask::__rt::js_test(
                        webtask::__rt::at(cx, &__wt_at_every_step[30usize]),
                        "return false",
                    )
                    .await?)
                {
                    break;
                }
                __turns.begin()?;
                webtask::__rt::status(
                        webtask::__rt::at(cx, &__wt_at_every_step[31usize]),
                        &webtask::__rt::text(
                            &[
                                webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                    name: "loop_index",
                                    value: webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&loop_index),
                                    )?,
                                    fallback: webtask::__rt::std::option::Option::None,
                                    place: webtask::__rt::Place::Text,
                                }),
                            ],
                        )?,
                    )
                    .await?;
            }
        }
        webtask::__rt::click_opens_tab(
                webtask::__rt::strict(
                    webtask::__rt::at(cx, &__wt_at_every_step[32usize]),
                ),
                "a",
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let head: every_step::Head = webtask::__rt::extract(
                webtask::__rt::at(cx, &__wt_at_every_step[33usize]),
                &webtask::__rt::Spec {
                    name: "head",
                    from: "header",
                    repeat: false,
                    limit: webtask::__rt::std::option::Option::None,
                    fields: &[
                        webtask::__rt::Field {
                            upper: true,
                            ..webtask::__rt::Field::new(
                                "title",
                                webtask::__rt::Source::Text("h1"),
                            )
                        },
                    ],
                },
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let rows: webtask::__rt::std::vec::Vec<every_step::Rows> = webtask::__rt::extract(
                webtask::__rt::at(cx, &__wt_at_every_step[34usize]),
                &webtask::__rt::Spec {
                    name: "rows",
                    from: ".row",
                    repeat: true,
                    limit: webtask::__rt::std::option::Option::Some(
                        webtask::__rt::count(limit)?,
                    ),
                    fields: &[
                        webtask::__rt::Field {
                            matches: webtask::__rt::std::option::Option::Some("^(\\w+)"),
                            lower: true,
                            ..webtask::__rt::Field::new(
                                "name",
                                webtask::__rt::Source::Text(".name"),
                            )
                        },
                        webtask::__rt::Field {
                            optional: true,
                            cast: webtask::__rt::std::option::Option::Some(
                                webtask::__rt::Cast::Float,
                            ),
                            ..webtask::__rt::Field::new(
                                "price",
                                webtask::__rt::Source::Text(".price"),
                            )
                        },
                        webtask::__rt::Field {
                            url: true,
                            required: true,
                            ..webtask::__rt::Field::new(
                                "link",
                                webtask::__rt::Source::Attr("href", "a"),
                            )
                        },
                        webtask::__rt::Field::new(
                            "body",
                            webtask::__rt::Source::Html(".body"),
                        ),
                        webtask::__rt::Field::new(
                            "kind",
                            webtask::__rt::Source::Const(
                                webtask::__rt::serde_json::Value::from("row"),
                            ),
                        ),
                        webtask::__rt::Field::new(
                            "many",
                            webtask::__rt::Source::Count("li"),
                        ),
                        webtask::__rt::Field {
                            all: true,
                            ..webtask::__rt::Field::new(
                                "tags",
                                webtask::__rt::Source::Text(".tag"),
                            )
                        },
                        webtask::__rt::Field::new(
                            "seller",
                            webtask::__rt::Source::Nested {
                                from: ".seller",
                                repeat: false,
                                fields: &[
                                    webtask::__rt::Field::new(
                                        "name",
                                        webtask::__rt::Source::Text("."),
                                    ),
                                ],
                            },
                        ),
                        webtask::__rt::Field::new(
                            "offers",
                            webtask::__rt::Source::Nested {
                                from: ".offer",
                                repeat: true,
                                fields: &[
                                    webtask::__rt::Field {
                                        cast: webtask::__rt::std::option::Option::Some(
                                            webtask::__rt::Cast::Int,
                                        ),
                                        ..webtask::__rt::Field::new(
                                            "cost",
                                            webtask::__rt::Source::Text("."),
                                        )
                                    },
                                ],
                            },
                        ),
                    ],
                },
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let info: webtask::__rt::serde_json::Value = webtask::__rt::js(
                webtask::__rt::at(cx, &__wt_at_every_step[35usize]),
                "info",
                "return { ok: arguments[0] }",
                &[
                    webtask::__rt::given(
                        "query",
                        webtask::__rt::shown(
                            webtask::__rt::std::option::Option::Some(&query),
                        )?,
                    )?,
                    webtask::__rt::given(
                        "rows.0.name",
                        webtask::__rt::shown(
                            webtask::__rt::std::option::Option::Some(&rows)
                                .and_then(|__v| __v.get(0usize))
                                .map(|__v| &__v.name),
                        )?,
                    )?,
                ],
                true,
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let n: u64 = webtask::__rt::js_as(
                webtask::__rt::at(cx, &__wt_at_every_step[36usize]),
                "n",
                "return 1",
                &[],
                false,
                webtask::__rt::as_type::<u64>(),
            )
            .await?;
        let () = webtask::__rt::js(
                webtask::__rt::at(cx, &__wt_at_every_step[37usize]),
                "_",
                "window.x = 1",
                &[],
                false,
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let shot: webtask::__rt::results::Capture = webtask::__rt::screenshot(
                webtask::__rt::at(cx, &__wt_at_every_step[38usize]),
                webtask::__rt::std::option::Option::Some(
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Text("shots/"),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Path,
                            }),
                            webtask::__rt::Piece::Text(".webp"),
                        ],
                    )?,
                ),
                &webtask::__rt::Shot {
                    selector: webtask::__rt::std::option::Option::Some(".row"),
                    full: false,
                    format: webtask::__rt::Image::Webp,
                    quality: webtask::__rt::std::option::Option::Some(80u64),
                },
            )
            .await?
            .capture();
        #[allow(unused_variables, unused_mut)]
        let whole: webtask::__rt::std::string::String = webtask::__rt::screenshot(
                webtask::__rt::at(cx, &__wt_at_every_step[39usize]),
                webtask::__rt::std::option::Option::None,
                &webtask::__rt::Shot {
                    selector: webtask::__rt::std::option::Option::None,
                    full: true,
                    format: webtask::__rt::Image::Png,
                    quality: webtask::__rt::std::option::Option::None,
                },
            )
            .await?
            .base64();
        webtask::__rt::screenshot(
                webtask::__rt::at(cx, &__wt_at_every_step[40usize]),
                webtask::__rt::std::option::Option::Some("window.png"),
                &webtask::__rt::Shot {
                    selector: webtask::__rt::std::option::Option::None,
                    full: false,
                    format: webtask::__rt::Image::Png,
                    quality: webtask::__rt::std::option::Option::None,
                },
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let notes: webtask::__rt::std::option::Option<
            webtask::__rt::std::string::String,
        > = webtask::__rt::read_file_optional(
                webtask::__rt::at(cx, &__wt_at_every_step[41usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("notes/"),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Path,
                        }),
                        webtask::__rt::Piece::Text(".txt"),
                    ],
                )?,
            )
            .await?;
        let _ = webtask::__rt::read_file(
                webtask::__rt::at(cx, &__wt_at_every_step[42usize]),
                "notes.txt",
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let written: webtask::__rt::std::vec::Vec<webtask::__rt::results::File> = webtask::__rt::write_files(
                webtask::__rt::at(cx, &__wt_at_every_step[43usize]),
                "out",
                webtask::__rt::serde_json::Value::Object(
                    webtask::__rt::map([
                        (
                            "a.txt",
                            webtask::__rt::or_json(
                                webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&notes)
                                        .and_then(webtask::__rt::std::option::Option::as_ref),
                                )?,
                                "none",
                            ),
                        ),
                    ]),
                ),
            )
            .await?;
        webtask::__rt::save_html(
                webtask::__rt::at(cx, &__wt_at_every_step[44usize]),
                webtask::__rt::std::option::Option::Some("main"),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Path,
                        }),
                        webtask::__rt::Piece::Text(".html"),
                    ],
                )?,
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let table: webtask::__rt::std::string::String = webtask::__rt::export(
                webtask::__rt::at(cx, &__wt_at_every_step[45usize]),
                webtask::__rt::Format::Csv,
                webtask::__rt::given(
                    "rows",
                    webtask::__rt::shown(
                        webtask::__rt::std::option::Option::Some(&rows),
                    )?,
                )?,
                webtask::__rt::std::option::Option::Some(
                    &[
                        webtask::__rt::serde_json::Value::from("name"),
                        webtask::__rt::serde_json::Value::from("price"),
                    ],
                ),
                webtask::__rt::std::option::Option::Some("rows.csv"),
            )
            .await?;
        let _ = webtask::__rt::export(
                webtask::__rt::at(cx, &__wt_at_every_step[46usize]),
                webtask::__rt::Format::Md,
                webtask::__rt::value(&(rows.clone()))?,
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::Some("rows.md"),
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let printed: webtask::__rt::results::Capture = webtask::__rt::pdf(
                webtask::__rt::at(cx, &__wt_at_every_step[47usize]),
                webtask::__rt::std::option::Option::Some(
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Path,
                            }),
                            webtask::__rt::Piece::Text(".pdf"),
                        ],
                    )?,
                ),
                &webtask::__rt::Print {
                    paper: webtask::__rt::Paper::Letter,
                    landscape: true,
                    background: false,
                    scale: 0.5f64,
                    pages: "1-3",
                    margins: webtask::__rt::std::option::Option::Some([
                        0.7874015748031495f64,
                        0.7874015748031495f64,
                        0.7874015748031495f64,
                        0.7874015748031495f64,
                    ]),
                    ..webtask::__rt::Print::NEW
                },
            )
            .await?
            .capture();
        #[allow(unused_variables, unused_mut)]
        let short: webtask::__rt::std::string::String = webtask::__rt::pdf(
                webtask::__rt::at(cx, &__wt_at_every_step[48usize]),
                webtask::__rt::std::option::Option::None,
                &webtask::__rt::Print::NEW,
            )
            .await?
            .base64();
        #[allow(unused_variables, unused_mut)]
        let label: webtask::__rt::std::string::String = webtask::__rt::html_to_pdf(
                webtask::__rt::at(cx, &__wt_at_every_step[49usize]),
                webtask::__rt::std::option::Option::None,
                webtask::__rt::Html::Content(
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Text("<b title=\""),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Html,
                            }),
                            webtask::__rt::Piece::Text("\">"),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Html,
                            }),
                            webtask::__rt::Piece::Text("</b>"),
                        ],
                    )?,
                ),
                "b { color: red }",
                &webtask::__rt::Print::NEW,
            )
            .await?
            .base64();
        webtask::__rt::html_to_pdf(
                webtask::__rt::at(cx, &__wt_at_every_step[50usize]),
                webtask::__rt::std::option::Option::Some("label.pdf"),
                webtask::__rt::Html::File(
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "query",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&query),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Path,
                            }),
                            webtask::__rt::Piece::Text(".html"),
                        ],
                    )?,
                ),
                "",
                &webtask::__rt::Print {
                    paper: webtask::__rt::Paper::A3,
                    ..webtask::__rt::Print::NEW
                },
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let page: webtask::__rt::std::string::String = webtask::__rt::snapshot(
                webtask::__rt::at(cx, &__wt_at_every_step[51usize]),
                webtask::__rt::std::option::Option::None,
            )
            .await?
            .base64();
        webtask::__rt::snapshot(
                webtask::__rt::at(cx, &__wt_at_every_step[52usize]),
                webtask::__rt::std::option::Option::Some("page.mhtml"),
            )
            .await?;
        webtask::__rt::emulate(
                webtask::__rt::at(cx, &__wt_at_every_step[53usize]),
                &webtask::__rt::Emulate {
                    reset: true,
                    dark: webtask::__rt::std::option::Option::Some(true),
                    size: webtask::__rt::std::option::Option::Some((390u64, 844u64)),
                    scale: webtask::__rt::std::option::Option::Some(3f64),
                    mobile: true,
                    locale: webtask::__rt::std::option::Option::Some("de"),
                    timezone: webtask::__rt::std::option::Option::Some("Europe/Berlin"),
                    agent: webtask::__rt::std::option::Option::Some(
                        &webtask::__rt::text(
                            &[
                                webtask::__rt::Piece::Text("me "),
                                webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                    name: "query",
                                    value: webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&query),
                                    )?,
                                    fallback: webtask::__rt::std::option::Option::None,
                                    place: webtask::__rt::Place::Header,
                                }),
                            ],
                        )?,
                    ),
                    ..webtask::__rt::Emulate::NEW
                },
            )
            .await?;
        webtask::__rt::emulate(
                webtask::__rt::at(cx, &__wt_at_every_step[54usize]),
                &webtask::__rt::Emulate {
                    dark: webtask::__rt::std::option::Option::Some(false),
                    ..webtask::__rt::Emulate::NEW
                },
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let all: webtask::__rt::std::vec::Vec<webtask::__rt::results::Cookie> = webtask::__rt::get_cookies(
                webtask::__rt::at(cx, &__wt_at_every_step[55usize]),
                webtask::__rt::std::option::Option::None,
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let some: webtask::__rt::std::vec::Vec<webtask::__rt::results::Cookie> = webtask::__rt::get_cookies(
                webtask::__rt::at(cx, &__wt_at_every_step[56usize]),
                webtask::__rt::std::option::Option::Some(
                    &[
                        &webtask::__rt::text(
                            &[
                                webtask::__rt::Piece::Text("https://shop.example/"),
                                webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                    name: "query",
                                    value: webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&query),
                                    )?,
                                    fallback: webtask::__rt::std::option::Option::None,
                                    place: webtask::__rt::Place::UrlPath,
                                }),
                            ],
                        )?,
                    ],
                ),
                webtask::__rt::std::option::Option::Some("jar.json"),
            )
            .await?;
        webtask::__rt::set_cookies(
                webtask::__rt::at(cx, &__wt_at_every_step[57usize]),
                webtask::__rt::serde_json::Value::Array(
                    webtask::__rt::std::vec![
                        webtask::__rt::serde_json::Value::Object(webtask::__rt::map([("name",
                        webtask::__rt::serde_json::Value::from("seen")), ("value",
                        webtask::__rt::given("query",
                        webtask::__rt::shown(webtask::__rt::std::option::Option::Some(&
                        query)) ?) ?)]))
                    ],
                ),
            )
            .await?;
        webtask::__rt::set_cookies_file(
                webtask::__rt::at(cx, &__wt_at_every_step[58usize]),
                "jar.json",
            )
            .await?;
        webtask::__rt::clear_cookies(webtask::__rt::at(cx, &__wt_at_every_step[59usize]))
            .await?;
        #[allow(unused_variables, unused_mut)]
        let answer: webtask::__rt::results::Response = webtask::__rt::http(
                webtask::__rt::at(cx, &__wt_at_every_step[60usize]),
                webtask::__rt::Request {
                    method: "GET",
                    url: webtask::__rt::Address::from(
                        &webtask::__rt::text(
                            &[
                                webtask::__rt::Piece::Text("https://api.example/"),
                                webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                    name: "query",
                                    value: webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&query),
                                    )?,
                                    fallback: webtask::__rt::std::option::Option::None,
                                    place: webtask::__rt::Place::UrlPath,
                                }),
                            ],
                        )?,
                    ),
                    headers: &[
                        (
                            "x-key",
                            &webtask::__rt::text(
                                &[
                                    webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                        name: "query",
                                        value: webtask::__rt::shown(
                                            webtask::__rt::std::option::Option::Some(&query),
                                        )?,
                                        fallback: webtask::__rt::std::option::Option::None,
                                        place: webtask::__rt::Place::Header,
                                    }),
                                ],
                            )?,
                        ),
                        (
                            "x-n",
                            &webtask::__rt::shown_text(
                                webtask::__rt::serde_json::Value::from(1i64),
                            ),
                        ),
                    ],
                    body: webtask::__rt::std::option::Option::None,
                    expect: &[],
                    timeout: webtask::__rt::std::option::Option::Some(
                        webtask::__rt::std::time::Duration::from_millis(5000u64),
                    ),
                },
            )
            .await?;
        let _ = webtask::__rt::http(
                webtask::__rt::at(cx, &__wt_at_every_step[61usize]),
                webtask::__rt::Request {
                    method: "POST",
                    url: webtask::__rt::Address::from("https://api.example/"),
                    headers: &[],
                    body: webtask::__rt::std::option::Option::Some(
                        webtask::__rt::serde_json::Value::Object(
                            webtask::__rt::map([
                                (
                                    "status",
                                    webtask::__rt::given(
                                        "answer.status",
                                        webtask::__rt::shown(
                                            webtask::__rt::std::option::Option::Some(&answer)
                                                .map(|__v| &__v.status),
                                        )?,
                                    )?,
                                ),
                            ]),
                        ),
                    ),
                    expect: &[],
                    timeout: webtask::__rt::std::option::Option::None,
                },
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let images: webtask::__rt::std::vec::Vec<webtask::__rt::results::Download> = webtask::__rt::download_each(
                webtask::__rt::at(cx, &__wt_at_every_step[62usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("img."),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::CssIdent,
                        }),
                    ],
                )?,
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::std::time::Duration::from_millis(20000u64),
                ),
            )
            .await?;
        webtask::__rt::save_captures(
                webtask::__rt::at(cx, &__wt_at_every_step[63usize]),
                "images",
                webtask::__rt::given(
                    "images",
                    webtask::__rt::shown(
                        webtask::__rt::std::option::Option::Some(&images),
                    )?,
                )?,
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Text("images/"),
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "query",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&query),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Path,
                        }),
                    ],
                )?,
                webtask::__rt::std::option::Option::Some("{index}.{ext}"),
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let saved: webtask::__rt::std::vec::Vec<webtask::__rt::results::File> = webtask::__rt::save_page_captures(
                webtask::__rt::at(cx, &__wt_at_every_step[64usize]),
                "saved",
                webtask::__rt::std::option::Option::None,
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let (
            said,
            log,
            asked,
        ): (
            webtask::__rt::std::vec::Vec<webtask::__rt::results::ConsoleMessage>,
            webtask::__rt::results::Capture,
            webtask::__rt::serde_json::Value,
        ) = {
            let (__ended, __seen) = webtask::__rt::console(
                    webtask::__rt::at(cx, &__wt_at_every_step[65usize]),
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        #[allow(unused_variables, unused_mut)]
                        let (
                            log,
                            asked,
                        ): (
                            webtask::__rt::results::Capture,
                            webtask::__rt::serde_json::Value,
                        ) = {
                            let (__ended, __seen) = webtask::__rt::capture_network(
                                    webtask::__rt::at(cx, &__wt_at_every_step[66usize]),
                                    webtask::__rt::std::option::Option::Some("log.har"),
                                    &webtask::__rt::Network {
                                        bodies: true,
                                        max: webtask::__rt::std::option::Option::Some(1000u64),
                                        url: webtask::__rt::std::option::Option::Some(
                                            &webtask::__rt::text(
                                                &[
                                                    webtask::__rt::Piece::Text("/api/"),
                                                    webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                                        name: "query",
                                                        value: webtask::__rt::shown(
                                                            webtask::__rt::std::option::Option::Some(&query),
                                                        )?,
                                                        fallback: webtask::__rt::std::option::Option::None,
                                                        place: webtask::__rt::Place::Text,
                                                    }),
                                                ],
                                            )?,
                                        ),
                                    },
                                    webtask::__rt::block::<
                                        webtask::__rt::std::convert::Infallible,
                                        _,
                                        _,
                                    >(async {
                                        #[allow(unused_variables, unused_mut)]
                                        let asked: webtask::__rt::serde_json::Value = webtask::__rt::js(
                                                webtask::__rt::at(cx, &__wt_at_every_step[67usize]),
                                                "asked",
                                                "return 1",
                                                &[],
                                                false,
                                            )
                                            .await?;
                                        webtask::__rt::std::result::Result::Ok(
                                            webtask::__rt::Flow::Next((asked,)),
                                        )
                                    }),
                                )
                                .await?;
                            match __ended {
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Next(__names),
                                ) => {
                                    let (asked,) = __names;
                                    (__seen.capture(), asked)
                                }
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Return(__value),
                                ) => match __value {}
                                webtask::__rt::std::result::Result::Err(__error) => {
                                    return webtask::__rt::std::result::Result::Err(__error);
                                }
                            }
                        };
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next((log, asked)),
                        )
                    }),
                )
                .await?;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let (log, asked) = __names;
                    (__seen, log, asked)
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        let () = {
            let (__ended, __seen) = webtask::__rt::capture_network(
                    webtask::__rt::at(cx, &__wt_at_every_step[68usize]),
                    webtask::__rt::std::option::Option::Some("all.har"),
                    &webtask::__rt::Network {
                        bodies: false,
                        max: webtask::__rt::std::option::Option::None,
                        url: webtask::__rt::std::option::Option::None,
                    },
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        webtask::__rt::wait(
                                webtask::__rt::at(cx, &__wt_at_every_step[69usize]),
                                webtask::__rt::std::time::Duration::from_millis(0u64),
                            )
                            .await?;
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next(()),
                        )
                    }),
                )
                .await?;
            let _ = __seen;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let () = __names;
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        #[allow(unused_variables, unused_mut)]
        let (
            reports,
            mut clicked,
        ): (
            webtask::__rt::std::vec::Vec<webtask::__rt::results::Download>,
            webtask::__rt::std::string::String,
        ) = {
            let (__ended, __seen) = webtask::__rt::download(
                    webtask::__rt::at(cx, &__wt_at_every_step[70usize]),
                    webtask::__rt::std::option::Option::Some(
                        &webtask::__rt::text(
                            &[
                                webtask::__rt::Piece::Text("reports/"),
                                webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                    name: "query",
                                    value: webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&query),
                                    )?,
                                    fallback: webtask::__rt::std::option::Option::None,
                                    place: webtask::__rt::Place::Path,
                                }),
                            ],
                        )?,
                    ),
                    webtask::__rt::std::option::Option::Some(
                        webtask::__rt::std::time::Duration::from_millis(5000u64),
                    ),
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        webtask::__rt::click(
                                webtask::__rt::strict(
                                    webtask::__rt::at(cx, &__wt_at_every_step[71usize]),
                                ),
                                "a",
                                webtask::__rt::std::option::Option::None,
                                webtask::__rt::std::option::Option::None,
                                webtask::__rt::std::option::Option::None,
                            )
                            .await?;
                        webtask::__rt::at(cx, &__wt_at_every_step[72usize]);
                        #[allow(unused_variables, unused_mut)]
                        let mut clicked: webtask::__rt::std::string::String = webtask::__rt::std::string::String::from(
                            "yes",
                        );
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next((clicked,)),
                        )
                    }),
                )
                .await?;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let (clicked,) = __names;
                    (__seen, clicked)
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        let () = {
            let (__ended, __seen) = webtask::__rt::download(
                    webtask::__rt::at(cx, &__wt_at_every_step[73usize]),
                    webtask::__rt::std::option::Option::None,
                    webtask::__rt::std::option::Option::None,
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        webtask::__rt::wait(
                                webtask::__rt::at(cx, &__wt_at_every_step[74usize]),
                                webtask::__rt::std::time::Duration::from_millis(0u64),
                            )
                            .await?;
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next(()),
                        )
                    }),
                )
                .await?;
            let _ = __seen;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let () = __names;
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        #[allow(unused_variables, unused_mut)]
        let (plain,): (webtask::__rt::std::string::String,) = {
            let (__ended, __seen) = webtask::__rt::console(
                    webtask::__rt::at(cx, &__wt_at_every_step[75usize]),
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        #[allow(unused_variables, unused_mut)]
                        let (plain,): (webtask::__rt::std::string::String,) = {
                            let (__ended, __seen) = webtask::__rt::capture_network(
                                    webtask::__rt::at(cx, &__wt_at_every_step[76usize]),
                                    webtask::__rt::std::option::Option::None,
                                    &webtask::__rt::Network {
                                        bodies: false,
                                        max: webtask::__rt::std::option::Option::None,
                                        url: webtask::__rt::std::option::Option::None,
                                    },
                                    webtask::__rt::block::<
                                        webtask::__rt::std::convert::Infallible,
                                        _,
                                        _,
                                    >(async {
                                        webtask::__rt::std::result::Result::Ok(
                                            webtask::__rt::Flow::Next(()),
                                        )
                                    }),
                                )
                                .await?;
                            match __ended {
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Next(__names),
                                ) => {
                                    let () = __names;
                                    (__seen.base64(),)
                                }
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Return(__value),
                                ) => match __value {}
                                webtask::__rt::std::result::Result::Err(__error) => {
                                    return webtask::__rt::std::result::Result::Err(__error);
                                }
                            }
                        };
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next((plain,)),
                        )
                    }),
                )
                .await?;
            let _ = __seen;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let (plain,) = __names;
                    (plain,)
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        #[allow(unused_variables, unused_mut)]
        let (
            calls,
        ): (webtask::__rt::std::vec::Vec<webtask::__rt::results::NetworkEntry>,) = {
            let (__ended, __seen) = webtask::__rt::capture_network(
                    webtask::__rt::at(cx, &__wt_at_every_step[77usize]),
                    webtask::__rt::std::option::Option::None,
                    &webtask::__rt::Network {
                        bodies: false,
                        max: webtask::__rt::std::option::Option::None,
                        url: webtask::__rt::std::option::Option::None,
                    },
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        webtask::__rt::wait(
                                webtask::__rt::at(cx, &__wt_at_every_step[78usize]),
                                webtask::__rt::std::time::Duration::from_millis(0u64),
                            )
                            .await?;
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next(()),
                        )
                    }),
                )
                .await?;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let () = __names;
                    (__seen.entries()?,)
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        #[allow(unused_variables, unused_mut)]
        let (
            clip,
            filmed,
        ): (webtask::__rt::results::Capture, webtask::__rt::serde_json::Value) = {
            let (__ended, __seen) = webtask::__rt::record(
                    webtask::__rt::at(cx, &__wt_at_every_step[79usize]),
                    webtask::__rt::std::option::Option::Some(
                        &webtask::__rt::text(
                            &[
                                webtask::__rt::Piece::Text("clips/"),
                                webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                    name: "query",
                                    value: webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&query),
                                    )?,
                                    fallback: webtask::__rt::std::option::Option::None,
                                    place: webtask::__rt::Place::Path,
                                }),
                                webtask::__rt::Piece::Text(".webm"),
                            ],
                        )?,
                    ),
                    &webtask::__rt::Film {
                        name: webtask::__rt::std::option::Option::Some("clip"),
                        format: webtask::__rt::FilmFormat::Webm,
                        fps: webtask::__rt::std::option::Option::Some(5u64),
                        frames: webtask::__rt::std::option::Option::Some(20u64),
                        time: webtask::__rt::std::option::Option::Some(
                            webtask::__rt::std::time::Duration::from_millis(3000u64),
                        ),
                    },
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        #[allow(unused_variables, unused_mut)]
                        let filmed: webtask::__rt::serde_json::Value = webtask::__rt::js(
                                webtask::__rt::at(cx, &__wt_at_every_step[80usize]),
                                "filmed",
                                "return 1",
                                &[],
                                false,
                            )
                            .await?;
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next((filmed,)),
                        )
                    }),
                )
                .await?;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let (filmed,) = __names;
                    (__seen.capture(), filmed)
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        let () = {
            let (__ended, __seen) = webtask::__rt::record(
                    webtask::__rt::at(cx, &__wt_at_every_step[81usize]),
                    webtask::__rt::std::option::Option::Some("all.gif"),
                    &webtask::__rt::Film {
                        name: webtask::__rt::std::option::Option::None,
                        format: webtask::__rt::FilmFormat::Gif,
                        fps: webtask::__rt::std::option::Option::None,
                        frames: webtask::__rt::std::option::Option::None,
                        time: webtask::__rt::std::option::Option::None,
                    },
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        webtask::__rt::wait(
                                webtask::__rt::at(cx, &__wt_at_every_step[82usize]),
                                webtask::__rt::std::time::Duration::from_millis(0u64),
                            )
                            .await?;
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next(()),
                        )
                    }),
                )
                .await?;
            let _ = __seen;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let () = __names;
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        #[allow(unused_variables, unused_mut)]
        let (plainly,): (webtask::__rt::std::string::String,) = {
            let (__ended, __seen) = webtask::__rt::record_at(
                    webtask::__rt::at(cx, &__wt_at_every_step[83usize]),
                    webtask::__rt::std::option::Option::None,
                    &webtask::__rt::Film {
                        name: webtask::__rt::std::option::Option::Some("plainly"),
                        format: webtask::__rt::FilmFormat::Gif,
                        fps: webtask::__rt::std::option::Option::None,
                        frames: webtask::__rt::std::option::Option::None,
                        time: webtask::__rt::std::option::Option::None,
                    },
                    80u64,
                    webtask::__rt::block::<
                        webtask::__rt::std::convert::Infallible,
                        _,
                        _,
                    >(async {
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next(()),
                        )
                    }),
                )
                .await?;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let () = __names;
                    (__seen.base64(),)
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    return webtask::__rt::std::result::Result::Err(__error);
                }
            }
        };
        webtask::__rt::at(cx, &__wt_at_every_step[84usize]);
        #[allow(unused_variables, unused_mut)]
        let mut total: i64 = webtask::__rt::there(
            "rows.length",
            webtask::__rt::std::option::Option::Some(&rows)
                .map(|__v| webtask::__rt::length(__v)),
        )?;
        webtask::__rt::at(cx, &__wt_at_every_step[85usize]);
        #[allow(unused_variables, unused_mut)]
        let mut first: webtask::__rt::std::string::String = webtask::__rt::there(
            "rows.0.seller.name",
            webtask::__rt::std::option::Option::Some(&rows)
                .and_then(|__v| __v.get(0usize))
                .map(|__v| &__v.seller)
                .map(|__v| &__v.name)
                .cloned(),
        )?;
        webtask::__rt::at(cx, &__wt_at_every_step[86usize]);
        #[allow(unused_variables, unused_mut)]
        let mut caption: String = (format!("{total}"));
        webtask::__rt::at(cx, &__wt_at_every_step[87usize]);
        total = 5i64;
        webtask::__rt::at(cx, &__wt_at_every_step[88usize]);
        let mut __collected_89: webtask::__rt::std::vec::Vec<
            webtask::__rt::serde_json::Value,
        > = webtask::__rt::std::default::Default::default();
        for (__number, __turn) in webtask::__rt::turns(
            webtask::__rt::there(
                "rows",
                webtask::__rt::std::option::Option::Some(&rows).cloned(),
            )?,
        ) {
            let mut __gathered = webtask::__rt::std::vec::Vec::new();
            let __ended = webtask::__rt::block::<
                webtask::__rt::std::convert::Infallible,
                _,
                _,
            >(async {
                    #[allow(unused_variables)]
                    let (row, row_index): (every_step::Rows, i64) = (
                        __turn,
                        __number as i64,
                    );
                    let () = if {
                        webtask::__rt::at(cx, &__wt_at_every_step[89usize]);
                        webtask::__rt::holds(
                            "`{{row.price}}`",
                            webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&row)
                                    .map(|__v| &__v.price)
                                    .and_then(webtask::__rt::std::option::Option::as_ref),
                            )?,
                        )?
                    } {
                        webtask::__rt::at(cx, &__wt_at_every_step[90usize]);
                        __gathered
                            .extend([
                                webtask::__rt::given(
                                    "row.name",
                                    webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&row)
                                            .map(|__v| &__v.name),
                                    )?,
                                )?,
                            ]);
                    } else if webtask::__rt::js_test(
                            webtask::__rt::at(cx, &__wt_at_every_step[89usize]),
                            "return true",
                        )
                        .await?
                    {
                        webtask::__rt::at(cx, &__wt_at_every_step[91usize]);
                        __gathered
                            .extend([webtask::__rt::serde_json::Value::from("free")]);
                    };
                    webtask::__rt::at(cx, &__wt_at_every_step[92usize]);
                    __gathered
                        .extend(
                            webtask::__rt::items(
                                "yield each",
                                webtask::__rt::value(&(Vec::<String>::new()))?,
                            )?,
                        );
                    webtask::__rt::std::result::Result::Ok(webtask::__rt::Flow::Next(()))
                })
                .await;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(()),
                ) => {
                    __collected_89.extend(__gathered);
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    webtask::__rt::skipped(cx, __number as u64, __error).await?
                }
            }
        }
        #[allow(unused_variables, unused_mut)]
        let names: webtask::__rt::std::vec::Vec<webtask::__rt::serde_json::Value> = __collected_89;
        webtask::__rt::at(cx, &__wt_at_every_step[93usize]);
        let mut __collected_94: webtask::__rt::std::vec::Vec<every_step::Details> = webtask::__rt::std::default::Default::default();
        for (__number, __turn) in webtask::__rt::turns(
            webtask::__rt::there(
                "rows",
                webtask::__rt::std::option::Option::Some(&rows).cloned(),
            )?,
        ) {
            #[allow(unused_variables)]
            let (row, row_index): (every_step::Rows, i64) = (__turn, __number as i64);
            #[allow(unused_variables, unused_mut)]
            let detail: every_step::Detail = webtask::__rt::extract(
                    webtask::__rt::at(cx, &__wt_at_every_step[94usize]),
                    &webtask::__rt::Spec {
                        name: "detail",
                        from: ".detail",
                        repeat: false,
                        limit: webtask::__rt::std::option::Option::None,
                        fields: &[
                            webtask::__rt::Field::new(
                                "text",
                                webtask::__rt::Source::Text("."),
                            ),
                        ],
                    },
                )
                .await?;
            webtask::__rt::at(cx, &__wt_at_every_step[95usize]);
            #[allow(unused_variables, unused_mut)]
            let mut number: i64 = webtask::__rt::there(
                "row_index",
                webtask::__rt::std::option::Option::Some(&row_index).cloned(),
            )?;
            __collected_94
                .extend([
                    every_step::Details {
                        detail,
                        number,
                    },
                ]);
        }
        #[allow(unused_variables, unused_mut)]
        let details: webtask::__rt::std::vec::Vec<every_step::Details> = __collected_94;
        webtask::__rt::at(cx, &__wt_at_every_step[96usize]);
        for (__number, __turn) in webtask::__rt::turns(
            webtask::__rt::items(
                "for each",
                webtask::__rt::given(
                    "info.list",
                    webtask::__rt::std::option::Option::Some(&info)
                        .and_then(|__v| webtask::__rt::Dig::dig(__v, &["list"])),
                )?,
            )?,
        ) {
            #[allow(unused_variables)]
            let (item, item_index): (webtask::__rt::serde_json::Value, i64) = (
                __turn,
                __number as i64,
            );
            webtask::__rt::status(
                    webtask::__rt::at(cx, &__wt_at_every_step[97usize]),
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "item",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&item),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Text,
                            }),
                            webtask::__rt::Piece::Text(" of "),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "info.list.length",
                                value: webtask::__rt::std::option::Option::Some(&info)
                                    .and_then(|__v| webtask::__rt::Dig::dig(
                                        __v,
                                        &["list", "length"],
                                    )),
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Text,
                            }),
                        ],
                    )?,
                )
                .await?;
        }
        let () = if {
            webtask::__rt::at(cx, &__wt_at_every_step[98usize]);
            webtask::__rt::holds(
                "`{{deep}}`",
                webtask::__rt::shown(
                    webtask::__rt::std::option::Option::Some(&deep)
                        .and_then(webtask::__rt::std::option::Option::as_ref),
                )?,
            )?
        } {
            webtask::__rt::status(
                    webtask::__rt::at(cx, &__wt_at_every_step[99usize]),
                    "deep",
                )
                .await?;
        } else if {
            webtask::__rt::at(cx, &__wt_at_every_step[98usize]);
            ((webtask::__rt::compare(
                "`{{rows.length}}`",
                webtask::__rt::std::option::Option::Some(&rows)
                    .map(|__v| webtask::__rt::length(__v))
                    .map(webtask::__rt::serde_json::Value::from),
                webtask::__rt::Comparator::Equal,
                "`0`",
                webtask::__rt::std::option::Option::Some(
                    webtask::__rt::serde_json::Value::from(0i64),
                ),
            )?)
                || (webtask::__rt::compare(
                    "`{{total}}`",
                    webtask::__rt::or_value(
                        webtask::__rt::shown(
                            webtask::__rt::std::option::Option::Some(&total),
                        )?,
                        webtask::__rt::serde_json::Value::from(7i64),
                    ),
                    webtask::__rt::Comparator::GreaterOrEqual,
                    "the expression",
                    webtask::__rt::std::option::Option::Some(
                        webtask::__rt::value(&(total))?,
                    ),
                )?))
                && (webtask::__rt::compare(
                    "the list",
                    webtask::__rt::std::option::Option::Some(
                        webtask::__rt::serde_json::Value::Array(
                            webtask::__rt::std::vec![
                                webtask::__rt::serde_json::Value::from("a"),
                                webtask::__rt::serde_json::Value::from("b")
                            ],
                        ),
                    ),
                    webtask::__rt::Comparator::Contains,
                    "`{{type}}`",
                    webtask::__rt::shown(
                        webtask::__rt::std::option::Option::Some(&r#type),
                    )?,
                )?)
        } {
            webtask::__rt::status(
                    webtask::__rt::at(cx, &__wt_at_every_step[100usize]),
                    "x",
                )
                .await?;
        } else if {
            webtask::__rt::at(cx, &__wt_at_every_step[98usize]);
            !(webtask::__rt::matches(
                "`{{query}}`",
                webtask::__rt::shown(webtask::__rt::std::option::Option::Some(&query))?,
                "^\\d+$",
            )?)
        } {
            webtask::__rt::status(
                    webtask::__rt::at(cx, &__wt_at_every_step[101usize]),
                    "y",
                )
                .await?;
        };
        #[allow(unused_variables, unused_mut)]
        let (
            mut big,
            mut both,
        ): (
            webtask::__rt::std::option::Option<bool>,
            webtask::__rt::std::string::String,
        ) = if {
            webtask::__rt::at(cx, &__wt_at_every_step[102usize]);
            total > 3
        } {
            webtask::__rt::at(cx, &__wt_at_every_step[103usize]);
            #[allow(unused_variables, unused_mut)]
            let mut big: bool = true;
            webtask::__rt::at(cx, &__wt_at_every_step[104usize]);
            #[allow(unused_variables, unused_mut)]
            let mut both: webtask::__rt::std::string::String = webtask::__rt::std::string::String::from(
                "a",
            );
            (webtask::__rt::std::option::Option::Some(big), both)
        } else {
            webtask::__rt::at(cx, &__wt_at_every_step[105usize]);
            #[allow(unused_variables, unused_mut)]
            let mut both: webtask::__rt::std::string::String = webtask::__rt::std::string::String::from(
                "b",
            );
            (webtask::__rt::std::option::Option::None, both)
        };
        #[allow(unused_variables, unused_mut)]
        let (late,): (every_step::Late,) = {
            webtask::__rt::at(cx, &__wt_at_every_step[106usize]);
            let mut __retry = webtask::__rt::Retry::new(
                3u64,
                webtask::__rt::std::time::Duration::from_millis(1000u64),
            );
            loop {
                let __ended = webtask::__rt::block::<
                    webtask::__rt::std::convert::Infallible,
                    _,
                    _,
                >(async {
                        #[allow(unused_variables, unused_mut)]
                        let late: every_step::Late = webtask::__rt::extract(
                                webtask::__rt::at(cx, &__wt_at_every_step[107usize]),
                                &webtask::__rt::Spec {
                                    name: "late",
                                    from: ".late",
                                    repeat: false,
                                    limit: webtask::__rt::std::option::Option::None,
                                    fields: &[
                                        webtask::__rt::Field::new(
                                            "text",
                                            webtask::__rt::Source::Text("."),
                                        ),
                                    ],
                                },
                            )
                            .await?;
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next((late,)),
                        )
                    })
                    .await;
                match __ended {
                    webtask::__rt::std::result::Result::Ok(
                        webtask::__rt::Flow::Next(__names),
                    ) => {
                        break __names;
                    }
                    webtask::__rt::std::result::Result::Ok(
                        webtask::__rt::Flow::Return(__value),
                    ) => match __value {}
                    webtask::__rt::std::result::Result::Err(__error) => {
                        __retry.failed(__error).await?
                    }
                }
            }
        };
        #[allow(unused_variables, unused_mut)]
        let (
            mut clicked_away,
            mut reason,
        ): (
            webtask::__rt::std::option::Option<bool>,
            webtask::__rt::std::option::Option<webtask::__rt::std::string::String>,
        ) = {
            webtask::__rt::at(cx, &__wt_at_every_step[108usize]);
            let __ended = webtask::__rt::block::<
                webtask::__rt::std::convert::Infallible,
                _,
                _,
            >(async {
                    webtask::__rt::click(
                            webtask::__rt::strict(
                                webtask::__rt::at(cx, &__wt_at_every_step[109usize]),
                            ),
                            "#cookies",
                            webtask::__rt::std::option::Option::None,
                            webtask::__rt::std::option::Option::None,
                            webtask::__rt::std::option::Option::None,
                        )
                        .await?;
                    webtask::__rt::at(cx, &__wt_at_every_step[110usize]);
                    #[allow(unused_variables, unused_mut)]
                    let mut clicked_away: bool = true;
                    webtask::__rt::std::result::Result::Ok(
                        webtask::__rt::Flow::Next((clicked_away,)),
                    )
                })
                .await;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let (clicked_away,) = __names;
                    (
                        webtask::__rt::std::option::Option::Some(clicked_away),
                        webtask::__rt::std::option::Option::None,
                    )
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    let error: webtask::__rt::results::Failure = webtask::__rt::caught(
                        cx,
                        __error,
                    )?;
                    webtask::__rt::at(cx, &__wt_at_every_step[111usize]);
                    #[allow(unused_variables, unused_mut)]
                    let mut reason: webtask::__rt::std::string::String = webtask::__rt::there(
                        "error.message",
                        webtask::__rt::std::option::Option::Some(&error)
                            .map(|__v| &__v.message)
                            .cloned(),
                    )?;
                    (
                        webtask::__rt::std::option::Option::None,
                        webtask::__rt::std::option::Option::Some(reason),
                    )
                }
            }
        };
        let () = {
            webtask::__rt::at(cx, &__wt_at_every_step[112usize]);
            let __ended = webtask::__rt::block::<
                webtask::__rt::std::convert::Infallible,
                _,
                _,
            >(async {
                    webtask::__rt::wait(
                            webtask::__rt::at(cx, &__wt_at_every_step[113usize]),
                            webtask::__rt::std::time::Duration::from_millis(0u64),
                        )
                        .await?;
                    webtask::__rt::std::result::Result::Ok(webtask::__rt::Flow::Next(()))
                })
                .await;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(__names),
                ) => {
                    let () = __names;
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => match __value {}
                webtask::__rt::std::result::Result::Err(__error) => {
                    webtask::__rt::caught(cx, __error)?;
                }
            }
        };
        webtask::__rt::at(cx, &__wt_at_every_step[114usize]);
        let mut __turns = webtask::__rt::Turns::new(
            webtask::__rt::std::option::Option::Some(3u64),
            webtask::__rt::std::time::Duration::ZERO,
        );
        #[allow(clippy::never_loop)]
        '__loop_115: while let webtask::__rt::std::option::Option::Some(__number) = __turns
            .next(webtask::__rt::at(cx, &__wt_at_every_step[114usize]))
            .await?
        {
            #[allow(unused_variables)]
            let loop_index: i64 = __number;
            __turns.begin()?;
            webtask::__rt::at(cx, &__wt_at_every_step[115usize]);
            break '__loop_115;
        }
        webtask::__rt::at(cx, &__wt_at_every_step[116usize]);
        let mut __collected_117: webtask::__rt::std::vec::Vec<
            webtask::__rt::std::string::String,
        > = webtask::__rt::std::default::Default::default();
        #[allow(clippy::never_loop)]
        '__loop_117: for (__number, __turn) in webtask::__rt::turns(
            webtask::__rt::there(
                "rows",
                webtask::__rt::std::option::Option::Some(&rows).cloned(),
            )?,
        ) {
            let mut __gathered = webtask::__rt::std::vec::Vec::new();
            let __ended = webtask::__rt::block::<
                webtask::__rt::Exit<webtask::__rt::std::convert::Infallible>,
                _,
                _,
            >(async {
                    #[allow(unused_variables)]
                    let (row, row_index): (every_step::Rows, i64) = (
                        __turn,
                        __number as i64,
                    );
                    let () = {
                        webtask::__rt::at(cx, &__wt_at_every_step[117usize]);
                        let mut __tried_118 = webtask::__rt::std::vec::Vec::new();
                        let __ended = webtask::__rt::block::<
                            webtask::__rt::Exit<webtask::__rt::std::convert::Infallible>,
                            _,
                            _,
                        >(async {
                                let () = if {
                                    webtask::__rt::at(cx, &__wt_at_every_step[118usize]);
                                    webtask::__rt::holds(
                                        "`{{row.price}}`",
                                        webtask::__rt::shown(
                                            webtask::__rt::std::option::Option::Some(&row)
                                                .map(|__v| &__v.price)
                                                .and_then(webtask::__rt::std::option::Option::as_ref),
                                        )?,
                                    )?
                                } {
                                    webtask::__rt::at(cx, &__wt_at_every_step[119usize]);
                                    return webtask::__rt::std::result::Result::Ok(
                                        webtask::__rt::Flow::Return(webtask::__rt::Exit::Continue),
                                    );
                                };
                                webtask::__rt::at(cx, &__wt_at_every_step[120usize]);
                                __tried_118
                                    .extend([
                                        webtask::__rt::there(
                                            "row.name",
                                            webtask::__rt::std::option::Option::Some(&row)
                                                .map(|__v| &__v.name)
                                                .cloned(),
                                        )?,
                                    ]);
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Next(()),
                                )
                            })
                            .await;
                        match __ended {
                            webtask::__rt::std::result::Result::Ok(
                                webtask::__rt::Flow::Next(__names),
                            ) => {
                                let () = __names;
                                __gathered.extend(__tried_118);
                            }
                            webtask::__rt::std::result::Result::Ok(
                                webtask::__rt::Flow::Return(__value),
                            ) => {
                                __gathered.extend(__tried_118);
                                match __value {
                                    webtask::__rt::Exit::Return(__value) => match __value {}
                                    webtask::__rt::Exit::Break => {
                                        return webtask::__rt::std::result::Result::Ok(
                                            webtask::__rt::Flow::Return(webtask::__rt::Exit::Break),
                                        );
                                    }
                                    webtask::__rt::Exit::Continue => {
                                        return webtask::__rt::std::result::Result::Ok(
                                            webtask::__rt::Flow::Return(webtask::__rt::Exit::Continue),
                                        );
                                    }
                                }
                            }
                            webtask::__rt::std::result::Result::Err(__error) => {
                                webtask::__rt::caught(cx, __error)?;
                                webtask::__rt::at(cx, &__wt_at_every_step[121usize]);
                                return webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Return(webtask::__rt::Exit::Break),
                                );
                            }
                        }
                    };
                    let () = {
                        webtask::__rt::at(cx, &__wt_at_every_step[122usize]);
                        let mut __retry = webtask::__rt::Retry::new(
                            2u64,
                            webtask::__rt::std::time::Duration::ZERO,
                        );
                        loop {
                            let mut __tried_123 = webtask::__rt::std::vec::Vec::new();
                            let __ended = webtask::__rt::block::<
                                webtask::__rt::Exit<
                                    webtask::__rt::std::convert::Infallible,
                                >,
                                _,
                                _,
                            >(async {
                                    webtask::__rt::at(cx, &__wt_at_every_step[123usize]);
                                    __tried_123
                                        .extend([webtask::__rt::std::string::String::from("x")]);
                                    let () = if {
                                        webtask::__rt::at(cx, &__wt_at_every_step[124usize]);
                                        webtask::__rt::holds(
                                            "`{{deep}}`",
                                            webtask::__rt::shown(
                                                webtask::__rt::std::option::Option::Some(&deep)
                                                    .and_then(webtask::__rt::std::option::Option::as_ref),
                                            )?,
                                        )?
                                    } {
                                        webtask::__rt::at(cx, &__wt_at_every_step[125usize]);
                                        return webtask::__rt::std::result::Result::Ok(
                                            webtask::__rt::Flow::Return(webtask::__rt::Exit::Break),
                                        );
                                    };
                                    webtask::__rt::std::result::Result::Ok(
                                        webtask::__rt::Flow::Next(()),
                                    )
                                })
                                .await;
                            match __ended {
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Next(__names),
                                ) => {
                                    __gathered.extend(__tried_123);
                                    break __names;
                                }
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Return(__value),
                                ) => {
                                    __gathered.extend(__tried_123);
                                    match __value {
                                        webtask::__rt::Exit::Return(__value) => match __value {}
                                        webtask::__rt::Exit::Break => {
                                            return webtask::__rt::std::result::Result::Ok(
                                                webtask::__rt::Flow::Return(webtask::__rt::Exit::Break),
                                            );
                                        }
                                        webtask::__rt::Exit::Continue => {
                                            return webtask::__rt::std::result::Result::Ok(
                                                webtask::__rt::Flow::Return(webtask::__rt::Exit::Continue),
                                            );
                                        }
                                    }
                                }
                                webtask::__rt::std::result::Result::Err(__error) => {
                                    __retry.failed(__error).await?
                                }
                            }
                        }
                    };
                    webtask::__rt::at(cx, &__wt_at_every_step[126usize]);
                    let mut __turns = webtask::__rt::Turns::new(
                        webtask::__rt::std::option::Option::Some(2u64),
                        webtask::__rt::std::time::Duration::from_millis(1000u64),
                    );
                    #[allow(clippy::never_loop)]
                    '__loop_127: while let webtask::__rt::std::option::Option::Some(
                        __number,
                    ) = __turns
                        .next(webtask::__rt::at(cx, &__wt_at_every_step[126usize]))
                        .await?
                    {
                        #[allow(unused_variables)]
                        let loop_index: i64 = __number;
                        __turns.begin()?;
                        let () = {
                            let (__ended, __seen) = webtask::__rt::console(
                                    webtask::__rt::at(cx, &__wt_at_every_step[127usize]),
                                    webtask::__rt::block::<
                                        webtask::__rt::Exit<
                                            webtask::__rt::std::convert::Infallible,
                                        >,
                                        webtask::__rt::std::convert::Infallible,
                                        _,
                                    >(async {
                                        webtask::__rt::at(cx, &__wt_at_every_step[128usize]);
                                        return webtask::__rt::std::result::Result::Ok(
                                            webtask::__rt::Flow::Return(webtask::__rt::Exit::Continue),
                                        );
                                    }),
                                )
                                .await?;
                            let _ = __seen;
                            match __ended {
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Next(__names),
                                ) => match __names {}
                                webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Return(__value),
                                ) => {
                                    match __value {
                                        webtask::__rt::Exit::Return(__value) => match __value {}
                                        webtask::__rt::Exit::Break => {
                                            break '__loop_127;
                                        }
                                        webtask::__rt::Exit::Continue => {
                                            continue '__loop_127;
                                        }
                                    }
                                }
                                webtask::__rt::std::result::Result::Err(__error) => {
                                    return webtask::__rt::std::result::Result::Err(__error);
                                }
                            }
                        };
                    }
                    webtask::__rt::std::result::Result::Ok(webtask::__rt::Flow::Next(()))
                })
                .await;
            match __ended {
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Next(()),
                ) => {
                    __collected_117.extend(__gathered);
                }
                webtask::__rt::std::result::Result::Ok(
                    webtask::__rt::Flow::Return(__value),
                ) => {
                    __collected_117.extend(__gathered);
                    match __value {
                        webtask::__rt::Exit::Return(__value) => match __value {}
                        webtask::__rt::Exit::Break => {
                            break '__loop_117;
                        }
                        webtask::__rt::Exit::Continue => {
                            continue '__loop_117;
                        }
                    }
                }
                webtask::__rt::std::result::Result::Err(__error) => {
                    webtask::__rt::skipped(cx, __number as u64, __error).await?
                }
            }
        }
        #[allow(unused_variables, unused_mut)]
        let kept: webtask::__rt::std::vec::Vec<webtask::__rt::std::string::String> = __collected_117;
        webtask::__rt::at(cx, &__wt_at_every_step[129usize]);
        let mut sum = 0;
        webtask::__rt::at(cx, &__wt_at_every_step[130usize]);
        webtask::__rt::rust(async {
                sum += rows.len();
                cx.status(format!("{sum}")).await;
                webtask::__rt::std::result::Result::Ok(())
            })
            .await?;
        #[allow(unused_variables, unused_mut)]
        let other: helper::Output = webtask::__rt::call(
                webtask::__rt::at(cx, &__wt_at_every_step[131usize]),
                webtask::__rt::Input::steps(
                    helper::Input {
                        name: webtask::__rt::there(
                            "query",
                            webtask::__rt::std::option::Option::Some(&query).cloned(),
                        )?,
                        size: (webtask::__rt::there(
                            "limit",
                            webtask::__rt::std::option::Option::Some(&limit).cloned(),
                        )?) as f64,
                    },
                    cx,
                ),
            )
            .await?;
        #[allow(unused_variables)]
        let helper::Output { helped } = webtask::__rt::call(
                webtask::__rt::at(cx, &__wt_at_every_step[132usize]),
                webtask::__rt::Input::steps(
                    helper::Input {
                        name: webtask::__rt::std::string::String::from("x"),
                        size: __wt_default1_helper(),
                    },
                    cx,
                ),
            )
            .await?;
        #[allow(unused_variables, unused_mut)]
        let far: elsewhere::far_task::Output = webtask::__rt::call(
                webtask::__rt::at(cx, &__wt_at_every_step[133usize]),
                webtask::__rt::Input::steps(
                    webtask::__rt::decode::<
                        elsewhere::far_task::Input,
                    >(
                        "with",
                        webtask::__rt::serde_json::Value::Object(
                            webtask::__rt::map([
                                ("a", webtask::__rt::serde_json::Value::from(1i64)),
                            ]),
                        ),
                    )?,
                    cx,
                ),
            )
            .await?;
        webtask::__rt::std::result::Result::Ok(every_step::Output {
            arrived,
            turned,
            head,
            rows,
            info,
            n,
            shot,
            whole,
            notes,
            written,
            table,
            printed,
            short,
            label,
            page,
            all,
            some,
            answer,
            images,
            saved,
            said,
            log,
            asked,
            reports,
            clicked,
            plain,
            calls,
            clip,
            filmed,
            plainly,
            total,
            first,
            caption,
            names,
            details,
            big,
            both,
            late,
            clicked_away,
            reason,
            kept,
            other,
            helped,
            far,
        })
    })
}
#[allow(non_upper_case_globals)]
static __wt_parts_every_step: webtask::__rt::Parts = webtask::__rt::Parts {
    slug: "every/step",
    doc: "Every step and every kind of value.",
    pool: "shop",
    timeout: webtask::__rt::std::time::Duration::from_millis(120000u64),
    transports: &[webtask::__rt::Transport::Rest, webtask::__rt::Transport::Sse],
    dialogs: webtask::__rt::Dialogs::Accept,
    browser: true || elsewhere::far_task::TASK.parts().browser,
    untrusted: false || elsewhere::far_task::TASK.parts().untrusted,
    urls: &[],
    secrets: &["password"],
    setup: webtask::__rt::std::option::Option::Some(webtask::__rt::Setup {
        slug: "login",
        secrets: &["password"],
        settings: &[],
        input: webtask::__rt::std::option::Option::None,
        body: |cx, _| webtask::__rt::prelude(
            webtask::__rt::Input::steps(
                <sign_in::Input as webtask::__rt::std::default::Default>::default(),
                cx,
            ),
        ),
    }),
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
                webtask::__rt::plain(&__wt_default1_every_step()),
                "",
            ),
            ("deep", "bool", false, webtask::__rt::serde_json::Value::Null, ""),
            (
                "type",
                "string",
                false,
                webtask::__rt::plain(&__wt_default3_every_step()),
                "",
            ),
            (
                "offset",
                "u32",
                false,
                webtask::__rt::plain(&__wt_default4_every_step()),
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
        "{\"type\":\"object\",\"properties\":{\"arrived\":{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"headers\":{\"type\":\"object\"}},\"required\":[\"url\",\"status\",\"headers\"],\"additionalProperties\":false},\"turned\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"head\":{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],\"additionalProperties\":false},\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"price\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]},\"link\":{\"type\":\"string\"},\"body\":{\"type\":\"string\"},\"kind\":{\"type\":\"string\"},\"many\":{\"type\":\"integer\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"seller\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"],\"additionalProperties\":false},\"offers\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"cost\":{\"type\":\"integer\"}},\"required\":[\"cost\"],\"additionalProperties\":false}}},\"required\":[\"name\",\"price\",\"link\",\"body\",\"kind\",\"many\",\"tags\",\"seller\",\"offers\"],\"additionalProperties\":false}},\"info\":{},\"n\":{\"$rust\":0},\"shot\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"whole\":{\"type\":\"string\"},\"notes\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"written\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"}},\"required\":[\"path\",\"size\"],\"additionalProperties\":false}},\"table\":{\"type\":\"string\"},\"printed\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"short\":{\"type\":\"string\"},\"label\":{\"type\":\"string\"},\"page\":{\"type\":\"string\"},\"all\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"value\":{\"type\":\"string\"},\"domain\":{\"type\":\"string\"},\"path\":{\"type\":\"string\"},\"expires\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]},\"httpOnly\":{\"type\":\"boolean\"},\"secure\":{\"type\":\"boolean\"},\"sameSite\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"partitionKey\":{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"topLevelSite\":{\"type\":\"string\"},\"hasCrossSiteAncestor\":{\"type\":\"boolean\"}},\"required\":[\"topLevelSite\",\"hasCrossSiteAncestor\"],\"additionalProperties\":false},{\"type\":\"null\"}]}},\"required\":[\"name\",\"value\",\"domain\",\"path\",\"expires\",\"httpOnly\",\"secure\",\"sameSite\"],\"additionalProperties\":false}},\"some\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"value\":{\"type\":\"string\"},\"domain\":{\"type\":\"string\"},\"path\":{\"type\":\"string\"},\"expires\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"null\"}]},\"httpOnly\":{\"type\":\"boolean\"},\"secure\":{\"type\":\"boolean\"},\"sameSite\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"partitionKey\":{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"topLevelSite\":{\"type\":\"string\"},\"hasCrossSiteAncestor\":{\"type\":\"boolean\"}},\"required\":[\"topLevelSite\",\"hasCrossSiteAncestor\"],\"additionalProperties\":false},{\"type\":\"null\"}]}},\"required\":[\"name\",\"value\",\"domain\",\"path\",\"expires\",\"httpOnly\",\"secure\",\"sameSite\"],\"additionalProperties\":false}},\"answer\":{\"type\":\"object\",\"properties\":{\"status\":{\"type\":\"integer\"},\"headers\":{\"type\":\"object\"},\"body\":{\"type\":\"string\"},\"json\":{}},\"required\":[\"status\",\"headers\",\"body\",\"json\"],\"additionalProperties\":false},\"images\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"url\",\"name\",\"type\",\"size\",\"bytesB64\"],\"additionalProperties\":false}},\"saved\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"}},\"required\":[\"path\",\"size\"],\"additionalProperties\":false}},\"said\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"level\":{\"type\":\"string\"},\"text\":{\"type\":\"string\"},\"url\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"line\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]},\"column\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}},\"required\":[\"level\",\"text\",\"url\",\"line\",\"column\"],\"additionalProperties\":false}},\"log\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"asked\":{},\"reports\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"url\",\"name\",\"type\",\"size\",\"bytesB64\"],\"additionalProperties\":false}},\"clicked\":{\"type\":\"string\"},\"plain\":{\"type\":\"string\"},\"calls\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"method\":{\"type\":\"string\"},\"url\":{\"type\":\"string\"},\"requestHeaders\":{\"type\":\"object\"},\"requestBody\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"status\":{\"type\":\"integer\"},\"error\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"headers\":{\"type\":\"object\"},\"type\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"body\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"bytesB64\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"time\":{\"type\":\"number\"}},\"required\":[\"method\",\"url\",\"requestHeaders\",\"requestBody\",\"status\",\"error\",\"headers\",\"type\",\"size\",\"body\",\"bytesB64\",\"time\"],\"additionalProperties\":false}},\"clip\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"},\"bytesB64\":{\"type\":\"string\"}},\"required\":[\"path\",\"size\",\"bytesB64\"],\"additionalProperties\":false},\"filmed\":{},\"plainly\":{\"type\":\"string\"},\"total\":{\"type\":\"integer\"},\"first\":{\"type\":\"string\"},\"caption\":{\"$rust\":1},\"names\":{\"type\":\"array\",\"items\":{}},\"details\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"detail\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"],\"additionalProperties\":false},\"number\":{\"type\":\"integer\"}},\"required\":[\"detail\",\"number\"],\"additionalProperties\":false}},\"big\":{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}]},\"both\":{\"type\":\"string\"},\"late\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"],\"additionalProperties\":false},\"clicked_away\":{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}]},\"reason\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"kept\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"other\":{\"type\":\"object\",\"properties\":{\"helped\":{\"type\":\"string\"}},\"required\":[\"helped\"],\"additionalProperties\":false},\"helped\":{\"type\":\"string\"},\"far\":{\"$rust\":2}},\"required\":[\"arrived\",\"turned\",\"head\",\"rows\",\"info\",\"n\",\"shot\",\"whole\",\"notes\",\"written\",\"table\",\"printed\",\"short\",\"label\",\"page\",\"all\",\"some\",\"answer\",\"images\",\"saved\",\"said\",\"log\",\"asked\",\"reports\",\"clicked\",\"plain\",\"calls\",\"clip\",\"filmed\",\"plainly\",\"total\",\"first\",\"caption\",\"names\",\"details\",\"big\",\"both\",\"late\",\"clicked_away\",\"reason\",\"kept\",\"other\",\"helped\",\"far\"],\"additionalProperties\":false}",
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
                        webtask::__rt::std::marker::PhantomData::<String>,
                    )
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
        let __input_1 = __inputs.or("limit", "int", __wt_default1_every_step);
        let __input_2 = __inputs.optional("deep", "bool");
        let __input_3 = __inputs.or("type", "string", __wt_default3_every_step);
        let __input_4 = __inputs.or("offset", "u32", __wt_default4_every_step);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(every_step::Input {
                    query: __input_0?,
                    limit: __input_1?,
                    deep: __input_2?,
                    r#type: __input_3?,
                    offset: __input_4?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(every_step(webtask, input).into_json())
    },
};
impl webtask::__rt::Input for every_step::Input {
    type Output = every_step::Output;
    fn task() -> webtask::__rt::Task {
        every_step::TASK.clone()
    }
    fn steps(
        self,
        cx: &webtask::__rt::Cx,
    ) -> webtask::__rt::Body<'_, every_step::Output> {
        __wt_body_every_step(cx, self)
    }
}
///Every step and every kind of value.
pub(crate) fn every_step(
    webtask: &webtask::Webtask,
    input: every_step::Input,
) -> webtask::Run<every_step::Output> {
    webtask::__rt::run(
        webtask,
        &every_step::TASK,
        input,
        |__cx, input| webtask::__rt::body(async move {
            webtask::__rt::std::result::Result::Ok(
                webtask::__rt::redacted(__cx, __wt_body_every_step(__cx, input).await?)
                    .await?,
            )
        }),
    )
}
///The types and the description of the task [`every_step`](every_step()).
pub(crate) mod every_step {
    ///The inputs of `every/step`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub(crate) struct Input {
        ///what to look for
        pub query: webtask::__rt::std::string::String,
        ///Input `limit`.
        #[serde(default = "super::__wt_default1_every_step")]
        pub limit: i64,
        ///Input `deep`.
        pub deep: webtask::__rt::std::option::Option<bool>,
        ///Input `type`.
        #[serde(default = "super::__wt_default3_every_step")]
        pub r#type: webtask::__rt::std::string::String,
        ///Where to begin.
        #[serde(default = "super::__wt_default4_every_step")]
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub offset: super::__wt_type1_every_step,
    }
    impl Input {
        /// The required inputs, with every other input left out.
        #[allow(dead_code, non_snake_case, clippy::too_many_arguments)]
        pub fn new(
            query: impl webtask::__rt::std::convert::Into<
                webtask::__rt::std::string::String,
            >,
        ) -> Self {
            Self {
                query: webtask::__rt::std::convert::Into::into(query),
                limit: super::__wt_default1_every_step(),
                deep: webtask::__rt::std::option::Option::None,
                r#type: super::__wt_default3_every_step(),
                offset: super::__wt_default4_every_step(),
            }
        }
    }
    ///What `extract head` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct Head {
        ///`title`
        pub title: webtask::__rt::std::string::String,
    }
    ///What `extract seller` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct RowsSeller {
        ///`name`
        pub name: webtask::__rt::std::string::String,
    }
    ///What `extract offers` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct RowsOffers {
        ///`cost`
        pub cost: i64,
    }
    ///What `extract rows` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct Rows {
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
        pub seller: RowsSeller,
        ///`offers`
        pub offers: webtask::__rt::std::vec::Vec<RowsOffers>,
    }
    ///What `extract detail` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct Detail {
        ///`text`
        pub text: webtask::__rt::std::string::String,
    }
    ///The results of one iteration, gathered by `collect details`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct Details {
        ///`detail`
        pub detail: Detail,
        ///`number`
        pub number: i64,
    }
    ///What `extract late` reads.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct Late {
        ///`text`
        pub text: webtask::__rt::std::string::String,
    }
    ///What `every/step` gives.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(crate) struct Output {
        ///`arrived`
        pub arrived: webtask::__rt::results::Navigation,
        ///`turned`
        pub turned: webtask::__rt::std::vec::Vec<i64>,
        ///`head`
        pub head: Head,
        ///`rows`
        pub rows: webtask::__rt::std::vec::Vec<Rows>,
        ///`info`
        pub info: webtask::__rt::serde_json::Value,
        ///`n`
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub n: super::__wt_type7_every_step,
        ///`shot`
        pub shot: webtask::__rt::results::Capture,
        ///`whole`
        pub whole: webtask::__rt::std::string::String,
        ///`notes`
        pub notes: webtask::__rt::std::option::Option<
            webtask::__rt::std::string::String,
        >,
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
        ///`saved`
        pub saved: webtask::__rt::std::vec::Vec<webtask::__rt::results::File>,
        ///`said`
        pub said: webtask::__rt::std::vec::Vec<webtask::__rt::results::ConsoleMessage>,
        ///`log`
        pub log: webtask::__rt::results::Capture,
        ///`asked`
        pub asked: webtask::__rt::serde_json::Value,
        ///`reports`
        pub reports: webtask::__rt::std::vec::Vec<webtask::__rt::results::Download>,
        ///`clicked`
        pub clicked: webtask::__rt::std::string::String,
        ///`plain`
        pub plain: webtask::__rt::std::string::String,
        ///`calls`
        pub calls: webtask::__rt::std::vec::Vec<webtask::__rt::results::NetworkEntry>,
        ///`clip`
        pub clip: webtask::__rt::results::Capture,
        ///`filmed`
        pub filmed: webtask::__rt::serde_json::Value,
        ///`plainly`
        pub plainly: webtask::__rt::std::string::String,
        ///`total`
        pub total: i64,
        ///`first`
        pub first: webtask::__rt::std::string::String,
        ///`caption`
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub caption: super::__wt_type10_every_step,
        ///`names`
        pub names: webtask::__rt::std::vec::Vec<webtask::__rt::serde_json::Value>,
        ///`details`
        pub details: webtask::__rt::std::vec::Vec<Details>,
        ///`big`
        pub big: webtask::__rt::std::option::Option<bool>,
        ///`both`
        pub both: webtask::__rt::std::string::String,
        ///`late`
        pub late: Late,
        ///`clicked_away`
        pub clicked_away: webtask::__rt::std::option::Option<bool>,
        ///`reason`
        pub reason: webtask::__rt::std::option::Option<
            webtask::__rt::std::string::String,
        >,
        ///`kept`
        pub kept: webtask::__rt::std::vec::Vec<webtask::__rt::std::string::String>,
        ///`other`
        pub other: super::helper::Output,
        ///`helped`
        pub helped: webtask::__rt::std::string::String,
        ///`far`
        #[serde(
            serialize_with = "self::__own::serialize",
            deserialize_with = "self::__own::deserialize"
        )]
        pub far: super::__wt_type17_every_step,
    }
    /// The static description of the task.
    pub(crate) static TASK: webtask::Task = webtask::Task::new(
        &super::__wt_parts_every_step,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
    #[doc(hidden)]
    use webtask::__rt::own as __own;
}
#[allow(non_snake_case)]
fn __wt_default1_helper() -> f64 {
    (1) as f64
}
#[allow(non_upper_case_globals)]
static __wt_at_helper: &[webtask::__rt::Step] = &[
    webtask::__rt::Step {
        index: 0usize,
        name: "status",
        at: "<parsed string 1>:155:5",
    },
    webtask::__rt::Step {
        index: 1usize,
        name: "set",
        at: "<parsed string 1>:156:5",
    },
];
#[allow(
    non_shorthand_field_patterns,
    non_snake_case,
    unreachable_code,
    unused_assignments
)]
fn __wt_body_helper<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: helper::Input,
) -> webtask::__rt::Body<'a, helper::Output> {
    webtask::__rt::body(async move {
        let helper::Input { name: name, size: size } = input;
        webtask::__rt::status(
                webtask::__rt::at(cx, &__wt_at_helper[0usize]),
                &webtask::__rt::text(
                    &[
                        webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                            name: "size",
                            value: webtask::__rt::shown(
                                webtask::__rt::std::option::Option::Some(&size),
                            )?,
                            fallback: webtask::__rt::std::option::Option::None,
                            place: webtask::__rt::Place::Text,
                        }),
                    ],
                )?,
            )
            .await?;
        webtask::__rt::at(cx, &__wt_at_helper[1usize]);
        #[allow(unused_variables, unused_mut)]
        let mut helped: webtask::__rt::std::string::String = webtask::__rt::there(
            "name",
            webtask::__rt::std::option::Option::Some(&name).cloned(),
        )?;
        webtask::__rt::std::result::Result::Ok(helper::Output { helped })
    })
}
#[allow(non_upper_case_globals)]
static __wt_parts_helper: webtask::__rt::Parts = webtask::__rt::Parts {
    slug: "helper",
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
    input: || webtask::__rt::describe(
        &[
            ("name", "string", true, webtask::__rt::serde_json::Value::Null, ""),
            ("size", "float", false, webtask::__rt::plain(&__wt_default1_helper()), ""),
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
        let __input_1 = __inputs.or("size", "float", __wt_default1_helper);
        let input = __inputs
            .finish(
                (|| webtask::__rt::std::option::Option::Some(helper::Input {
                    name: __input_0?,
                    size: __input_1?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(helper(webtask, input).into_json())
    },
};
impl webtask::__rt::Input for helper::Input {
    type Output = helper::Output;
    fn task() -> webtask::__rt::Task {
        helper::TASK.clone()
    }
    fn steps(self, cx: &webtask::__rt::Cx) -> webtask::__rt::Body<'_, helper::Output> {
        __wt_body_helper(cx, self)
    }
}
///Runs the task `helper`.
fn helper(
    webtask: &webtask::Webtask,
    input: helper::Input,
) -> webtask::Run<helper::Output> {
    webtask::__rt::run(webtask, &helper::TASK, input, __wt_body_helper)
}
///The types and the description of the task [`helper`](helper()).
mod helper {
    ///The inputs of `helper`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub(super) struct Input {
        ///Input `name`.
        pub name: webtask::__rt::std::string::String,
        ///Input `size`.
        #[serde(default = "super::__wt_default1_helper")]
        pub size: f64,
    }
    impl Input {
        /// The required inputs, with every other input left out.
        #[allow(dead_code, non_snake_case, clippy::too_many_arguments)]
        pub fn new(
            name: impl webtask::__rt::std::convert::Into<
                webtask::__rt::std::string::String,
            >,
        ) -> Self {
            Self {
                name: webtask::__rt::std::convert::Into::into(name),
                size: super::__wt_default1_helper(),
            }
        }
    }
    ///What `helper` gives.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        PartialEq,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde")]
    pub(super) struct Output {
        ///`helped`
        pub helped: webtask::__rt::std::string::String,
    }
    /// The static description of the task.
    pub(super) static TASK: webtask::Task = webtask::Task::new(
        &super::__wt_parts_helper,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
}
#[allow(non_camel_case_types)]
type __wt_type2_returns_early = u32;
#[allow(non_upper_case_globals)]
static __wt_at_returns_early: &[webtask::__rt::Step] = &[
    webtask::__rt::Step {
        index: 0usize,
        name: "retry",
        at: "<parsed string 1>:161:5",
    },
    webtask::__rt::Step {
        index: 1usize,
        name: "for each",
        at: "<parsed string 1>:162:9",
    },
    webtask::__rt::Step {
        index: 2usize,
        name: "if",
        at: "<parsed string 1>:162:44",
    },
    webtask::__rt::Step {
        index: 3usize,
        name: "return",
        at: "<parsed string 1>:162:63",
    },
    webtask::__rt::Step {
        index: 4usize,
        name: "if",
        at: "<parsed string 1>:164:5",
    },
    webtask::__rt::Step {
        index: 5usize,
        name: "return",
        at: "<parsed string 1>:164:28",
    },
    webtask::__rt::Step {
        index: 6usize,
        name: "fail",
        at: "<parsed string 1>:164:49",
    },
];
#[allow(
    non_shorthand_field_patterns,
    non_snake_case,
    unreachable_code,
    unused_assignments
)]
fn __wt_body_returns_early<'a>(
    #[allow(unused_variables)]
    cx: &'a webtask::__rt::Cx,
    input: returns_early::Input,
) -> webtask::__rt::Body<'a, returns_early::Output> {
    webtask::__rt::body(async move {
        let returns_early::Input { list: list } = input;
        let () = {
            webtask::__rt::at(cx, &__wt_at_returns_early[0usize]);
            let mut __retry = webtask::__rt::Retry::new(
                2u64,
                webtask::__rt::std::time::Duration::ZERO,
            );
            loop {
                let __ended = webtask::__rt::block::<
                    returns_early::Output,
                    _,
                    _,
                >(async {
                        webtask::__rt::at(cx, &__wt_at_returns_early[1usize]);
                        for (__number, __turn) in webtask::__rt::turns(
                            webtask::__rt::items(
                                "for each",
                                webtask::__rt::or_json(
                                    webtask::__rt::shown(
                                        webtask::__rt::std::option::Option::Some(&list)
                                            .and_then(webtask::__rt::std::option::Option::as_ref),
                                    )?,
                                    "x",
                                ),
                            )?,
                        ) {
                            #[allow(unused_variables)]
                            let (
                                item,
                                item_index,
                            ): (webtask::__rt::serde_json::Value, i64) = (
                                __turn,
                                __number as i64,
                            );
                            let () = if {
                                webtask::__rt::at(cx, &__wt_at_returns_early[2usize]);
                                webtask::__rt::holds(
                                    "`{{item.ok}}`",
                                    webtask::__rt::std::option::Option::Some(&item)
                                        .and_then(|__v| webtask::__rt::Dig::dig(__v, &["ok"])),
                                )?
                            } {
                                webtask::__rt::at(cx, &__wt_at_returns_early[3usize]);
                                return webtask::__rt::std::result::Result::Ok(
                                    webtask::__rt::Flow::Return({
                                        let __returned: u32 = (1);
                                        __returned
                                    }),
                                );
                            };
                        }
                        webtask::__rt::std::result::Result::Ok(
                            webtask::__rt::Flow::Next(()),
                        )
                    })
                    .await;
                match __ended {
                    webtask::__rt::std::result::Result::Ok(
                        webtask::__rt::Flow::Next(__names),
                    ) => {
                        break __names;
                    }
                    webtask::__rt::std::result::Result::Ok(
                        webtask::__rt::Flow::Return(__value),
                    ) => {
                        return webtask::__rt::std::result::Result::Ok(__value);
                    }
                    webtask::__rt::std::result::Result::Err(__error) => {
                        __retry.failed(__error).await?
                    }
                }
            }
        };
        let () = if {
            webtask::__rt::at(cx, &__wt_at_returns_early[4usize]);
            webtask::__rt::holds(
                "`{{list.length}}`",
                webtask::__rt::std::option::Option::Some(&list)
                    .and_then(webtask::__rt::std::option::Option::as_ref)
                    .map(|__v| webtask::__rt::length(__v))
                    .map(webtask::__rt::serde_json::Value::from),
            )?
        } {
            webtask::__rt::at(cx, &__wt_at_returns_early[5usize]);
            return webtask::__rt::std::result::Result::Ok({
                let __returned: u32 = (2);
                __returned
            });
        } else {
            return webtask::__rt::std::result::Result::Err(
                webtask::__rt::fail(
                    webtask::__rt::at(cx, &__wt_at_returns_early[6usize]),
                    &webtask::__rt::text(
                        &[
                            webtask::__rt::Piece::Text("nothing in "),
                            webtask::__rt::Piece::Hole(webtask::__rt::Hole {
                                name: "list",
                                value: webtask::__rt::shown(
                                    webtask::__rt::std::option::Option::Some(&list)
                                        .and_then(webtask::__rt::std::option::Option::as_ref),
                                )?,
                                fallback: webtask::__rt::std::option::Option::None,
                                place: webtask::__rt::Place::Text,
                            }),
                        ],
                    )?,
                    "NOTHING",
                    404u64,
                ),
            );
        };
    })
}
#[allow(non_upper_case_globals)]
static __wt_parts_returns_early: webtask::__rt::Parts = webtask::__rt::Parts {
    slug: "returns/early",
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
                (|| webtask::__rt::std::option::Option::Some(returns_early::Input {
                    list: __input_0?,
                }))(),
            )?;
        webtask::__rt::std::result::Result::Ok(returns_early(webtask, input).into_json())
    },
};
impl webtask::__rt::Input for returns_early::Input {
    type Output = u32;
    fn task() -> webtask::__rt::Task {
        returns_early::TASK.clone()
    }
    fn steps(
        self,
        cx: &webtask::__rt::Cx,
    ) -> webtask::__rt::Body<'_, returns_early::Output> {
        __wt_body_returns_early(cx, self)
    }
}
///Runs the task `returns/early`.
fn returns_early(
    webtask: &webtask::Webtask,
    input: returns_early::Input,
) -> webtask::Run<returns_early::Output> {
    webtask::__rt::run(webtask, &returns_early::TASK, input, __wt_body_returns_early)
}
///The types and the description of the task [`returns_early`](returns_early()).
mod returns_early {
    ///The inputs of `returns/early`.
    #[allow(non_snake_case)]
    #[derive(
        Clone,
        Debug,
        webtask::__rt::serde::Serialize,
        webtask::__rt::serde::Deserialize
    )]
    #[serde(crate = "self::__serde", deny_unknown_fields)]
    pub(super) struct Input {
        ///Input `list`.
        pub list: webtask::__rt::std::option::Option<
            webtask::__rt::std::vec::Vec<webtask::__rt::serde_json::Value>,
        >,
    }
    impl webtask::__rt::std::default::Default for Input {
        fn default() -> Self {
            Self {
                list: webtask::__rt::std::option::Option::None,
            }
        }
    }
    ///What `returns/early` gives.
    pub(super) type Output = super::__wt_type2_returns_early;
    /// The static description of the task.
    pub(super) static TASK: webtask::Task = webtask::Task::new(
        &super::__wt_parts_returns_early,
    );
    #[doc(hidden)]
    pub(super) use webtask::__rt::serde as __serde;
    #[doc(hidden)]
    use webtask::__rt::own as __own;
}
