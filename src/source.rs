//! Source text and places in it: everything that can be pointed at or rewritten.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// The text of one input, shared by its [`SourceFile`] and by the tree that was parsed from it. Small inputs lie in one
/// piece of memory with those that were read beside them: tens of thousands of allocations cost more than the reading.
#[derive(Clone)]
pub struct Text {
    memory: Arc<str>,
    start: usize,
    end: usize,
}

impl Text {
    /// A part of a memory that several texts share; what is no part of it gives an empty text.
    pub fn part(memory: &Arc<str>, range: Range<usize>) -> Self {
        let range = if memory.get(range.clone()).is_some() { range } else { 0..0 };
        Self { memory: Arc::clone(memory), start: range.start, end: range.end }
    }

    /// The bytes; cheaper than those of the `str`, whose borders have to be looked at.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.memory.as_bytes()[self.start..self.end]
    }

    /// A part of the text; `None` where the range does not lie in it, or cuts a character.
    #[inline]
    pub fn get(&self, range: Range<usize>) -> Option<&str> {
        if range.end > self.end - self.start {
            return None;
        }
        self.memory.get(self.start + range.start..self.start + range.end)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { start: 0, end: text.len(), memory: text.into() }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl Default for Text {
    fn default() -> Self {
        "".into()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.memory[self.start..self.end]
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Index of a file in [`Sources`]. Copy, so that findings need no lifetimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The id that the `index`-th file added to a [`Sources`] gets.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 files"))
    }

    /// The place of the file in the order of reading.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file it lies in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The range as slices take it.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where a text came from. Only [`Origin::Disk`] may be rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, by the path that its name gives.
    Disk,
    /// Standard input.
    Stdin,
    /// Made by weft itself: a sample, a test, an editor's buffer.
    Memory,
}

/// A line and a column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// One input and its text.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as it was given or found; `stdin` for standard input.
    pub name: String,
    /// The text, valid UTF-8, at most 4 GiB.
    pub text: Text,
    /// Where it came from.
    pub origin: Origin,
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// A file whose lines are counted only when somebody asks.
    pub fn new(name: impl Into<String>, text: Text, origin: Origin) -> Self {
        Self { name: name.into(), text, origin, lines: OnceLock::new() }
    }

    /// Line and column of a byte offset; an offset behind the end gives the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let lines = self.line_starts();
        let line = lines.partition_point(|&start| start as usize <= offset) - 1;
        // A byte order mark takes no column: editors do not show it.
        let head = self.text.get(lines[line] as usize..offset).unwrap_or_default();
        let column = head.trim_start_matches('\u{feff}').chars().count();
        Position { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// The bytes of a line counted from 1, without its line break; empty where there is no such line.
    pub fn line_range(&self, line: u32) -> Range<usize> {
        let lines = self.line_starts();
        let Some(&start) = lines.get((line as usize).wrapping_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = lines.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        let start = start as usize;
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// How many lines there are; a text that ends in a line break has no line behind it.
    pub fn line_count(&self) -> u32 {
        let lines = self.line_starts();
        let trailing = lines.last().is_some_and(|&start| start as usize == self.text.len() && start > 0);
        lines.len() as u32 - u32::from(trailing)
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| at as u32 + 1)).collect()
        })
    }
}

/// Every input of a run, in the order of reading.
#[derive(Debug, Default)]
pub struct Sources(Vec<SourceFile>);

impl Sources {
    /// Adds a file and gives its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.0.push(file);
        FileId::new(self.0.len() - 1)
    }

    /// The file of an id that this set gave.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.0[id.index()]
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.file).text[span.range()]
    }

    /// All files with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.0.iter().enumerate().map(|(index, file)| (FileId::new(index), file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Replaces a span of a user's text. Every change that weft makes to such a text is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes in its place.
    pub replacement: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("a.yaml", text.into(), Origin::Memory)
    }

    #[test]
    fn columns_count_characters() {
        let file = file("é: x\nkey: ü\n");
        assert_eq!(file.position(4), Position { line: 1, column: 4 });
        assert_eq!(file.position(11), Position { line: 2, column: 6 });
    }

    #[test]
    fn places_outside_the_text_are_its_end() {
        let file = file("a\nb");
        assert_eq!(file.position(99), Position { line: 2, column: 2 });
        assert_eq!(file.line_range(7), 3..3);
    }

    #[test]
    fn lines_end_before_their_break() {
        let file = file("one\r\ntwo\n");
        assert_eq!(file.line_range(1), 0..3);
        assert_eq!(file.line_range(2), 5..8);
        assert_eq!(file.line_count(), 2);
    }

    #[test]
    fn texts_share_memory_and_keep_to_their_part() {
        let memory = Arc::from("kéy: 1\nb: 2\n");
        let second = Text::part(&memory, 8..13);
        assert_eq!((&*second, second.get(0..1), second.bytes()), ("b: 2\n", Some("b"), &b"b: 2\n"[..]));
        assert_eq!(Text::part(&memory, 0..8).get(7..9), None);
        assert_eq!(&*Text::part(&memory, 2..5), "", "a range that cuts a character");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(file("\u{feff}a: b").position(3), Position { line: 1, column: 1 });
    }
}
