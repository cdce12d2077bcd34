//! `emulate`: the device that the page sees.

use crate::{Cx, Error};

/// Whether this browser knows a zone of time; it would take any name.
const ZONE: &str = "(zone) => {
    try {
        new Intl.DateTimeFormat('en', { timeZone: zone });
        return true;
    } catch {
        return false;
    }
}";

/// What changes; the rest stays as it was emulated before.
#[derive(Clone, Copy, Debug)]
pub struct Emulate<'a> {
    /// Whether the page is asked for dark colours.
    pub dark: Option<bool>,
    /// The width and the height of the window.
    pub size: Option<(u64, u64)>,
    /// How many pixels of the device one of the page has.
    pub scale: Option<f64>,
    /// Whether the device is a mobile one, with touch.
    pub mobile: bool,
    /// The language.
    pub locale: Option<&'a str>,
    /// The zone of time.
    pub timezone: Option<&'a str>,
    /// What the browser says that it is.
    pub agent: Option<&'a str>,
    /// Whether what was emulated before ends.
    pub reset: bool,
}

impl Emulate<'static> {
    /// Nothing changes.
    pub const NEW: Self = Self {
        dark: None,
        size: None,
        scale: None,
        mobile: false,
        locale: None,
        timezone: None,
        agent: None,
        reset: false,
    };
}

/// Changes the device until the run ends, or another `emulate` changes it again.
///
/// # Errors
///
/// [`StepFailed`](crate::ErrorKind::StepFailed) for a size, a scale, a language or a zone of time that is none.
pub async fn emulate(cx: &Cx, change: &Emulate<'_>) -> Result<(), Error> {
    cx.pace().await;
    let window = cx.window()?;
    let before = window.device();
    let mut device = if change.reset { window.base() } else { before.clone() };
    if let Some((width, height)) = change.size {
        let side = |side: u64| {
            u32::try_from(side).ok().filter(|side| (1..=16_384).contains(side)).ok_or_else(|| {
                Error::step_failed(format!("bad size `{width} × {height}`; each side is from 1 to 16384"))
            })
        };
        device.size = Some((side(width)?, side(height)?));
    }
    if let Some(scale) = change.scale {
        if !(0.1..=10.0).contains(&scale) {
            return Err(Error::step_failed(format!("bad scale `{scale}`; it is from 0.1 to 10")));
        }
        device.scale = Some(scale);
    }
    if let Some(zone) = change.timezone {
        if window.probe(ZONE, &zone.into(), super::ANSWER).await? != "true" {
            return Err(Error::step_failed(format!("no timezone is called `{zone}`")));
        }
        device.timezone = zone.to_owned();
    }
    device.mobile |= change.mobile;
    device.dark = change.dark.or(device.dark);
    if let Some(locale) = change.locale {
        device.locale = locale.to_owned();
    }
    if let Some(agent) = change.agent {
        device.agent = agent.to_owned();
    }
    window.set_device(&before, device).await
}
