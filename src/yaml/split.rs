//! Where one document ends and the next begins: at lines that start with `---`, in every context of YAML.

use memchr::memmem;

use super::scan;

/// A stretch of a text from one `---` line to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where its `---` stands, or the start of the text.
    pub(super) start: usize,
    /// Behind its `---` line, or behind `---` where something stands in that line.
    pub(super) body: usize,
    /// Where the next `---` line begins.
    pub(super) end: usize,
    /// Whether it begins with `---`.
    pub(super) marked: bool,
}

/// The pieces of a text, in order.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: if text.as_bytes().starts_with(scan::MARK) { scan::MARK.len() } else { 0 } }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let marked = is_marker(self.text.as_bytes(), start, b"---");
        let body = if marked { body(self.text, start) } else { start };
        let end = next_start_marker(self.text, start);
        self.at = end;
        Some(Piece { start, body, end, marked })
    }
}

fn next_start_marker(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut found = memmem::find_iter(&bytes[start..], b"\n---").map(|found| start + found + 1);
    found.find(|&at| is_marker(bytes, at, b"---")).unwrap_or(bytes.len())
}

/// Whether a marker stands at an offset: three signs with a blank, a line break or nothing behind them.
pub(super) fn is_marker(bytes: &[u8], at: usize, signs: &[u8; 3]) -> bool {
    let rest = &bytes[at..];
    rest.starts_with(signs) && matches!(rest.get(3), None | Some(b' ' | b'\t' | b'\r' | b'\n'))
}

/// Whether `...` stands at an offset.
pub(super) fn is_end_marker(text: &str, at: usize) -> bool {
    is_marker(text.as_bytes(), at, b"...")
}

/// Where the content begins behind the marker at an offset: in the next line, unless its own line holds something.
pub(super) fn body(text: &str, marker: usize) -> usize {
    let bytes = text.as_bytes();
    if !is_marker(bytes, marker, b"---") {
        return marker;
    }
    let rest = bytes[marker + 3..next_line(text, marker)].trim_ascii_start();
    if rest.is_empty() || rest[0] == b'#' { next_line(text, marker) } else { marker + 3 }
}

/// Behind the `...` lines that an offset's text begins with, blank lines and comments among them.
pub(super) fn skip_end_markers(text: &str, mut at: usize) -> usize {
    loop {
        let bytes = text.as_bytes();
        let next = scan::skip_space_and_comments(bytes, at);
        if !is_end_marker(text, next) || !begins_line(bytes, at, next) {
            return at;
        }
        at = next_line(text, next);
    }
}

/// Whether an offset is the start of a line, of the text that begins at `start`, or behind a byte order mark.
fn begins_line(bytes: &[u8], start: usize, at: usize) -> bool {
    at == start || matches!(bytes[at - 1], b'\n' | b'\r') || bytes[..at].ends_with(scan::MARK)
}

/// The start of the line behind an offset's, or the end.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    // To the full parser a CR alone ends a line, too.
    match memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
        Some(found) if bytes[at + found..].starts_with(b"\r\n") => at + found + 2,
        Some(found) => at + found + 1,
        None => bytes.len(),
    }
}

/// Where a document ends that cannot be read, and where to go on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resume {
    pub(super) end: usize,
    pub(super) next: usize,
}

/// The first marker line behind the line of an offset, before `end`.
pub(super) fn next_marker(text: &str, at: usize, end: usize) -> Resume {
    let bytes = &text.as_bytes()[..end];
    let mut line = scan::line_end(bytes, at.min(end)) + 1;
    while line < end {
        if is_marker(bytes, line, b"---") {
            return Resume { end: line, next: line };
        }
        if is_marker(bytes, line, b"...") {
            return Resume { end: line, next: (scan::line_end(bytes, line) + 1).min(end) };
        }
        line = scan::line_end(bytes, line) + 1;
    }
    Resume { end, next: end }
}

/// Whether a stretch ends in directives (`%YAML 1.2`), which belong to the document behind it.
pub(super) fn ends_in_directive(text: &str) -> bool {
    let written = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    text.lines().rev().find(written).is_some_and(|line| line.starts_with('%'))
}

#[cfg(test)]
mod tests {
    use super::{Pieces, ends_in_directive};

    fn bodies(text: &str) -> Vec<&str> {
        Pieces::new(text).map(|piece| &text[piece.body..piece.end]).collect()
    }

    #[test]
    fn splits_at_marker_lines() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            ("a", &["a"]),
            ("a\n---\nb", &["a\n", "b"]),
            ("---\na\n---\n", &["a\n", ""]),
            ("--- # c\na\n--- b\nc\n", &["a\n", " b\nc\n"]),
            ("--- |\n a\n---", &[" |\n a\n", ""]),
            ("a\r\n---\r\nb\r\n", &["a\r\n", "b\r\n"]),
            ("\u{feff}---\na", &["a"]),
            ("---a\n----\n --- \n", &["---a\n----\n --- \n"]),
            ("---\t\n---", &["", ""]),
        ];
        for (text, expected) in table {
            assert_eq!(bodies(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn sees_directives_at_the_end() {
        assert!(ends_in_directive("%YAML 1.2\n"));
        assert!(ends_in_directive("a\n...\n%TAG ! x\n# c\n\n"));
        assert!(!ends_in_directive("%a\nb\n"));
        assert!(!ends_in_directive(""));
    }
}
