//! Steps that capture, print or watch a page, and the one that changes the device.

use serde_json::Value;
use webtask_program::{Emulate, Entries, Html, Kept, Op, Print, Record, Scheme, Watch};

use super::{Ended, Frame};
use crate::action::{self, Captured, Film, Network, Shot};
use crate::cx::{Cx, Thrown};
use crate::{Error, value};

impl<'r> Frame<'r> {
    /// Runs a step that captures or emulates.
    pub(super) async fn capture(&mut self, cx: &Cx, op: &Op) -> Result<Ended, Thrown> {
        match op {
            Op::Screenshot { kept, selector, full, format, quality } => {
                let path = self.texts(kept.path.as_ref())?;
                let selector = self.texts(selector.as_ref())?;
                let quality = self.counts(quality.as_ref())?;
                let shot = Shot { selector: selector.as_deref(), full: *full, format: *format, quality };
                let captured = action::screenshot(cx, path.as_deref(), &shot).await?;
                self.kept(kept, captured);
            }
            Op::Pdf { kept, print } => {
                let path = self.texts(kept.path.as_ref())?;
                let (header, footer) =
                    (self.texts(print.header.as_ref())?, self.texts(print.footer.as_ref())?);
                let print = self.print(print, header.as_deref(), footer.as_deref())?;
                let captured = action::pdf(cx, path.as_deref(), &print).await?;
                self.kept(kept, captured);
            }
            Op::HtmlToPdf { kept, source, css, print } => {
                let path = self.texts(kept.path.as_ref())?;
                let text = match source {
                    Html::Content(text) | Html::File(text) => self.text(text)?,
                };
                let source = match source {
                    Html::Content(_) => action::Html::Content(&text),
                    Html::File(_) => action::Html::File(&text),
                };
                let (header, footer) =
                    (self.texts(print.header.as_ref())?, self.texts(print.footer.as_ref())?);
                let print = self.print(print, header.as_deref(), footer.as_deref())?;
                let captured = action::html_to_pdf(cx, path.as_deref(), source, css, &print).await?;
                self.kept(kept, captured);
            }
            Op::Snapshot { kept } => {
                let path = self.texts(kept.path.as_ref())?;
                let captured = action::snapshot(cx, path.as_deref()).await?;
                self.kept(kept, captured);
            }
            Op::Emulate(emulate) => self.emulate(cx, emulate).await?,
            other => unreachable!("{other:?} captures nothing"),
        }
        Ok(Ended::Next)
    }

    fn kept(&mut self, kept: &Kept, captured: Captured) {
        let Some(slot) = kept.into else { return };
        let value = match kept.path {
            Some(_) => value::plain(&captured.capture()),
            None => Value::from(captured.base64()),
        };
        self.bind(slot, value);
    }

    fn print<'p>(
        &self,
        print: &'p Print,
        header: Option<&'p str>,
        footer: Option<&'p str>,
    ) -> Result<action::Print<'p>, Error> {
        let scale = print.scale.as_ref().map(|scale| self.decimal(scale)).transpose()?;
        Ok(action::Print {
            paper: print.paper,
            landscape: print.landscape,
            background: !print.plain,
            scale: scale.unwrap_or(action::Print::NEW.scale),
            pages: print.pages.as_deref().unwrap_or_default(),
            margins: print.margins,
            header,
            footer,
        })
    }

    async fn emulate(&self, cx: &Cx, emulate: &Emulate) -> Result<(), Error> {
        let size = emulate.size.as_ref();
        let size = size.map(|(width, height)| Ok::<_, Error>((self.count(width)?, self.count(height)?)));
        let scale = emulate.scale.as_ref().map(|scale| self.decimal(scale));
        let (locale, timezone) =
            (self.texts(emulate.locale.as_ref())?, self.texts(emulate.timezone.as_ref())?);
        let agent = self.texts(emulate.agent.as_ref())?;
        let change = action::Emulate {
            reset: emulate.reset,
            dark: emulate.scheme.map(|scheme| scheme == Scheme::Dark),
            size: size.transpose()?,
            scale: scale.transpose()?,
            mobile: emulate.mobile,
            locale: locale.as_deref(),
            timezone: timezone.as_deref(),
            agent: agent.as_deref(),
        };
        action::emulate(cx, &change).await
    }

    /// Runs steps beside a watch.
    pub(super) async fn watch(&mut self, cx: &Cx, op: &'r Op) -> Result<Ended, Thrown> {
        match op {
            Op::Console(watch) => {
                let (ended, seen) = action::console(cx, self.block(&watch.body.block)).await?;
                self.watched(ended?, watch, || Ok(value::plain(&seen)))
            }
            Op::Network { path, bodies, max, url, gives, watch } => {
                let (path, url) = (self.texts(path.as_ref())?, self.texts(url.as_ref())?);
                let max = self.counts(max.as_ref())?;
                let network = Network { bodies: *bodies, max, url: url.as_deref() };
                let block = self.block(&watch.body.block);
                let (ended, seen) = action::capture_network(cx, path.as_deref(), &network, block).await?;
                self.watched(ended?, watch, || {
                    Ok(match gives {
                        Entries::List => value::plain(&seen.entries()?),
                        Entries::File => value::plain(&seen.capture()),
                        Entries::Base64 => Value::from(seen.base64()),
                    })
                })
            }
            Op::Record(film) => self.film(cx, film).await,
            Op::Download { path, timeout, watch } => {
                let (path, timeout) = (self.texts(path.as_ref())?, self.times(timeout.as_ref())?);
                let block = self.block(&watch.body.block);
                let (ended, seen) = action::download(cx, path.as_deref(), timeout, block).await?;
                self.watched(ended?, watch, || Ok(value::plain(&seen)))
            }
            other => unreachable!("{other:?} watches nothing"),
        }
    }

    async fn film(&mut self, cx: &Cx, film: &'r Record) -> Result<Ended, Thrown> {
        let path = self.texts(film.path.as_ref())?;
        let spec = Film {
            name: film.name.as_deref(),
            format: film.format,
            fps: self.counts(film.fps.as_ref())?,
            frames: self.counts(film.frames.as_ref())?,
            time: self.times(film.time.as_ref())?,
        };
        let quality = self.counts(film.quality.as_ref())?;
        let block = self.block(&film.watch.body.block);
        let (ended, seen) = match quality {
            Some(quality) => action::record_at(cx, path.as_deref(), &spec, quality, block).await?,
            None => action::record(cx, path.as_deref(), &spec, block).await?,
        };
        self.watched(ended?, &film.watch, || {
            Ok(match film.path {
                Some(_) => value::plain(&seen.capture()),
                None => Value::from(seen.base64()),
            })
        })
    }

    /// Binds what was seen, and what the steps beside it have left.
    fn watched(
        &mut self,
        ended: Ended,
        watch: &Watch,
        seen: impl FnOnce() -> Result<Value, Error>,
    ) -> Result<Ended, Thrown> {
        if matches!(ended, Ended::Next) {
            if let Some(slot) = watch.own {
                self.bind(slot, seen()?);
            }
            self.copy(watch.body.names.as_deref().unwrap_or_default(), &watch.binds);
        }
        Ok(ended)
    }
}
