//! Finds the places of which the events say too little: dashes, block headers, and where nothing is written.

use granit_parser::{ScalarStyle, Span as Marks};

use super::builder::Builder;
use crate::yaml::problem::Failure;
use crate::yaml::scan;
use crate::yaml::tree::Style;

impl Builder<'_, '_> {
    /// Style and bytes of a scalar.
    pub(super) fn scalar_place(&self, style: ScalarStyle, marks: Marks) -> (Style, usize, usize) {
        let (start, end) = (self.offset(marks.start), self.offset(marks.end));
        match style {
            ScalarStyle::Plain if start == end => {
                let place = self.empty_place(start);
                (Style::Empty, place, place)
            }
            ScalarStyle::Plain => (Style::Plain, start, end),
            ScalarStyle::SingleQuoted => (Style::SingleQuoted, start, end),
            ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, start, end),
            ScalarStyle::Literal => self.block_scalar(Style::Literal, b'|', start, end),
            ScalarStyle::Folded => self.block_scalar(Style::Folded, b'>', start, end),
        }
    }

    /// Whether the last line of a block scalar is the end of the file, without a line break, and the parser added one.
    pub(super) fn ends_unbroken(&self, header: usize, marks: Marks) -> bool {
        let text = self.text();
        let (start, end) = (self.offset(marks.start), self.offset(marks.end));
        let last = text.rfind('\n').map_or(0, |at| at + 1);
        let written = !text[last..].trim_matches([' ', '\t']).is_empty();
        let only = scan::line_end(text.as_bytes(), header) + 1 == last;
        start < end && end == text.len() && last < end && (written || only)
    }

    fn block_scalar(&self, style: Style, sign: u8, content: usize, end: usize) -> (Style, usize, usize) {
        let bytes = self.text().as_bytes();
        let header = self.find(sign).unwrap_or(content);
        (style, header, scan::block_scalar_end(bytes, header, content.max(end)))
    }

    /// Where an empty value counts as written: behind its dash or colon.
    fn empty_place(&self, event: usize) -> usize {
        if self.in_block_seq() {
            return self.cursor;
        }
        // Elsewhere only a tag or an anchor lets it stand.
        if !self.awaits_value() {
            return event.max(self.cursor);
        }
        let bytes = self.text().as_bytes();
        let next = scan::skip_space_and_comments(bytes, self.cursor);
        if bytes.get(next) == Some(&b':') { next + 1 } else { self.cursor }
    }

    /// The next dash of a list.
    pub(super) fn find_dash(&self) -> Option<usize> {
        self.find(b'-')
    }

    /// The next place of a sign, across all that may stand between it and the token before.
    fn find(&self, sign: u8) -> Option<usize> {
        let bytes = self.text().as_bytes();
        let mut at = self.cursor;
        loop {
            at = scan::skip_space_and_comments(bytes, at);
            match *bytes.get(at)? {
                byte if byte == sign => return Some(at),
                b':' | b'?' => at += 1,
                b'&' | b'!' => at = scan::word_end(bytes, at),
                _ => return None,
            }
        }
    }

    /// Refuses a tab where the indentation says how deep a line is: granit counts it as one column, go-yaml refuses it.
    pub(super) fn refuse_tabs(&self, first: usize) -> Result<(), Failure> {
        let bytes = self.text().as_bytes();
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let indentation = bytes[..first].iter().rev().take_while(|byte| blank(byte)).count();
        let line = first - indentation;
        let at_line_start = line == 0 || bytes[line - 1] == b'\n';
        match bytes[line..first].iter().position(|&byte| byte == b'\t') {
            Some(tab) if at_line_start => {
                Err(Failure::syntax(line + tab, "a tab is used for indentation; YAML takes spaces only"))
            }
            _ => Ok(()),
        }
    }
}
