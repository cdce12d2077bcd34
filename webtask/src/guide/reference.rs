// Written from the table of words: edit that.

#![doc = include_str!("reference/links.md")]
#![doc = include_str!("reference/words.md")]

#[doc = include_str!("reference/tools.md")]
pub mod tools {}

/// Lines at the beginning of a task.
pub mod header {
    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/task.md")]
    pub mod task {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/doc.md")]
    pub mod doc {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/pool.md")]
    pub mod pool {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/timeout.md")]
    pub mod timeout {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/transport.md")]
    pub mod transport {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/setup.md")]
    pub mod setup {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/dialogs.md")]
    pub mod dialogs {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/strict.md")]
    pub mod strict {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/input.md")]
    pub mod input {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/secret.md")]
    pub mod secret {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/header/setting.md")]
    pub mod setting {}
}

/// What a task does, one after the other.
pub mod step {
    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/status.md")]
    pub mod status {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/emit.md")]
    pub mod emit {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/goto.md")]
    pub mod goto {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/back.md")]
    pub mod back {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/forward.md")]
    pub mod forward {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/reload.md")]
    pub mod reload {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/wait.md")]
    pub mod wait {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/wait_until.md")]
    pub mod wait_until {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/wait_until_url.md")]
    pub mod wait_until_url {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/wait_until_js.md")]
    pub mod wait_until_js {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/wait_network_idle.md")]
    pub mod wait_network_idle {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/click.md")]
    pub mod click {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/sendkeys.md")]
    pub mod sendkeys {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/fill.md")]
    pub mod fill {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/press.md")]
    pub mod press {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/select.md")]
    pub mod select {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/check.md")]
    pub mod check {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/uncheck.md")]
    pub mod uncheck {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/hover.md")]
    pub mod hover {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/upload.md")]
    pub mod upload {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/scroll_until_stable.md")]
    pub mod scroll_until_stable {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/extract.md")]
    pub mod extract {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/js.md")]
    pub mod js {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/screenshot.md")]
    pub mod screenshot {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/read_file.md")]
    pub mod read_file {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/write_files.md")]
    pub mod write_files {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/save_html.md")]
    pub mod save_html {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/export.md")]
    pub mod export {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/pdf.md")]
    pub mod pdf {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/html_to_pdf.md")]
    pub mod html_to_pdf {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/snapshot.md")]
    pub mod snapshot {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/emulate.md")]
    pub mod emulate {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/get_cookies.md")]
    pub mod get_cookies {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/set_cookies.md")]
    pub mod set_cookies {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/clear_cookies.md")]
    pub mod clear_cookies {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/http.md")]
    pub mod http {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/console.md")]
    pub mod console {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/capture_network.md")]
    pub mod capture_network {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/record.md")]
    pub mod record {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/download.md")]
    pub mod download {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/download_each.md")]
    pub mod download_each {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/save_captures.md")]
    pub mod save_captures {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/set.md")]
    pub mod set {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/call.md")]
    pub mod call {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/for_each.md")]
    pub mod for_each {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/loop.md")]
    pub mod r#loop {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/if.md")]
    pub mod r#if {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/retry.md")]
    pub mod retry {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/try.md")]
    pub mod r#try {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/break.md")]
    pub mod r#break {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/continue.md")]
    pub mod r#continue {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/yield.md")]
    pub mod r#yield {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/yield_each.md")]
    pub mod yield_each {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/return.md")]
    pub mod r#return {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/fail.md")]
    pub mod fail {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/let.md")]
    pub mod r#let {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/step/rust.md")]
    pub mod rust {}
}

/// What an `extract` reads, each after the field's name.
pub mod field {
    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/field/text.md")]
    pub mod text {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/field/attr.md")]
    pub mod attr {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/field/html.md")]
    pub mod html {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/field/const.md")]
    pub mod r#const {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/field/count.md")]
    pub mod count {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/field/from.md")]
    pub mod from {}
}

/// What is made of a field's text, in this order whatever the order written.
pub mod modifier {
    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/match.md")]
    pub mod r#match {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/trim.md")]
    pub mod trim {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/lower.md")]
    pub mod lower {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/url.md")]
    pub mod url {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/int.md")]
    pub mod int {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/all.md")]
    pub mod all {}

    #[doc = include_str!("reference/links.md")]
    #[doc = include_str!("reference/modifier/optional.md")]
    pub mod optional {}
}
