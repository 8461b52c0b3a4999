//! Lists and mappings in brackets, JSON among them.

use super::bytes::{INDICATORS, STOPS_FLOW};
use super::{Read, Reader, Unusual};
use crate::yaml::duplicates::KeySketch;
use crate::yaml::scan;
use crate::yaml::tree::Style;

impl Reader<'_, '_> {
    /// Pushes the list or mapping whose bracket stands at an offset; gives the offset behind it.
    pub(super) fn flow(&mut self, start: usize) -> Read<usize> {
        self.deeper()?;
        let end = if self.bytes[start] == b'[' { self.flow_seq(start)? } else { self.flow_map(start)? };
        self.depth -= 1;
        Ok(end)
    }

    fn flow_seq(&mut self, start: usize) -> Read<usize> {
        let seq = self.push(Style::FlowSeq, start, start);
        let mut at = self.flow_space(start + 1)?;
        while self.byte(at) != b']' {
            at = self.flow_value(at)?;
            at = self.separator(at, b']')?;
        }
        self.node_end = at + 1;
        self.draft.close(seq, at + 1);
        Ok(at + 1)
    }

    fn flow_map(&mut self, start: usize) -> Read<usize> {
        let map = self.push(Style::FlowMap, start, start);
        let mut sketch = KeySketch::default();
        let mut at = self.flow_space(start + 1)?;
        while self.byte(at) != b'}' {
            let colon = self.flow_key(at, &mut sketch)?;
            at = self.flow_space(colon + 1)?;
            if matches!(self.byte(at), b',' | b'}') {
                self.push(Style::Empty, colon + 1, colon + 1);
            } else {
                at = self.flow_value(at)?;
            }
            at = self.separator(at, b'}')?;
        }
        self.node_end = at + 1;
        self.close_map(map, sketch.is_doubtful());
        Ok(at + 1)
    }

    /// Steps over the comma behind an entry; gives the offset of the next entry or of the closing bracket.
    fn separator(&self, at: usize, close: u8) -> Read<usize> {
        let at = self.flow_space(at)?;
        match self.byte(at) {
            b',' => self.flow_space(at + 1),
            byte if byte == close => Ok(at),
            _ => Err(Unusual),
        }
    }

    /// Pushes a key; gives the offset of its colon, which stands in the same line.
    fn flow_key(&mut self, start: usize, sketch: &mut KeySketch) -> Read<usize> {
        if matches!(self.byte(start), b'"' | b'\'') {
            let end = self.closing_quote(start).ok_or(Unusual)?;
            self.quoted_in_line(start, end)?;
            self.sketch_quoted(sketch);
            let colon = self.skip_spaces(end);
            return if self.byte(colon) == b':' { Ok(colon) } else { Err(Unusual) };
        }
        let stop = self.flow_plain_end(start)?;
        if self.byte(stop) != b':' {
            return Err(Unusual);
        }
        self.plain_key(start, self.trim(start, stop), sketch)?;
        Ok(stop)
    }

    fn flow_value(&mut self, at: usize) -> Read<usize> {
        match self.byte(at) {
            b'[' | b'{' => self.flow(at),
            b'"' | b'\'' => self.quoted(at),
            _ => {
                let stop = self.flow_plain_end(at)?;
                self.push(Style::Plain, at, self.trim(at, stop));
                Ok(stop)
            }
        }
    }

    /// Where an unquoted scalar in brackets ends, blanks behind it included; it must not go on in the next line.
    fn flow_plain_end(&self, start: usize) -> Read<usize> {
        let first = self.byte(start);
        let begins_value = !INDICATORS[usize::from(first)] && first != b'?' && first != b':' && first != 0;
        // A dash may begin a number.
        if !begins_value || (first == b'-' && !self.byte(start + 1).is_ascii_alphanumeric()) {
            return Err(Unusual);
        }
        let mut at = start;
        loop {
            while at < self.bytes.len() && !STOPS_FLOW[usize::from(self.bytes[at])] {
                at += 1;
            }
            match self.byte(at) {
                b',' | b']' | b'}' => return Ok(at),
                b':' if self.byte(at + 1) == b' ' => return Ok(at),
                b':' if matches!(
                    self.byte(at + 1),
                    b'\n' | b'\r' | b'\t' | b',' | b'[' | b']' | b'{' | b'}' | 0
                ) =>
                {
                    return Err(Unusual);
                }
                b'#' if self.bytes[at - 1] == b' ' => return Err(Unusual),
                b':' | b'#' => at += 1,
                b'\n' | b'\r' => return self.flow_plain_line_end(at),
                _ => return Err(Unusual),
            }
        }
    }

    /// The end of a scalar at a line break, when the next thing written ends it.
    fn flow_plain_line_end(&self, at: usize) -> Read<usize> {
        let next = self.flow_space(at)?;
        if matches!(self.byte(next), b',' | b']' | b'}') { Ok(at) } else { Err(Unusual) }
    }

    /// Steps over blanks, line breaks and comments.
    fn flow_space(&self, mut at: usize) -> Read<usize> {
        loop {
            match self.byte(at) {
                b' ' | b'\t' | b'\r' => at += 1,
                b'\n' => {
                    at += 1;
                    self.refuse_end_marker(at)?;
                }
                b'#' if matches!(self.bytes[at - 1], b' ' | b'\t' | b'\n') => {
                    at = scan::line_end(self.bytes, at)
                }
                b'#' => return Err(Unusual),
                _ => return Ok(at),
            }
        }
    }
}
