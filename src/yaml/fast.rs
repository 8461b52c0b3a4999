//! The fast parser: the shape that most Kubernetes files have, in one pass over the bytes.
//!
//! It gives up ([`Unusual`]) on anything else, and the full parser reads the document again. It may read what the full
//! one refuses, but never otherwise than it: the trees are equal to the last span.

mod block;
mod block_scalar;
mod bytes;
mod escapes;
mod flow;
mod plain;
mod quoted;

use super::draft::Draft;
use super::scan;
use super::split::{self, Piece};
use super::tree::Style;

/// Deeper documents are left to the full parser: each level is a call.
const MAX_DEPTH: u32 = 100;

/// What is read lies outside the common shape.
#[derive(Debug)]
pub(super) struct Unusual;

type Read<T> = Result<T, Unusual>;

/// Reads a document; gives its root, if it holds anything. On `Err` the draft is as it was.
pub(super) fn read(draft: &mut Draft<'_>, piece: Piece) -> Read<Option<u32>> {
    let inline = piece.marked && piece.body == piece.start + 3 && piece.body < piece.end;
    if inline || !bytes::are_usual(&draft.text[piece.start..piece.end]) {
        return Err(Unusual);
    }
    let mark = draft.mark();
    let read = Reader::new(draft, piece.end).document(piece.body);
    if read.is_err() {
        draft.reset(mark);
    }
    read
}

struct Reader<'d, 't> {
    draft: &'d mut Draft<'t>,
    /// The text up to the end of the document.
    bytes: &'t [u8],
    /// The next thing that is written: the first byte of a line, indentation skipped, or of a value in it.
    at: usize,
    /// How deep that is indented; -1 at the end of the document.
    column: isize,
    /// How many blank lines were skipped to get there.
    blank_lines: usize,
    /// Whether a line of comment was skipped to get there.
    skipped_comment: bool,
    /// Behind the last node.
    node_end: usize,
    depth: u32,
}

impl<'d, 't> Reader<'d, 't> {
    fn new(draft: &'d mut Draft<'t>, end: usize) -> Self {
        let bytes = &draft.text.as_bytes()[..end];
        Self {
            draft,
            bytes,
            at: 0,
            column: -1,
            blank_lines: 0,
            skipped_comment: false,
            node_end: 0,
            depth: 0,
        }
    }

    fn document(mut self, body: usize) -> Read<Option<u32>> {
        self.seek(body)?;
        if self.column < 0 {
            return Ok(None);
        }
        let root = self.draft.nodes.len() as u32;
        self.block_node(self.column, -1)?;
        if self.column < 0 { Ok(Some(root)) } else { Err(Unusual) }
    }

    /// The byte at an offset, 0 behind the end: no document that comes here holds one.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Whether a word ends at an offset: with a space, the line or the document.
    #[inline]
    fn ends_word(&self, at: usize) -> bool {
        matches!(self.byte(at), b' ' | b'\n' | b'\r' | 0)
    }

    #[inline]
    fn skip_spaces(&self, mut at: usize) -> usize {
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// Goes to the next thing written, from the start of a line.
    fn seek(&mut self, mut line: usize) -> Read<()> {
        self.blank_lines = 0;
        self.skipped_comment = false;
        loop {
            let at = self.skip_spaces(line);
            match self.byte(at) {
                b'\n' => {
                    self.blank_lines += 1;
                    line = at + 1;
                }
                // Every CR stands before an LF.
                b'\r' => {
                    self.blank_lines += 1;
                    line = at + 2;
                }
                b'#' => {
                    self.skipped_comment = true;
                    line = scan::line_end(self.bytes, at) + 1;
                }
                b'\t' => return Err(Unusual),
                0 => {
                    self.at = self.bytes.len();
                    self.column = -1;
                    return Ok(());
                }
                byte => {
                    self.at = at;
                    self.column = (at - line) as isize;
                    return if at == line { self.refuse_marker(byte) } else { Ok(()) };
                }
            }
        }
    }

    /// Leaves directives and `...` to the full parser.
    #[inline]
    fn refuse_marker(&self, byte: u8) -> Read<()> {
        let marker = byte == b'%' || (byte == b'.' && split::is_marker(self.bytes, self.at, b"..."));
        if marker { Err(Unusual) } else { Ok(()) }
    }

    /// Goes to the next thing written behind a value that ends its line.
    fn finish_line(&mut self, end: usize) -> Read<()> {
        let at = self.skip_spaces(end);
        match self.byte(at) {
            b'\n' => self.seek(at + 1),
            b'\r' => self.seek(at + 2),
            0 => self.seek(at),
            b'#' if at > end => self.seek(scan::line_end(self.bytes, at) + 1),
            _ => Err(Unusual),
        }
    }

    #[inline]
    fn push(&mut self, style: Style, start: usize, end: usize) -> u32 {
        self.node_end = end;
        self.draft.push(style, start, end)
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Unusual) } else { Ok(()) }
    }
}
