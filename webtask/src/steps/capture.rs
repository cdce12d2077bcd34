//! Steps that capture the page: an image, paper, one file. Each gives the bytes, and writes them when it has a path.

use super::{Call, awaits};
use crate::Cx;
use crate::action::{self, Html, Image, Paper, Print, Shot};
use crate::results::Captured;

impl Cx {
    /// Takes a picture of the window's content: a PNG.
    ///
    /// ```no_run
    /// # use webtask::{Cx, Error};
    /// # async fn run(cx: &Cx) -> Result<(), Error> {
    /// let chart = cx.screenshot().selector("#chart").jpeg(80).path("chart.jpg").await?;
    /// println!("{} bytes", chart.bytes().len());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if an element is not there in time, the page is too large for an image, or the file cannot be written.
    #[track_caller]
    pub fn screenshot(&self) -> Screenshot<'_> {
        let shot = Shot { selector: None, full: false, format: Image::Png, quality: None };
        Screenshot { call: Call::new(self, "screenshot"), shot, path: None }
    }

    /// Prints the page: A4, portrait, with backgrounds.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the page range does not exist, the margins leave no room, or the file cannot be written.
    #[track_caller]
    pub fn pdf(&self) -> Pdf<'_> {
        Pdf { call: Call::new(self, "pdf"), print: Print::NEW, path: None }
    }

    /// Prints the given HTML. Values that you insert into it must be escaped.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the HTML does not load in time, and as for [`pdf`](Self::pdf).
    #[track_caller]
    pub fn html_to_pdf<'a>(&'a self, html: &'a str) -> HtmlToPdf<'a> {
        let call = Call::new(self, "html to pdf");
        HtmlToPdf { call, source: Html::Content(html), css: "", print: Print::NEW, path: None }
    }

    /// Prints an HTML file from the [folder of files](crate::Builder::files).
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if it cannot be read, and as for [`html_to_pdf`](Self::html_to_pdf).
    #[track_caller]
    pub fn html_file_to_pdf<'a>(&'a self, file: &'a str) -> HtmlToPdf<'a> {
        let call = Call::new(self, "html to pdf");
        HtmlToPdf { call, source: Html::File(file), css: "", print: Print::NEW, path: None }
    }

    /// Saves the page as one MHTML file.
    ///
    /// # Errors
    ///
    /// [`StepFailed`](crate::ErrorKind::StepFailed) if the file cannot be written.
    #[track_caller]
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot { call: Call::new(self, "snapshot"), path: None }
    }
}

/// [`Cx::screenshot`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Screenshot<'a> {
    call: Call<'a>,
    shot: Shot<'a>,
    path: Option<&'a str>,
}

impl<'a> Screenshot<'a> {
    /// Shows only this element, after waiting until it is visible and at rest, at most 10 seconds.
    pub fn selector(mut self, selector: &'a str) -> Self {
        self.shot.selector = Some(selector);
        self
    }

    /// Shows the whole page instead of the window's content.
    pub fn full_page(mut self) -> Self {
        self.shot.full = true;
        self
    }

    /// A JPEG with a quality from 0 to 100.
    pub fn jpeg(mut self, quality: u64) -> Self {
        (self.shot.format, self.shot.quality) = (Image::Jpeg, Some(quality));
        self
    }

    /// A WebP with a quality from 0 to 100.
    pub fn webp(mut self, quality: u64) -> Self {
        (self.shot.format, self.shot.quality) = (Image::Webp, Some(quality));
        self
    }

    /// Writes it to a file of the [folder of files](crate::Builder::files).
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }
}

awaits!(Screenshot, Captured, |step| action::screenshot(step.call.cx, step.path, &step.shot).await);

/// How something is printed: the same of all that prints.
macro_rules! prints {
    ($step:ident) => {
        impl<'a> $step<'a> {
            /// The paper size, instead of A4.
            pub fn format(mut self, paper: Paper) -> Self {
                self.print.paper = paper;
                self
            }

            /// Prints in landscape orientation.
            pub fn landscape(mut self) -> Self {
                self.print.landscape = true;
                self
            }

            /// Whether backgrounds are printed (the default).
            pub fn background(mut self, printed: bool) -> Self {
                self.print.background = printed;
                self
            }

            /// The scale, from 0.1 to 2.
            pub fn scale(mut self, scale: f64) -> Self {
                self.print.scale = scale;
                self
            }

            /// The pages to print, such as `1-3, 5`.
            pub fn pages(mut self, pages: &'a str) -> Self {
                self.print.pages = pages;
                self
            }

            /// The margin on every side in inches, instead of the page's own, or 1 cm.
            pub fn margin(self, inches: f64) -> Self {
                self.margins(inches, inches, inches, inches)
            }

            /// The margin of each side in inches.
            pub fn margins(mut self, top: f64, right: f64, bottom: f64, left: f64) -> Self {
                self.print.margins = Some([top, right, bottom, left]);
                self
            }

            /// HTML above each sheet's content, within the margin. Elements of the classes `pageNumber`, `totalPages`,
            /// `title`, `url` and `date` get these as text.
            pub fn header(mut self, html: &'a str) -> Self {
                self.print.header = Some(html);
                self
            }

            /// HTML below each sheet's content, as [`header`](Self::header).
            pub fn footer(mut self, html: &'a str) -> Self {
                self.print.footer = Some(html);
                self
            }

            /// Writes it to a file of the [folder of files](crate::Builder::files).
            pub fn path(mut self, path: &'a str) -> Self {
                self.path = Some(path);
                self
            }
        }
    };
}

/// [`Cx::pdf`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Pdf<'a> {
    call: Call<'a>,
    print: Print<'a>,
    path: Option<&'a str>,
}

prints!(Pdf);
awaits!(Pdf, Captured, |step| action::pdf(step.call.cx, step.path, &step.print).await);

/// [`Cx::html_to_pdf`] and [`Cx::html_file_to_pdf`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct HtmlToPdf<'a> {
    call: Call<'a>,
    source: Html<'a>,
    css: &'a str,
    print: Print<'a>,
    path: Option<&'a str>,
}

impl<'a> HtmlToPdf<'a> {
    /// An additional style sheet.
    pub fn css(mut self, css: &'a str) -> Self {
        self.css = css;
        self
    }
}

prints!(HtmlToPdf);
awaits!(HtmlToPdf, Captured, |step| {
    action::html_to_pdf(step.call.cx, step.path, step.source, step.css, &step.print).await
});

/// [`Cx::snapshot`].
#[derive(Debug)]
#[must_use = "a step does nothing until it is awaited"]
pub struct Snapshot<'a> {
    call: Call<'a>,
    path: Option<&'a str>,
}

impl<'a> Snapshot<'a> {
    /// Writes it to a file of the [folder of files](crate::Builder::files).
    pub fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }
}

awaits!(Snapshot, Captured, |step| action::snapshot(step.call.cx, step.path).await);
