//! One picture of a film as pixels, at the film's size. It knows neither browser nor format.

use std::io::Cursor;

use png::{ColorType, Decoder, Transformations};

use crate::{Error, ErrorKind};

/// The pixels of a picture, four bytes each: red, green, blue, and 255.
pub(super) struct Still {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Still {
    /// Reads a PNG.
    pub(super) fn read(png: &[u8]) -> Result<Self, Error> {
        let no_picture = |error: png::DecodingError| {
            Error::new(ErrorKind::Internal, "a picture of the browser cannot be read").with_source(error)
        };
        let mut decoder = Decoder::new(Cursor::new(png));
        decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        let mut reader = decoder.read_info().map_err(no_picture)?;
        let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader.next_frame(&mut pixels).map_err(no_picture)?;
        pixels.truncate(info.buffer_size());
        if info.color_type == ColorType::GrayscaleAlpha {
            pixels = pixels.chunks_exact(2).flat_map(|grey| [grey[0], grey[0], grey[0], grey[1]]).collect();
        }
        for pixel in pixels.chunks_exact_mut(4) {
            pixel[3] = 255;
        }
        Ok(Self { width: info.width as usize, height: info.height as usize, pixels })
    }

    /// The picture in that size: as large as it can be as a whole, in the middle, with white around it.
    pub(super) fn fit(self, width: usize, height: usize) -> Self {
        if (self.width, self.height) == (width, height) || self.pixels.is_empty() {
            return self;
        }
        let scale = (width as f64 / self.width as f64).min(height as f64 / self.height as f64);
        let scaled = |side: usize, most: usize| ((side as f64 * scale).round() as usize).clamp(1, most);
        let (inner, tall) = (scaled(self.width, width), scaled(self.height, height));
        let (left, top) = ((width - inner) / 2, (height - tall) / 2);
        let mut pixels = vec![255; width * height * 4];
        for y in 0..tall {
            let row = y * self.height / tall * self.width;
            for x in 0..inner {
                let from = (row + x * self.width / inner) * 4;
                let to = ((top + y) * width + left + x) * 4;
                pixels[to..to + 4].copy_from_slice(&self.pixels[from..from + 4]);
            }
        }
        Self { width, height, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn still(width: usize, colours: &[u8]) -> Still {
        let pixels: Vec<u8> = colours.iter().flat_map(|colour| [*colour, 0, 0, 255]).collect();
        Still { width, height: colours.len() / width, pixels }
    }

    fn reds(still: &Still) -> Vec<u8> {
        still.pixels.chunks_exact(4).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn another_size_is_fitted_whole_into_the_middle() {
        assert_eq!(
            reds(&still(2, &[1, 2, 3, 4]).fit(4, 4)),
            [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]
        );
        assert_eq!(reds(&still(2, &[1, 2]).fit(2, 3)), [255, 255, 1, 2, 255, 255]);
        assert_eq!(reds(&still(4, &[1, 2, 3, 4]).fit(2, 1)), [1, 3]);
        assert_eq!(reds(&still(1, &[1, 2, 3]).fit(1, 1)).len(), 1);
    }

    #[test]
    fn every_kind_of_png_is_read() {
        for (kind, bytes, pixel) in [
            (ColorType::Rgb, &[1, 2, 3][..], [1, 2, 3, 255]),
            (ColorType::Rgba, &[1, 2, 3, 0], [1, 2, 3, 255]),
            (ColorType::Grayscale, &[7], [7, 7, 7, 255]),
        ] {
            let mut png = Vec::new();
            let mut encoder = png::Encoder::new(&mut png, 1, 1);
            encoder.set_color(kind);
            encoder.write_header().unwrap().write_image_data(bytes).unwrap();
            assert_eq!(Still::read(&png).unwrap().pixels, pixel);
        }
        assert!(Still::read(b"no png").is_err());
    }
}
