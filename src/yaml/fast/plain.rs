//! Unquoted scalars in blocks.

use super::bytes::STOPS_BLOCK;
use super::{Read, Reader, Unusual};
use crate::yaml::scan;
use crate::yaml::tree::Style;

/// What an unquoted scalar has in one line.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// Behind its last byte that is no blank.
    pub(super) end: usize,
    /// At the colon, comment or line break that ends it, or at the end of the document.
    pub(super) stop: usize,
}

impl Reader<'_, '_> {
    /// Goes over an unquoted scalar up to a colon, a comment or the end of the line.
    #[inline]
    pub(super) fn plain_line(&self, start: usize) -> Read<Line> {
        let mut at = start;
        loop {
            while at < self.bytes.len() && !STOPS_BLOCK[usize::from(self.bytes[at])] {
                at += 1;
            }
            let stops = match self.byte(at) {
                b':' => self.ends_word(at + 1),
                b'#' => at > start && self.bytes[at - 1] == b' ',
                b'\t' => return Err(Unusual),
                _ => true,
            };
            if stops {
                return Ok(Line { end: self.trim(start, at), stop: at });
            }
            at += 1;
        }
    }

    /// The end of what is written before an offset, spaces left out.
    #[inline]
    pub(super) fn trim(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        end
    }

    /// An unquoted scalar whose first line is known.
    pub(super) fn plain(&mut self, start: usize, first: Line, parent: isize) -> Read<()> {
        let node = self.push(Style::Plain, start, first.end);
        self.plain_line_end(first)?;
        if self.column > parent { self.more_lines(node, start, first, parent) } else { Ok(()) }
    }

    /// Goes to the next thing written behind a line of an unquoted scalar.
    fn plain_line_end(&mut self, line: Line) -> Read<()> {
        match self.byte(line.stop) {
            b':' => Err(Unusual),
            b'#' => {
                self.seek(scan::line_end(self.bytes, line.stop) + 1)?;
                self.skipped_comment = true;
                Ok(())
            }
            b'\r' => self.seek(line.stop + 2),
            b'\n' => self.seek(line.stop + 1),
            _ => self.seek(line.stop),
        }
    }

    /// The further lines: a line break counts as a space, blank lines as line breaks.
    fn more_lines(&mut self, node: u32, start: usize, first: Line, parent: isize) -> Read<()> {
        let text = self.draft.text;
        let (begin, buffer) = self.draft.values.begin();
        buffer.push_str(&text[start..first.end]);
        while self.column > parent {
            // A comment ends the scalar: what follows it belongs to nothing.
            if self.skipped_comment {
                return Err(Unusual);
            }
            let line_start = self.at;
            let line = self.plain_line(line_start)?;
            let (_, buffer) = self.draft.values.begin();
            push_breaks(buffer, self.blank_lines);
            buffer.push_str(&text[line_start..line.end]);
            self.node_end = line.end;
            self.plain_line_end(line)?;
        }
        self.draft.values.finish(node, begin);
        let raw = &mut self.draft.nodes[node as usize];
        raw.end = self.node_end as u32;
        raw.special = true;
        Ok(())
    }
}

/// What a line break with blank lines behind it stands for.
pub(super) fn push_breaks(buffer: &mut String, blank_lines: usize) {
    if blank_lines == 0 {
        buffer.push(' ');
    }
    for _ in 0..blank_lines {
        buffer.push('\n');
    }
}
