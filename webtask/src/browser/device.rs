//! The device that a window's page sees. It lasts as long as the window.

use std::sync::PoisonError;

use chromiumoxide::cdp::browser_protocol::emulation::{
    ClearDeviceMetricsOverrideParams, MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
    SetLocaleOverrideParams, SetTimezoneOverrideParams, SetTouchEmulationEnabledParams,
    SetUserAgentOverrideParams,
};

use super::connection::Refusal;
use super::window::Window;
use crate::Error;

/// What is emulated; an empty text is the browser's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Device {
    pub(crate) dark: Option<bool>,
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) scale: Option<f64>,
    pub(crate) mobile: bool,
    pub(crate) locale: String,
    pub(crate) timezone: String,
    pub(crate) agent: String,
}

impl Window {
    /// What is emulated now.
    pub(crate) fn device(&self) -> Device {
        self.device.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes what is emulated.
    pub(crate) async fn set_device(&self, before: &Device, device: Device) -> Result<(), Error> {
        let session = self.session();
        if before.dark != device.dark {
            let value = match device.dark {
                Some(true) => "dark",
                Some(false) => "light",
                None => "",
            };
            let features = Some(vec![MediaFeature::new("prefers-color-scheme", value)]);
            let media = SetEmulatedMediaParams { features, ..Default::default() };
            session.call(media).await?;
            self.keep(|now| now.dark = device.dark);
        }
        let metrics = |device: &Device| (device.size, device.scale, device.mobile);
        if metrics(before) != metrics(&device) {
            if metrics(&device) == metrics(&Device::default()) {
                session.call(ClearDeviceMetricsOverrideParams::default()).await?;
            } else {
                // 0 is the window's own.
                let (width, height) = device.size.unwrap_or_default();
                let scale = device.scale.unwrap_or_default();
                let metrics = SetDeviceMetricsOverrideParams::new(
                    i64::from(width),
                    i64::from(height),
                    scale,
                    device.mobile,
                );
                session.call(metrics).await?;
            }
            self.keep(|now| (now.size, now.scale) = (device.size, device.scale));
        }
        if before.mobile != device.mobile {
            session.call(SetTouchEmulationEnabledParams::new(device.mobile)).await?;
            self.keep(|now| now.mobile = device.mobile);
        }
        if before.locale != device.locale {
            let locale = (!device.locale.is_empty()).then(|| device.locale.clone());
            session.call(SetLocaleOverrideParams { locale }).await.map_err(|error| {
                match Refusal::of(&error) {
                    Some(refusal) => {
                        Error::step_failed(format!("locale `{}` cannot be set: {refusal}", device.locale))
                    }
                    None => error,
                }
            })?;
        }
        if before.timezone != device.timezone {
            session.call(SetTimezoneOverrideParams::new(device.timezone.clone())).await?;
            self.keep(|now| now.timezone.clone_from(&device.timezone));
        }
        if (&before.agent, &before.locale) != (&device.agent, &device.locale) {
            let mut agent = SetUserAgentOverrideParams::new(device.agent.clone());
            agent.accept_language = (!device.locale.is_empty()).then(|| device.locale.clone());
            session.call(agent).await?;
        }
        self.keep(|now| *now = device);
        Ok(())
    }

    /// Notes what is done: a later change begins there, also after a failure.
    fn keep(&self, change: impl FnOnce(&mut Device)) {
        change(&mut self.device.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
