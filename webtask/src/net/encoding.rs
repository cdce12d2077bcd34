//! The content encodings of an answer: `gzip`, `deflate`, `br` and `zstd`, undone one after the other. It knows no
//! network.

use std::fmt;
use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use encoding_rs::Encoding;
use flate2::bufread::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use ruzstd::decoding::StreamingDecoder;

/// What we ask for.
pub(crate) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// How many encodings an answer may have on top of each other.
const MOST: usize = 5;

/// How much room is added for what a stream unpacks to.
const STEP: usize = 64 << 10;

/// One way in which a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// Why a body cannot be unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nobody here knows that encoding.
    Unknown(String),
    /// There are more of them than anybody means.
    Many,
    /// It is larger than that, once this is undone.
    Large(Coding),
    /// It is not packed as it says, or broken off.
    Broken(Coding, String),
}

impl fmt::Display for Coding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        })
    }
}

/// The encodings of a body, in the order in which they were applied.
///
/// `identity` and its like are none. So are names of character sets, which some servers write here.
pub(crate) fn codings(headers: &HeaderMap) -> Result<Vec<Coding>, Fault> {
    let mut codings = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        for name in value.split(',').map(str::trim) {
            codings.push(match name {
                "gzip" | "x-gzip" => Coding::Gzip,
                "deflate" => Coding::Deflate,
                "br" => Coding::Brotli,
                "zstd" => Coding::Zstd,
                "" | "identity" | "none" => continue,
                name if Encoding::for_label(name.as_bytes()).is_some() => continue,
                name => return Err(Fault::Unknown(name.to_owned())),
            });
        }
    }
    if codings.len() > MOST {
        return Err(Fault::Many);
    }
    Ok(codings)
}

/// Unpacks a body, which may have at most so many bytes after each step.
pub(crate) fn unpack(codings: &[Coding], body: Vec<u8>, most: usize) -> Result<Vec<u8>, Fault> {
    codings.iter().rev().try_fold(body, |body, coding| {
        let unpacked = match coding {
            // Nothing is nothing, however it is packed.
            _ if body.is_empty() => return Ok(body),
            Coding::Gzip => gunzip(&body, most),
            Coding::Deflate => inflate(&body, most),
            Coding::Brotli => unbrotli(&body, most),
            Coding::Zstd => unzstd(&body, most),
        };
        match unpacked {
            Ok(bytes) if bytes.len() > most => Err(Fault::Large(*coding)),
            Ok(bytes) => Ok(bytes),
            Err(error) => Err(Fault::Broken(*coding, words(&error))),
        }
    })
}

/// Whether a body is packed in that way, and can be unpacked to at most so many bytes.
pub(crate) fn is_packed(coding: Coding, body: &[u8], most: usize) -> bool {
    !body.is_empty() && unpack(&[coding], body.to_vec(), most).is_ok()
}

/// What is wrong with a stream, in words that say more than the library's.
fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads at most one byte more than it may be.
fn read(from: impl Read, into: &mut Vec<u8>, most: usize) -> io::Result<()> {
    let left = (most + 1).saturating_sub(into.len());
    from.take(u64::try_from(left).unwrap_or(u64::MAX)).read_to_end(into).map(drop)
}

/// Every member of a gzip file. What follows the last one is not part of it, as for browsers.
fn gunzip(mut body: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut member = GzDecoder::new(body);
        read(&mut member, &mut bytes, most)?;
        if bytes.len() > most {
            return Ok(bytes);
        }
        body = member.into_inner();
        if !body.starts_with(&[0x1f, 0x8b]) {
            return Ok(bytes);
        }
    }
}

/// `deflate` is zlib, but some servers mean the bare stream.
fn inflate(body: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let is_zlib =
        body.len() > 1 && body[0] & 0x0f == 8 && u16::from_be_bytes([body[0], body[1]]).is_multiple_of(31);
    let mut stream = Decompress::new(is_zlib);
    let mut bytes = Vec::new();
    loop {
        bytes.reserve(STEP);
        let (read, written) = (stream.total_in(), bytes.len());
        let rest = &body[usize::try_from(read).unwrap_or(body.len()).min(body.len())..];
        let status = stream
            .decompress_vec(rest, &mut bytes, FlushDecompress::None)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        match status {
            _ if bytes.len() > most => return Ok(bytes),
            Status::StreamEnd => return Ok(bytes),
            // There is room, so what it lacks is more of the stream.
            _ if stream.total_in() == read && bytes.len() == written => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Status::Ok | Status::BufError => {}
        }
    }
}

fn unbrotli(body: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read(Decompressor::new(body, STEP), &mut bytes, most)?;
    Ok(bytes)
}

/// Every frame, but for those that hold no data.
fn unzstd(mut body: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let mut bytes = Vec::new();
    while !body.is_empty() {
        if let Some((head, rest)) = body.split_first_chunk::<8>()
            && (head[0] & 0xf0, &head[1..4]) == (0x50, &[0x2a, 0x4d, 0x18][..])
        {
            let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            body = rest.get(length..).ok_or(io::ErrorKind::UnexpectedEof)?;
            continue;
        }
        let mut frame = StreamingDecoder::new(body).map_err(|error| wrong(error.to_string()))?;
        read(&mut frame, &mut bytes, most)?;
        if bytes.len() > most {
            return Ok(bytes);
        }
        if let Some(said) = frame.decoder.get_checksum_from_data()
            && frame.decoder.get_calculated_checksum() != Some(said)
        {
            return Err(wrong("its checksum is another one".into()));
        }
        body = frame.into_inner();
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &str = "Köln, Köln, Köln";
    /// Written by the reference programs.
    const BROTLI: &str = "GxIA+I2Uq6NbDbLEZitZ3IYjnkggvwA=";
    const ZSTD: &str = "KLUv/QRYbQAAOEvDtmxuLCABAOKKER6BBdA=";

    fn of(values: &[&str]) -> Result<Vec<Coding>, Fault> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(CONTENT_ENCODING, value.parse().expect("a value"));
        }
        codings(&headers)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory")
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory")
    }

    fn raw(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory")
    }

    fn packed() -> Vec<(Coding, Vec<u8>)> {
        let text = TEXT.as_bytes();
        vec![
            (Coding::Gzip, gzip(text)),
            (Coding::Deflate, zlib(text)),
            (Coding::Deflate, raw(text)),
            (Coding::Brotli, STANDARD.decode(BROTLI).expect("base64")),
            (Coding::Zstd, STANDARD.decode(ZSTD).expect("base64")),
        ]
    }

    #[test]
    fn a_header_names_encodings_in_their_order() {
        assert_eq!(of(&["GZIP, br", "x-gzip"]), Ok(vec![Coding::Gzip, Coding::Brotli, Coding::Gzip]));
        assert_eq!(of(&["identity", "", "none, utf-8", "ISO-8859-1"]), Ok(vec![]));
        assert_eq!(of(&["gzip, Compress"]), Err(Fault::Unknown("compress".into())));
        assert_eq!(of(&["gzip,gzip,gzip", "gzip,gzip,gzip"]), Err(Fault::Many));
    }

    #[test]
    fn each_encoding_is_undone() {
        for (coding, bytes) in packed() {
            assert_eq!(unpack(&[coding], bytes, 100), Ok(TEXT.into()), "{coding}");
            assert_eq!(unpack(&[coding], Vec::new(), 100), Ok(Vec::new()), "{coding}");
        }
        let twice = gzip(&zlib(TEXT.as_bytes()));
        assert_eq!(unpack(&[Coding::Deflate, Coding::Gzip], twice, 100), Ok(TEXT.into()));
    }

    #[test]
    fn a_gzip_file_may_have_members_and_something_behind() {
        let file = [&gzip(b"one, ")[..], &gzip(b"two"), b"\0\0\0"].concat();
        assert_eq!(unpack(&[Coding::Gzip], file, 100), Ok(b"one, two".to_vec()));
    }

    #[test]
    fn zstd_may_have_frames_without_data() {
        let frame = STANDARD.decode(ZSTD).expect("base64");
        let skipped = [&[0x51, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2][..], &frame, &frame].concat();
        assert_eq!(unpack(&[Coding::Zstd], skipped, 100), Ok(TEXT.repeat(2).into()));
    }

    #[test]
    fn a_stream_that_breaks_off_is_none() {
        for (coding, bytes) in packed() {
            for length in 1..bytes.len() {
                let cut = unpack(&[coding], bytes[..length].to_vec(), 100);
                assert!(
                    matches!(cut, Err(Fault::Broken(broken, _)) if broken == coding),
                    "{coding} {length} {cut:?}"
                );
            }
            let plain = unpack(&[coding], b"\xffplain text, no more".to_vec(), 100);
            assert!(matches!(plain, Err(Fault::Broken(..))), "{coding} {plain:?}");
        }
        let mut wrong = gzip(TEXT.as_bytes());
        let end = wrong.len() - 5;
        wrong[end] ^= 1;
        assert!(matches!(unpack(&[Coding::Gzip], wrong, 100), Err(Fault::Broken(..))));
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let zeros = vec![0; 1 << 20];
        for (coding, bytes) in
            [(Coding::Gzip, gzip(&zeros)), (Coding::Deflate, zlib(&zeros)), (Coding::Deflate, raw(&zeros))]
        {
            assert_eq!(unpack(&[coding], bytes.clone(), (1 << 20) - 1), Err(Fault::Large(coding)));
            assert_eq!(unpack(&[coding], bytes, 1 << 20).map(|bytes| bytes.len()), Ok(1 << 20));
        }
        for (coding, bytes) in packed() {
            assert_eq!(unpack(&[coding], bytes, TEXT.len() - 1), Err(Fault::Large(coding)));
        }
    }
}
