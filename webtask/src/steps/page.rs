//! Steps on the page as a whole: where it is, what is waited for, and the device that it sees.

use std::time::Duration;

use futures::future::BoxFuture;

use super::{Act, Call, awaits};
use crate::action::{self, Awaited, AwaitedUrl, Expected, Until, UrlPart};
use crate::policy::{self, Address};
use crate::results::Navigation;
use crate::{Cx, Error};

impl Cx {
    /// Opens a URL and waits until the page is loaded, at most 30 seconds.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// cx.goto("https://example.com").until_dom().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NavigationFailed`](crate::ErrorKind::NavigationFailed) if no page arrives, or its status is not [expected](Goto::expect), and
    /// [`UrlNotAllowed`](crate::ErrorKind::UrlNotAllowed) for a URL with a scheme that pages do not have.
    #[track_caller]
    pub fn goto<'a>(&'a self, url: &'a str) -> Goto<'a> {
        let (call, expect) = (Call::new(self, "goto"), Vec::new());
        Goto { call, url: url.into(), expect, until: Until::Load, timeout: None }
    }

    /// Goes back in the page's history.
    ///
    /// # Errors
    ///
    /// [`NavigationFailed`](crate::ErrorKind::NavigationFailed) if the page does not load.
    #[track_caller]
    pub fn back(&self) -> Act<'_> {
        Call::new(self, "back").act(action::back(self))
    }

    /// Goes forward in the page's history.
    ///
    /// # Errors
    ///
    /// [`NavigationFailed`](crate::ErrorKind::NavigationFailed) if the page does not load.
    #[track_caller]
    pub fn forward(&self) -> Act<'_> {
        Call::new(self, "forward").act(action::forward(self))
    }

    /// Loads the page again.
    ///
    /// # Errors
    ///
    /// [`NavigationFailed`](crate::ErrorKind::NavigationFailed) if the page does not load.
    #[track_caller]
    pub fn reload(&self) -> Act<'_> {
        Call::new(self, "reload").act(action::reload(self))
    }

    /// Pauses.
    ///
    /// # Errors
    ///
    /// None of its own.
    #[track_caller]
    pub fn wait(&self, time: Duration) -> Act<'_> {
        Call::new(self, "wait").act(action::wait(self, time))
    }

    /// Waits in the page for an element, at most 10 seconds.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when the time is over, with what was there instead.
    #[track_caller]
    pub fn wait_until<'a>(&'a self, selector: &'a str) -> WaitUntil<'a> {
        let call = Call::new(self, "wait until");
        WaitUntil { call, selector, state: Awaited::Present, text: None, timeout: None }
    }

    /// Waits until the page is at an address, and its document is parsed, 30 seconds at most. It may have left it again
    /// meanwhile.
    ///
    /// In the address `*` stands for anything without a `/`, `**` for anything, and `{a,b}` for one of these. One that begins
    /// with `/` says what follows the origin.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// cx.click("#order").await?;
    /// cx.wait_until_url("/orders/*/receipt").await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when the time is over, with where the page was instead.
    #[track_caller]
    pub fn wait_until_url<'a>(&'a self, glob: &'a str) -> WaitUntilUrl<'a> {
        WaitUntilUrl { call: Call::new(self, "wait until url"), glob, is_regex: false, timeout: None }
    }

    /// Waits in the page until the value of a script is truthy, 10 seconds at most. It is asked with every picture that the page
    /// draws, and again in a new document; what it throws meanwhile does not matter.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when the time is over, with what the script threw last.
    #[track_caller]
    pub fn wait_until_js<'a>(&'a self, source: &'a str) -> WaitUntilJs<'a> {
        WaitUntilJs { call: Call::new(self, "wait until js"), source, timeout: None }
    }

    /// Waits until no request has been in progress for that long, at most 15 seconds.
    ///
    /// In a function that is a task itself, requests count from the start of the run; elsewhere, from the first call of this method.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) when the time is over, with the requests that were in progress.
    #[track_caller]
    pub fn wait_network_idle(&self, quiet: Duration) -> WaitNetworkIdle<'_> {
        WaitNetworkIdle { call: Call::new(self, "wait network idle"), quiet, max: None, timeout: None }
    }

    /// Scrolls an element to its end repeatedly, until nothing is added there for a second, at most 100 times.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if there is no such element within 10 seconds.
    #[track_caller]
    pub fn scroll_until_stable<'a>(&'a self, selector: &'a str) -> ScrollUntilStable<'a> {
        let call = Call::new(self, "scroll until stable");
        ScrollUntilStable { call, selector, up: false, stable: None, max: None }
    }

    /// Changes the device that the page sees, until the run ends.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// cx.emulate().size(390, 844).mobile().locale("de-CH").await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) for an invalid size, scale, language or time zone.
    #[track_caller]
    pub fn emulate(&self) -> Emulate<'_> {
        Emulate { call: Call::new(self, "emulate"), change: action::Emulate::NEW }
    }
}

/// [`Cx::goto`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Goto<'a> {
    call: Call<'a>,
    url: Address<'a>,
    expect: Vec<Expected>,
    until: Until,
    timeout: Option<Duration>,
}

impl<'a> Goto<'a> {
    /// Returns where it arrived, with the status and the headers of the answer.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let page = cx.goto("https://example.com/a").expect_ok().expect(404).named().await?;
    /// println!("{} answered {}: {}", page.url, page.status, page.headers["content-type"]);
    /// # Ok(()) }
    /// ```
    pub fn named(self) -> NamedGoto<'a> {
        NamedGoto { goto: self }
    }

    /// Allows a status from 200 to 299. Every other status is a failure, unless it is allowed too.
    pub fn expect_ok(mut self) -> Self {
        self.expect.push(Expected::Ok);
        self
    }

    /// Allows this status. Every other status is a failure, unless it is allowed too.
    pub fn expect(mut self, status: u16) -> Self {
        self.expect.push(Expected::Code(status));
        self
    }

    /// Allows every status, also that of an answer without content, which leaves the page as it was.
    pub fn expect_any(mut self) -> Self {
        self.expect.push(Expected::Any);
        self
    }

    /// The URL is a caller's, or a page's: it and all that comes of it must [lead to the public
    /// web](crate::guide::security), unless the pool [allows more](crate::Pool::allow_private).
    ///
    /// A function says beforehand that it does this, so that its windows are made for it:
    ///
    /// ```no_run
    /// use webtask::{Cx, Error};
    ///
    /// /// The address where a caller's URL ends.
    /// #[webtask::task("page/end", untrusted = true)]
    /// async fn end(cx: &Cx, url: String) -> Result<String, Error> {
    ///     cx.goto(&url).untrusted().await?;
    ///     cx.js("return location.href").await
    /// }
    /// # fn main() {}
    /// ```
    pub fn untrusted(mut self) -> Self {
        self.url = policy::untrusted(self.url.url);
        self
    }

    /// Waits only for the document, not for its images, styles and frames.
    pub fn until_dom(mut self) -> Self {
        self.until = Until::Dom;
        self
    }

    /// Waits until the network is idle, too.
    pub fn until_idle(mut self) -> Self {
        self.until = Until::Idle;
        self
    }

    /// How long it may take instead of 30 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(Goto, (), |step| {
    action::goto_expecting(step.call.cx, step.url, step.until, step.timeout, &step.expect).await
});

/// [`Goto::named`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct NamedGoto<'a> {
    goto: Goto<'a>,
}

impl<'a> std::future::IntoFuture for NamedGoto<'a> {
    type Output = Result<Navigation, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Goto { call, url, expect, until, timeout } = self.goto;
        Box::pin(call.run(async move { action::goto_named(call.cx, url, until, timeout, &expect).await }))
    }
}

/// [`Cx::wait_until`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct WaitUntil<'a> {
    call: Call<'a>,
    selector: &'a str,
    state: Awaited,
    text: Option<&'a str>,
    timeout: Option<Duration>,
}

impl<'a> WaitUntil<'a> {
    /// It must be visible.
    pub fn visible(mut self) -> Self {
        self.state = Awaited::Visible;
        self
    }

    /// It must be invisible or missing.
    pub fn gone(mut self) -> Self {
        self.state = Awaited::Gone;
        self
    }

    /// It must contain this text.
    pub fn text(mut self, text: &'a str) -> Self {
        self.text = Some(text);
        self
    }

    /// How long it may take instead of 10 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(WaitUntil, (), |step| {
    action::wait_until(step.call.cx, step.selector, step.state, step.text, step.timeout).await
});

/// [`Cx::wait_until_url`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct WaitUntilUrl<'a> {
    call: Call<'a>,
    glob: &'a str,
    is_regex: bool,
    timeout: Option<Duration>,
}

impl WaitUntilUrl<'_> {
    /// The address is a regular expression, which matches somewhere in it.
    pub fn matches(mut self) -> Self {
        self.is_regex = true;
        self
    }

    /// How long it may take instead of 30 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(WaitUntilUrl, (), |step| {
    let parts = [UrlPart::Pattern(step.glob)];
    let address = if step.is_regex { AwaitedUrl::Matches(step.glob) } else { AwaitedUrl::Glob(&parts) };
    action::wait_until_url(step.call.cx, address, step.timeout).await
});

/// [`Cx::wait_until_js`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct WaitUntilJs<'a> {
    call: Call<'a>,
    source: &'a str,
    timeout: Option<Duration>,
}

impl WaitUntilJs<'_> {
    /// How long it may take instead of 10 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(WaitUntilJs, (), |step| action::wait_until_js(step.call.cx, step.source, step.timeout).await);

/// [`Cx::wait_network_idle`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct WaitNetworkIdle<'a> {
    call: Call<'a>,
    quiet: Duration,
    max: Option<u64>,
    timeout: Option<Duration>,
}

impl WaitNetworkIdle<'_> {
    /// How many requests may be in progress meanwhile, instead of none.
    pub fn max(mut self, requests: u64) -> Self {
        self.max = Some(requests);
        self
    }

    /// How long it may take instead of 15 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

awaits!(WaitNetworkIdle, (), |step| {
    action::wait_network_idle(step.call.cx, step.quiet, step.max, step.timeout).await
});

/// [`Cx::scroll_until_stable`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct ScrollUntilStable<'a> {
    call: Call<'a>,
    selector: &'a str,
    up: bool,
    stable: Option<Duration>,
    max: Option<u64>,
}

impl ScrollUntilStable<'_> {
    /// Scrolls up instead of down.
    pub fn direction_up(mut self) -> Self {
        self.up = true;
        self
    }

    /// How long nothing must be added, instead of a second.
    pub fn stable(mut self, time: Duration) -> Self {
        self.stable = Some(time);
        self
    }

    /// The maximum number of scrolls, instead of 100.
    pub fn max(mut self, times: u64) -> Self {
        self.max = Some(times);
        self
    }
}

awaits!(ScrollUntilStable, (), |step| {
    action::scroll_until_stable(step.call.cx, step.selector, step.up, step.stable, step.max).await
});

/// [`Cx::emulate`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Emulate<'a> {
    call: Call<'a>,
    change: action::Emulate<'a>,
}

impl<'a> Emulate<'a> {
    /// The page is told that the user prefers dark colours.
    pub fn dark(mut self) -> Self {
        self.change.dark = Some(true);
        self
    }

    /// The page is told that the user prefers light colours.
    pub fn light(mut self) -> Self {
        self.change.dark = Some(false);
        self
    }

    /// The width and the height of the window, in pixels.
    pub fn size(mut self, width: u64, height: u64) -> Self {
        self.change.size = Some((width, height));
        self
    }

    /// How many device pixels a pixel of the page has.
    pub fn scale(mut self, scale: f64) -> Self {
        self.change.scale = Some(scale);
        self
    }

    /// A mobile device, with touch.
    pub fn mobile(mut self) -> Self {
        self.change.mobile = true;
        self
    }

    /// The language, such as `de-CH`.
    pub fn locale(mut self, locale: &'a str) -> Self {
        self.change.locale = Some(locale);
        self
    }

    /// The time zone, such as `Europe/Berlin`.
    pub fn timezone(mut self, zone: &'a str) -> Self {
        self.change.timezone = Some(zone);
        self
    }

    /// The user agent string.
    pub fn user_agent(mut self, agent: &'a str) -> Self {
        self.change.agent = Some(agent);
        self
    }

    /// Undoes earlier emulation.
    pub fn reset(mut self) -> Self {
        self.change.reset = true;
        self
    }
}

awaits!(Emulate, (), |step| action::emulate(step.call.cx, &step.change).await);
