//! Scalars behind `|` and `>`.

use super::{Read, Reader, Unusual};
use crate::yaml::scan;
use crate::yaml::tree::Style;

/// What stands behind the `|` or `>`.
struct Header {
    folded: bool,
    /// `-` or `+`, if one is written.
    chomping: Option<u8>,
    /// How much deeper than its parent the text is indented, if that is written.
    indentation: Option<usize>,
    end: usize,
}

/// A line of the text.
enum Line<'t> {
    /// Nothing but indentation.
    Blank,
    /// The text behind the indentation.
    Text(&'t str),
    /// The scalar has ended before it.
    Behind,
}

impl<'t> Reader<'_, 't> {
    pub(super) fn block_scalar(&mut self, start: usize, parent: isize) -> Read<()> {
        let header = self.header(start)?;
        // At the root the text need not be indented: rare, and not worth the rules.
        let parent = usize::try_from(parent).map_err(|_| Unusual)?;
        let first_line = scan::line_end(self.bytes, header.end) + 1;
        let style = if header.folded { Style::Folded } else { Style::Literal };
        let node = self.push(style, start, start);
        let indentation = match header.indentation {
            Some(more) => parent + more,
            None => self.detect_indentation(first_line.min(self.bytes.len()), parent)?,
        };
        let (begin, _) = self.draft.values.begin();
        let behind = self.content(first_line.min(self.bytes.len()), indentation, &header)?;
        if self.draft.values.begin().0 > begin {
            self.draft.values.finish(node, begin);
            self.draft.nodes[node as usize].special = true;
        }
        let end = scan::block_scalar_end(self.bytes, start, behind);
        self.node_end = end;
        self.draft.nodes[node as usize].end = end as u32;
        self.seek(behind)
    }

    fn header(&self, start: usize) -> Read<Header> {
        let folded = self.bytes[start] == b'>';
        let mut header = Header { folded, chomping: None, indentation: None, end: start + 1 };
        loop {
            match self.byte(header.end) {
                sign @ (b'-' | b'+') if header.chomping.is_none() => header.chomping = Some(sign),
                digit @ b'1'..=b'9' if header.indentation.is_none() => {
                    header.indentation = Some(usize::from(digit - b'0'));
                }
                _ => break,
            }
            header.end += 1;
        }
        let behind = self.skip_spaces(header.end);
        match self.byte(behind) {
            b'\n' | b'\r' | 0 => Ok(header),
            b'#' if behind > header.end => Ok(header),
            _ => Err(Unusual),
        }
    }

    /// The indentation of the first line that is not blank; no blank line before it may be longer.
    fn detect_indentation(&self, mut line: usize, parent: usize) -> Read<usize> {
        let mut longest = 0;
        loop {
            let at = self.skip_spaces(line);
            let column = at - line;
            match self.byte(at) {
                b'\n' => line = at + 1,
                b'\r' => line = at + 2,
                b'\t' => return Err(Unusual),
                // Nothing is in it. Any indentation does that is deeper than what may follow.
                0 => return Ok(longest.max(parent + 1)),
                _ if column <= parent => return Ok(longest.max(parent + 1)),
                _ if longest > column => return Err(Unusual),
                _ => return Ok(column),
            }
            longest = longest.max(column);
        }
    }

    /// Writes the value; gives the start of the line behind the scalar.
    fn content(&mut self, mut line: usize, indentation: usize, header: &Header) -> Read<usize> {
        let mut text = Text { folded: header.folded, breaks: 0, before: Before::Nothing, broken: false };
        while line < self.bytes.len() {
            let end = scan::line_end(self.bytes, line);
            match self.content_line(line, end, indentation)? {
                Line::Behind => break,
                Line::Blank => text.breaks += usize::from(end < self.bytes.len()),
                Line::Text(content) => {
                    text.add(content, self.draft.values.begin().1)?;
                    text.broken = end < self.bytes.len();
                }
            }
            line = (end + 1).min(self.bytes.len());
        }
        text.chomp(header.chomping, self.draft.values.begin().1);
        Ok(line)
    }

    fn content_line(&self, line: usize, end: usize, indentation: usize) -> Read<Line<'t>> {
        let end = if end > line && self.bytes[end - 1] == b'\r' { end - 1 } else { end };
        let spaces = self.bytes[line..end].iter().take(indentation).take_while(|&&byte| byte == b' ').count();
        if line + spaces == end {
            return Ok(Line::Blank);
        }
        if spaces < indentation {
            return if self.bytes[line + spaces] == b'\t' { Err(Unusual) } else { Ok(Line::Behind) };
        }
        Ok(Line::Text(&self.draft.text[line + indentation..end]))
    }
}

/// What the last line of text was, for folding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Flush,
    /// It began with a blank: line breaks around it stay.
    Indented,
}

/// The value while it is written.
struct Text {
    folded: bool,
    /// Blank lines since the last line of text.
    breaks: usize,
    before: Before,
    /// Whether a line break follows the last line of text: at the end of a file there may be none to keep.
    broken: bool,
}

impl Text {
    fn add(&mut self, content: &str, out: &mut String) -> Read<()> {
        let indented = content.starts_with([' ', '\t']);
        if indented && content.trim_start_matches([' ', '\t']).is_empty() {
            return Err(Unusual);
        }
        let folds = self.folded && self.before == Before::Flush && !indented;
        if folds {
            super::plain::push_breaks(out, self.breaks);
        } else {
            let breaks = self.breaks + usize::from(self.before != Before::Nothing);
            out.extend(std::iter::repeat_n('\n', breaks));
        }
        out.push_str(content);
        self.breaks = 0;
        self.before = if indented { Before::Indented } else { Before::Flush };
        Ok(())
    }

    /// Writes the line breaks at the end that count.
    fn chomp(&self, chomping: Option<u8>, out: &mut String) {
        let last = usize::from(self.broken);
        let breaks = match chomping {
            Some(b'-') => 0,
            Some(_) => self.breaks + last,
            None => last,
        };
        out.extend(std::iter::repeat_n('\n', breaks));
    }
}
