//! Reads `text/event-stream` from bytes as they come. It knows no connection, and not what events mean.

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) name: String,
    pub(super) data: String,
    /// The number in its `id`.
    pub(super) id: Option<u64>,
}

/// Why a stream is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// An event has more bytes than this.
    TooLarge(usize),
    /// A line is not UTF-8.
    NoText,
}

/// The part of an event that has come.
#[derive(Debug)]
pub(super) struct Reader {
    limit: usize,
    line: Vec<u8>,
    /// Whether the last byte was a CR, after which an LF ends no further line.
    cr: bool,
    first: bool,
    frame: Frame,
    has_data: bool,
    /// How many bytes the event has so far.
    size: usize,
    /// How long a reader is to wait before it comes again, in milliseconds.
    pub(super) retry: Option<u64>,
}

impl Reader {
    /// At the begin of a stream whose events may have so many bytes each.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            cr: false,
            first: true,
            frame: Frame::default(),
            has_data: false,
            size: 0,
            retry: None,
        }
    }

    /// Takes bytes, and gives the events that end in them.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Vec<Frame>, Fault> {
        let mut frames = Vec::new();
        for &byte in bytes {
            let after_cr = std::mem::replace(&mut self.cr, byte == b'\r');
            match byte {
                b'\n' if after_cr => {}
                b'\r' | b'\n' => frames.extend(self.end_of_line()?),
                byte => {
                    self.size += 1;
                    if self.size > self.limit {
                        return Err(Fault::TooLarge(self.limit));
                    }
                    self.line.push(byte);
                }
            }
        }
        Ok(frames)
    }

    fn end_of_line(&mut self) -> Result<Option<Frame>, Fault> {
        let line = String::from_utf8(std::mem::take(&mut self.line)).map_err(|_| Fault::NoText)?;
        let line = if std::mem::take(&mut self.first) { line.trim_start_matches('\u{feff}') } else { &line };
        if line.is_empty() {
            self.size = 0;
            let frame = std::mem::take(&mut self.frame);
            return Ok(std::mem::take(&mut self.has_data).then_some(frame));
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            // A comment: that the server lives.
            "" => self.size = self.size.saturating_sub(line.len()),
            "event" => value.clone_into(&mut self.frame.name),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.frame.data.push('\n');
                }
                self.frame.data.push_str(value);
            }
            "id" => self.frame.id = value.parse().ok(),
            "retry" => self.retry = value.parse().ok().or(self.retry),
            _ => {}
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(name: &str, data: &str, id: Option<u64>) -> Frame {
        Frame { name: name.into(), data: data.into(), id }
    }

    #[test]
    fn reads_the_same_however_it_is_cut() {
        let text = "\u{feff}retry: 50\n: ping\n\nevent: status\ndata: {\"a\":\r\ndata:  1}\r\nid: 7\r\n\r\nevent:none\n\n\
                    data: é\rid: x\r\rdata\n\nunknown: 1\nevent: half\ndata: cut";
        let expected = [frame("status", "{\"a\":\n 1}", Some(7)), frame("", "é", None), frame("", "", None)];
        for step in [1, 2, 3, 7, text.len()] {
            let mut reader = Reader::new(1000);
            let frames: Vec<_> =
                text.as_bytes().chunks(step).flat_map(|bytes| reader.read(bytes).expect("good")).collect();
            assert_eq!(frames, expected, "{step}");
            assert_eq!(reader.retry, Some(50));
        }
    }

    #[test]
    fn what_is_none_is_told() {
        let mut reader = Reader::new(20);
        assert_eq!(reader.read(b"data: 0123456789\n\ndata: 0123456789\n\n").expect("small ones").len(), 2);
        assert_eq!(reader.read(b"data: 0123456789\ndata: 0123456789"), Err(Fault::TooLarge(20)));
        // Not even by comments, of which there may be any number.
        let mut reader = Reader::new(20);
        for _ in 0..100 {
            assert_eq!(reader.read(b": ping\n"), Ok(vec![]));
        }
        assert_eq!(Reader::new(20).read(b":                         "), Err(Fault::TooLarge(20)));
        assert_eq!(Reader::new(20).read(b"data: \xff\n"), Err(Fault::NoText));
    }
}
