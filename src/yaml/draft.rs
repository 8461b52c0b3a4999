//! A tree while it is being written: both parsers push into it, and a parser that gives up leaves no trace.

use std::cell::Cell;

use crate::source::{FileId, Span, Text};

use super::arena::Arena;
use super::problem::{Failure, Problem};
use super::tree::{Document, Place, RawNode, Style, Tag, Tree, text_of};
use super::values::{self, Values};

/// No text is larger: offsets have 32 bits, and escapes may make a value longer than what is written.
pub(super) const MAX_TEXT: usize = 1 << 31;

#[derive(Debug)]
pub(super) struct Draft<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
    pub(super) nodes: Vec<RawNode>,
    pub(super) values: Values,
    pub(super) documents: Vec<Document>,
    pub(super) problems: Vec<Problem>,
    /// How many nodes aliases may still copy in this file.
    pub(super) copies_left: usize,
}

/// How much there was at some time, to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) nodes: usize,
    pub(super) values: values::Mark,
    problems: usize,
}

impl<'t> Draft<'t> {
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        Self {
            text,
            file,
            nodes: room(text),
            values: Values::default(),
            documents: vec![],
            problems: vec![],
            // As many as go-yaml lets pass unasked, and more in a large file, as memory allows.
            copies_left: (text.len() / 16).max(400_000),
        }
    }

    /// Adds a node without descendants.
    #[inline]
    pub(super) fn push(&mut self, style: Style, start: usize, end: usize) -> u32 {
        let at = self.nodes.len() as u32;
        let (start, end) = (start as u32, end as u32);
        self.nodes.push(RawNode {
            start,
            end,
            next: at + 1,
            style,
            tag: Tag::None,
            special: false,
            alias: false,
        });
        at
    }

    /// Ends a list or mapping: what was pushed since belongs to it.
    #[inline]
    pub(super) fn close(&mut self, at: u32, end: usize) {
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[at as usize];
        node.end = end as u32;
        node.next = next;
    }

    /// Gives the last scalar its value.
    pub(super) fn set_value(&mut self, at: u32, value: &str) {
        self.values.push(at, value);
        self.nodes[at as usize].special = true;
    }

    /// The characters of a scalar; empty for lists and mappings.
    pub(super) fn text_of(&self, at: u32) -> &str {
        text_of(self.text, &self.values, &self.nodes[at as usize], at).unwrap_or_default()
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span { file: self.file, start, end }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { nodes: self.nodes.len(), values: self.values.mark(), problems: self.problems.len() }
    }

    pub(super) fn reset(&mut self, mark: Mark) {
        self.nodes.truncate(mark.nodes);
        self.values.reset(mark.values);
        self.problems.truncate(mark.problems);
    }

    /// Adds a document that was read.
    pub(super) fn document(&mut self, root: Option<u32>, start: usize, end: usize, fast: bool) {
        let span = self.span(start as u32, end as u32);
        let index = self.documents.len() as u32;
        self.documents.push(Document { root, span, index, broken: false, fast });
    }

    /// Adds a document that could not be read.
    pub(super) fn broken(&mut self, failure: Failure, start: usize, end: usize) {
        let place = character(self.text, failure.at, start, end);
        let span = self.span(place.0 as u32, place.1 as u32);
        self.problems.push(Problem { kind: failure.kind, span, message: failure.message });
        self.document(None, start, end, false);
        if let Some(document) = self.documents.last_mut() {
            document.broken = true;
        }
    }

    pub(super) fn finish(mut self, text: Text) -> Tree {
        let nodes = Arena::new(&self.nodes);
        if self.nodes.capacity() <= LARGEST_SPARE {
            self.nodes.clear();
            SPARE.set(self.nodes);
        }
        self.values.shrink();
        self.documents.shrink_to_fit();
        self.problems.sort_by_key(|problem| problem.span.start);
        Tree {
            file: self.file,
            nodes,
            values: self.values,
            place: Place::From(0),
            documents: self.documents,
            problems: self.problems,
            text,
        }
    }
}

thread_local! {
    /// Room for nodes that the thread's files use one after the other: fresh memory is dear.
    static SPARE: Cell<Vec<RawNode>> = const { Cell::new(Vec::new()) };
}

/// For how many nodes a thread may keep room: 4 MiB.
const LARGEST_SPARE: usize = 1 << 18;

fn room(text: &str) -> Vec<RawNode> {
    let mut nodes = SPARE.take();
    // Kubernetes objects have a node for about ten bytes.
    nodes.reserve(text.len() / 8);
    nodes
}

/// The bytes of the character at an offset; behind the end and between words that of the one before.
fn character(text: &str, at: usize, start: usize, end: usize) -> (usize, usize) {
    let at = floor_boundary(text, at.min(end));
    let start = start.min(at);
    let here = text[at..end].chars().next().filter(|c| !c.is_whitespace() || *c == '\t');
    if let Some(c) = here {
        return (at, at + c.len_utf8());
    }
    let head = text[start..at].trim_end();
    match head.chars().next_back() {
        Some(c) => (start + head.len() - c.len_utf8(), start + head.len()),
        None => (at, at),
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
