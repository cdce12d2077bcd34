//! Steps that are done with a mouse and a keyboard.

use std::time::Duration;

use super::{Act, Call, awaits};
use crate::Cx;
use crate::action::{self, Match};

impl Cx {
    /// Waits until an element can be clicked, at most 10 seconds, then clicks it.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when the time is over, with what was missing.
    #[track_caller]
    pub fn click<'a>(&'a self, selector: &'a str) -> Click<'a> {
        let call = Call::new(self, "click");
        Click {
            call,
            selector,
            text: None,
            exact: false,
            closest: None,
            opens_tab: false,
            strict: false,
            timeout: None,
        }
    }

    /// Types a text into an element, key by key, after its current text; [`fill`](Self::fill) replaces the text.
    ///
    /// For each character the page receives `keydown`, `keypress`, `beforeinput`, `input` and `keyup`. `\n` is the Enter key and
    /// `\t` the Tab key.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the element accepts no text.
    #[track_caller]
    pub fn sendkeys<'a>(&'a self, selector: &'a str, keys: &'a str) -> Reach<'a> {
        Reach {
            call: Call::new(self, "sendkeys"),
            selector,
            kind: Kind::Sendkeys(keys),
            strict: false,
            timeout: None,
        }
    }

    /// Replaces a field's value at once, with the events `input` and `change`.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the element has no value, or does not accept this one, with the expected format.
    #[track_caller]
    pub fn fill<'a>(&'a self, selector: &'a str, value: &'a str) -> Reach<'a> {
        Reach {
            call: Call::new(self, "fill"),
            selector,
            kind: Kind::Fill(value),
            strict: false,
            timeout: None,
        }
    }

    /// Presses a key, or several at once: `Enter`, `Control+a`.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) for an unknown key.
    #[track_caller]
    pub fn press<'a>(&'a self, keys: &'a str) -> Act<'a> {
        Call::new(self, "press").act(action::press(self, keys))
    }

    /// Selects an option by its value, or else its label.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if there is no such option, with the existing ones.
    #[track_caller]
    pub fn select<'a>(&'a self, selector: &'a str, option: &'a str) -> Reach<'a> {
        Reach {
            call: Call::new(self, "select"),
            selector,
            kind: Kind::Select(option),
            strict: false,
            timeout: None,
        }
    }

    /// Checks a box or a radio button, unless it is checked.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it cannot be checked.
    #[track_caller]
    pub fn check<'a>(&'a self, selector: &'a str) -> Reach<'a> {
        Reach { call: Call::new(self, "check"), selector, kind: Kind::Check, strict: false, timeout: None }
    }

    /// Unchecks a box, unless it is unchecked.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it cannot be unchecked.
    #[track_caller]
    pub fn uncheck<'a>(&'a self, selector: &'a str) -> Reach<'a> {
        Reach {
            call: Call::new(self, "uncheck"),
            selector,
            kind: Kind::Uncheck,
            strict: false,
            timeout: None,
        }
    }

    /// Moves the mouse onto an element.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it cannot be reached.
    #[track_caller]
    pub fn hover<'a>(&'a self, selector: &'a str) -> Reach<'a> {
        Reach { call: Call::new(self, "hover"), selector, kind: Kind::Hover, strict: false, timeout: None }
    }

    /// Gives files from the [folder of files](crate::Builder::files) to a file input, at most 64 MiB in all.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if a file does not exist, or the element accepts none.
    #[track_caller]
    pub fn upload<'a>(&'a self, selector: &'a str, files: &'a [&'a str]) -> Reach<'a> {
        Reach {
            call: Call::new(self, "upload"),
            selector,
            kind: Kind::Upload(files),
            strict: false,
            timeout: None,
        }
    }
}

/// [`Cx::click`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Click<'a> {
    call: Call<'a>,
    selector: &'a str,
    text: Option<&'a str>,
    exact: bool,
    closest: Option<&'a str>,
    opens_tab: bool,
    strict: bool,
    timeout: Option<Duration>,
}

impl<'a> Click<'a> {
    /// The element must contain this text.
    pub fn text(mut self, text: &'a str) -> Self {
        self.text = Some(text);
        self.exact = false;
        self
    }

    /// The element must have exactly this text.
    pub fn text_exact(mut self, text: &'a str) -> Self {
        self.text = Some(text);
        self.exact = true;
        self
    }

    /// Clicks the nearest ancestor that matches instead.
    pub fn closest(mut self, selector: &'a str) -> Self {
        self.closest = Some(selector);
        self
    }

    /// Continues in the tab that the click opens.
    pub fn opens_tab(mut self) -> Self {
        self.opens_tab = true;
        self
    }

    /// Fails if several visible elements match the selector. By default, the first of them is used.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The time limit, instead of 10 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(Click, (), |step| {
    let Click { call, selector, exact, closest, timeout, .. } = step;
    if step.strict {
        call.cx.set_strict();
    }
    let text = step.text.map(|text| Match { text, exact });
    match step.opens_tab {
        true => action::click_opens_tab(call.cx, selector, text, closest, timeout).await,
        false => action::click(call.cx, selector, text, closest, timeout).await,
    }
});

/// A step that waits for an element and does one thing with it: [`Cx::sendkeys`], [`Cx::fill`], [`Cx::select`], [`Cx::check`],
/// [`Cx::uncheck`], [`Cx::hover`], [`Cx::upload`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Reach<'a> {
    call: Call<'a>,
    selector: &'a str,
    kind: Kind<'a>,
    strict: bool,
    timeout: Option<Duration>,
}

#[derive(Debug)]
enum Kind<'a> {
    Sendkeys(&'a str),
    Fill(&'a str),
    Select(&'a str),
    Check,
    Uncheck,
    Hover,
    Upload(&'a [&'a str]),
}

impl Reach<'_> {
    /// Fails if several visible elements match the selector. By default, the first of them is used.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The time limit, instead of 10 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(Reach, (), |step| {
    let Reach { call, selector, kind, strict, timeout } = step;
    if strict {
        call.cx.set_strict();
    }
    match kind {
        Kind::Sendkeys(keys) => action::sendkeys(call.cx, selector, keys, timeout).await,
        Kind::Fill(value) => action::fill(call.cx, selector, value, timeout).await,
        Kind::Select(option) => action::select(call.cx, selector, option, timeout).await,
        Kind::Check => action::check(call.cx, selector, timeout).await,
        Kind::Uncheck => action::uncheck(call.cx, selector, timeout).await,
        Kind::Hover => action::hover(call.cx, selector, timeout).await,
        Kind::Upload(files) => action::upload(call.cx, selector, files, timeout).await,
    }
});
