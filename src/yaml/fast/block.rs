//! Mappings of `key: value` lines and lists of `- ` lines.
//!
//! Each function begins at the first byte of what it reads and ends at the next thing written behind it.

use super::bytes::INDICATORS;
use super::{Read, Reader, Unusual};
use crate::yaml::duplicates::{self, KeySketch};
use crate::yaml::scalar;
use crate::yaml::scan;
use crate::yaml::tree::Style;

/// A key and its colon.
#[derive(Clone, Copy)]
struct Key {
    style: Style,
    end: usize,
    colon: usize,
}

impl Reader<'_, '_> {
    /// What stands at a column, in a list or mapping at the column `parent`.
    pub(super) fn block_node(&mut self, column: isize, parent: isize) -> Read<()> {
        self.deeper()?;
        if self.at_dash() {
            self.block_seq(column)?;
        } else {
            self.map_or_scalar(column, parent)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn map_or_scalar(&mut self, column: isize, parent: isize) -> Read<()> {
        let start = self.at;
        let first = self.byte(start);
        if matches!(first, b'"' | b'\'') {
            return match self.quoted_key(start) {
                Some(key) => self.block_map(column, key),
                None => self.value(start, parent),
            };
        }
        if INDICATORS[usize::from(first)] || self.is_lone_sign(start) {
            return self.value(start, parent);
        }
        let line = self.plain_line(start)?;
        match self.byte(line.stop) {
            b':' => self.block_map(column, Key { style: Style::Plain, end: line.end, colon: line.stop }),
            _ => self.plain(start, line, parent),
        }
    }

    fn block_map(&mut self, column: isize, first: Key) -> Read<()> {
        let start = self.at;
        let map = self.push(Style::BlockMap, start, start);
        let mut sketch = KeySketch::default();
        let mut key = first;
        loop {
            self.push_key(key, &mut sketch)?;
            self.map_value(key.colon, column)?;
            if self.column != column {
                break;
            }
            key = self.next_key()?;
        }
        // What is indented in between belongs to nothing.
        if self.column > column {
            return Err(Unusual);
        }
        self.close_map(map, sketch.is_doubtful());
        Ok(())
    }

    pub(super) fn close_map(&mut self, map: u32, doubtful: bool) {
        self.draft.close(map, self.node_end);
        if doubtful {
            duplicates::check(self.draft, map, true);
        }
    }

    fn next_key(&mut self) -> Read<Key> {
        let start = self.at;
        let first = self.byte(start);
        if matches!(first, b'"' | b'\'') {
            return self.quoted_key(start).ok_or(Unusual);
        }
        if INDICATORS[usize::from(first)] || self.is_lone_sign(start) {
            return Err(Unusual);
        }
        let line = self.plain_line(start)?;
        match self.byte(line.stop) {
            b':' => Ok(Key { style: Style::Plain, end: line.end, colon: line.stop }),
            _ => Err(Unusual),
        }
    }

    fn push_key(&mut self, key: Key, sketch: &mut KeySketch) -> Read<()> {
        if key.style == Style::Plain {
            self.plain_key(self.at, key.end, sketch)
        } else {
            self.quoted_in_line(self.at, key.end)?;
            self.sketch_quoted(sketch);
            Ok(())
        }
    }

    /// Pushes an unquoted key.
    pub(super) fn plain_key(&mut self, start: usize, end: usize, sketch: &mut KeySketch) -> Read<()> {
        let text = &self.draft.text[start..end];
        // Merges and keys that are null are for the full parser.
        if text.len() <= 4 && (text == "<<" || scalar::is_null(text)) {
            return Err(Unusual);
        }
        sketch.add(text);
        self.push(Style::Plain, start, end);
        Ok(())
    }

    /// Notes the quoted key that was pushed last.
    pub(super) fn sketch_quoted(&self, sketch: &mut KeySketch) {
        let at = self.draft.nodes.len() as u32 - 1;
        sketch.add(self.draft.text_of(at));
    }

    /// The quoted key at an offset, when its quotes close in the line and a colon follows.
    fn quoted_key(&self, start: usize) -> Option<Key> {
        let style = if self.byte(start) == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        let end = self.closing_quote(start)?;
        let colon = self.skip_spaces(end);
        let found = self.byte(colon) == b':' && self.ends_word(colon + 1);
        found.then_some(Key { style, end, colon })
    }

    /// What stands behind a colon of a mapping at a column.
    fn map_value(&mut self, colon: usize, column: isize) -> Read<()> {
        let at = self.skip_spaces(colon + 1);
        match self.byte(at) {
            b'\n' | b'\r' | 0 => {}
            b'#' if at > colon + 1 => {}
            _ => return self.value(at, column),
        }
        self.seek(scan::line_end(self.bytes, at) + 1)?;
        if self.column > column {
            return self.block_node(self.column, column);
        }
        // A list may stand as far left as the key that it belongs to.
        if self.column == column && self.at_dash() {
            self.deeper()?;
            self.block_seq(column)?;
            self.depth -= 1;
            return Ok(());
        }
        self.push(Style::Empty, colon + 1, colon + 1);
        Ok(())
    }

    fn block_seq(&mut self, column: isize) -> Read<()> {
        let seq = self.push(Style::BlockSeq, self.at, self.at);
        loop {
            self.item(column)?;
            if self.column != column || !self.at_dash() {
                break;
            }
        }
        if self.column > column {
            return Err(Unusual);
        }
        self.draft.close(seq, self.node_end);
        Ok(())
    }

    fn item(&mut self, column: isize) -> Read<()> {
        let dash = self.at;
        let at = self.skip_spaces(dash + 1);
        match self.byte(at) {
            b'\n' | b'\r' | 0 => {}
            b'#' if at > dash + 1 => {}
            _ => {
                self.at = at;
                return self.block_node(column + (at - dash) as isize, column);
            }
        }
        self.seek(scan::line_end(self.bytes, at) + 1)?;
        if self.column > column {
            return self.block_node(self.column, column);
        }
        self.push(Style::Empty, dash + 1, dash + 1);
        Ok(())
    }

    #[inline]
    fn at_dash(&self) -> bool {
        self.byte(self.at) == b'-' && self.ends_word(self.at + 1)
    }

    /// Whether `-`, `?` or `:` stands alone, where it begins no scalar.
    #[inline]
    fn is_lone_sign(&self, at: usize) -> bool {
        matches!(self.byte(at), b'-' | b'?' | b':')
            && matches!(self.byte(at + 1), b' ' | b'\t' | b'\n' | b'\r' | 0)
    }

    /// A value that begins in the line of its key or dash.
    fn value(&mut self, at: usize, parent: isize) -> Read<()> {
        match self.byte(at) {
            b'"' | b'\'' => {
                let end = self.quoted(at)?;
                self.finish_line(end)
            }
            b'[' | b'{' => {
                let end = self.flow(at)?;
                self.finish_line(end)
            }
            b'|' | b'>' => self.block_scalar(at, parent),
            byte if INDICATORS[usize::from(byte)] || self.is_lone_sign(at) => Err(Unusual),
            _ => {
                let line = self.plain_line(at)?;
                self.plain(at, line, parent)
            }
        }
    }
}
