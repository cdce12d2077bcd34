//! Reads the pictures and prints in answers, by the libraries made for them.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// A picture's pixels.
#[derive(Debug, PartialEq)]
pub(crate) struct Picture {
    pub(crate) size: (u32, u32),
    pixels: Vec<u8>,
    line: usize,
    samples: usize,
}

impl Picture {
    /// The colour there.
    pub(crate) fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let at = y * self.line + x * self.samples;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }
}

/// The bytes of a base64 text in an answer.
pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().expect("a text")).expect("base64")
}

/// The PNG of a base64 text in an answer.
pub(crate) fn png(value: &Value) -> Picture {
    read_png(&bytes(value))
}

/// The PNG with those bytes.
pub(crate) fn read_png(bytes: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("a whole PNG");
    Picture {
        size: (info.width, info.height),
        line: info.line_size,
        samples: info.color_type.samples(),
        pixels,
    }
}

/// A PDF's text, the size of its first page in points, and how many pages it has.
pub(crate) fn pdf(bytes: &[u8]) -> (String, [i64; 2], usize) {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages = document.get_pages();
    let numbers: Vec<_> = pages.keys().copied().collect();
    let text = document.extract_text(&numbers).expect("a text");
    let first = document.get_dictionary(pages[&1]).expect("a page");
    let size = first.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("a size");
    let points = |at: usize| size[at].as_float().expect("a number").round() as i64;
    (text.split_whitespace().collect::<Vec<_>>().join(" "), [points(2), points(3)], pages.len())
}

/// What a GIF shows, one picture after the other, and for how long in all, in hundredths of a second.
pub(crate) fn gif(bytes: &[u8]) -> (Vec<Picture>, u64) {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).expect("a GIF");
    let (width, height) = (decoder.width(), decoder.height());
    let line = usize::from(width) * 4;
    let mut pixels = vec![0; line * usize::from(height)];
    let (mut pictures, mut time) = (Vec::new(), 0);
    while let Some(frame) = decoder.read_next_frame().expect("a whole GIF") {
        // Each frame shows the part that changed.
        for (row, new) in frame.buffer.chunks(usize::from(frame.width) * 4).enumerate() {
            let at = (usize::from(frame.top) + row) * line + usize::from(frame.left) * 4;
            pixels[at..at + new.len()].copy_from_slice(new);
        }
        time += u64::from(frame.delay);
        let size = (width.into(), height.into());
        pictures.push(Picture { size, pixels: pixels.clone(), line, samples: 4 });
    }
    (pictures, time)
}
