//! Scalars in quotes.

use memchr::{memchr2, memchr3};

use super::escapes;
use super::{Read, Reader, Unusual};
use crate::yaml::split;
use crate::yaml::tree::Style;

impl Reader<'_, '_> {
    /// Pushes the quoted scalar at an offset; gives the offset behind it.
    pub(super) fn quoted(&mut self, start: usize) -> Read<usize> {
        let mut plain = true;
        let end = self.quoted_end(start, &mut plain)?;
        self.push_quoted(start, end, plain)?;
        Ok(end)
    }

    /// Pushes a quoted scalar whose end is known to lie in the same line.
    pub(super) fn quoted_in_line(&mut self, start: usize, end: usize) -> Read<()> {
        let inner = &self.bytes[start + 1..end - 1];
        let plain = memchr2(b'\\', b'\'', inner).is_none();
        self.push_quoted(start, end, plain)
    }

    fn push_quoted(&mut self, start: usize, end: usize, plain: bool) -> Read<()> {
        let double = self.bytes[start] == b'"';
        let style = if double { Style::DoubleQuoted } else { Style::SingleQuoted };
        let node = self.push(style, start, end);
        if plain {
            return Ok(());
        }
        let inner = &self.draft.text[start + 1..end - 1];
        let (begin, buffer) = self.draft.values.begin();
        let undone = if double { escapes::double(inner, buffer) } else { escapes::single(inner, buffer) };
        undone.ok_or(Unusual)?;
        if &buffer[begin..] == inner {
            buffer.truncate(begin);
            return Ok(());
        }
        self.draft.values.finish(node, begin);
        self.draft.nodes[node as usize].special = true;
        Ok(())
    }

    /// Behind the closing quote of a scalar; `plain` tells whether its text is its value.
    fn quoted_end(&self, start: usize, plain: &mut bool) -> Read<usize> {
        let quote = self.bytes[start];
        let mut at = start + 1;
        loop {
            let found = at + memchr3(quote, b'\\', b'\n', &self.bytes[at..]).ok_or(Unusual)?;
            match self.bytes[found] {
                b'\n' => {
                    *plain = false;
                    self.refuse_end_marker(found + 1)?;
                    at = found + 1;
                }
                b'\\' => {
                    let escaped = quote == b'"';
                    *plain &= !escaped;
                    at = found + if escaped && self.byte(found + 1) != b'\n' { 2 } else { 1 };
                }
                _ if quote == b'\'' && self.byte(found + 1) == b'\'' => {
                    *plain = false;
                    at = found + 2;
                }
                _ => return Ok(found + 1),
            }
            // An escape may reach behind the end.
            if at > self.bytes.len() {
                return Err(Unusual);
            }
        }
    }

    /// `...` at the start of a line ends the document, even in quotes.
    pub(super) fn refuse_end_marker(&self, line: usize) -> Read<()> {
        let ended = line < self.bytes.len() && split::is_marker(self.bytes, line, b"...");
        if ended { Err(Unusual) } else { Ok(()) }
    }

    /// Behind the closing quote, if it stands in the same line.
    pub(super) fn closing_quote(&self, start: usize) -> Option<usize> {
        let quote = self.bytes[start];
        let mut at = start + 1;
        loop {
            let found = at + memchr3(quote, b'\\', b'\n', self.bytes.get(at..)?)?;
            match self.bytes[found] {
                b'\n' => return None,
                b'\\' => at = found + if quote == b'"' { 2 } else { 1 },
                _ if quote == b'\'' && self.byte(found + 1) == b'\'' => at = found + 2,
                _ => return Some(found + 1),
            }
        }
    }
}
