//! Small steps over bytes that both parsers take alike.

use memchr::{memchr, memchr2};

/// A byte order mark.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// The offset of the line break that ends the line, or the end of the text.
#[inline]
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found)
}

/// Steps over blanks, line breaks and comments.
pub(super) fn skip_space_and_comments(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
            // A byte order mark may stand before any document.
            Some(0xef) if bytes[at..].starts_with(MARK) => at += MARK.len(),
            // To the full parser a CR alone ends a line, too.
            Some(b'#') => at = memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |found| at + found),
            _ => return at,
        }
    }
}

/// Where the word at an offset ends: an anchor or a tag.
pub(super) fn word_end(bytes: &[u8], at: usize) -> usize {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    bytes[at..].iter().position(blank).map_or(bytes.len(), |found| at + found)
}

/// Where a block scalar ends: behind its last written character, or behind its header when it holds none.
pub(super) fn block_scalar_end(bytes: &[u8], header: usize, end: usize) -> usize {
    let signs = bytes[header + 1..].iter();
    let behind_header =
        header + 1 + signs.take_while(|&&byte| matches!(byte, b'-' | b'+' | b'0'..=b'9')).count();
    let first_line = line_end(bytes, header).max(behind_header);
    if end <= first_line {
        return behind_header;
    }
    let content = bytes[first_line..end].trim_ascii_end().len();
    if content == 0 { behind_header } else { first_line + content }
}
