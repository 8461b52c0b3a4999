//! The tree: a flat arena of nodes a file, in reading order, each with its bytes.

use crate::source::{FileId, Span, Text};

use super::arena::Arena;
use super::node::Node;
use super::problem::{Problem, ProblemKind};
use super::values::Values;

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Style {
    /// Nothing is written where a value could stand (`key:`).
    Empty,
    /// An unquoted scalar.
    Plain,
    /// A scalar in `'…'`.
    SingleQuoted,
    /// A scalar in `"…"`.
    DoubleQuoted,
    /// A scalar behind `|`.
    Literal,
    /// A scalar behind `>`.
    Folded,
    /// A sequence of `- ` lines.
    BlockSeq,
    /// A sequence in `[…]`.
    FlowSeq,
    /// A mapping of `key: value` lines.
    BlockMap,
    /// A mapping in `{…}`.
    FlowMap,
}

impl Style {
    pub(super) fn is_map(self) -> bool {
        matches!(self, Self::BlockMap | Self::FlowMap)
    }

    pub(super) fn is_seq(self) -> bool {
        matches!(self, Self::BlockSeq | Self::FlowSeq)
    }

    pub(super) fn is_scalar(self) -> bool {
        !self.is_map() && !self.is_seq()
    }
}

/// A tag that changes how a scalar reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Tag {
    /// None is written.
    None,
    /// `!!str` or `!`.
    Str,
    /// `!!int`
    Int,
    /// `!!float`
    Float,
    /// `!!bool`
    Bool,
    /// `!!null`
    Null,
    /// `!!binary`: base64 of bytes; Kubernetes decodes it to a string.
    Binary,
    /// Any other: Kubernetes reads the scalar as a string.
    Other,
}

/// One node, as parsers write it and readers get it; [`Arena`] keeps it smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawNode {
    /// First byte of the node's own text (quotes and block headers included, anchor and tag not).
    pub(super) start: u32,
    /// Behind its last byte.
    pub(super) end: u32,
    /// Index behind the node's last descendant.
    pub(super) next: u32,
    pub(super) style: Style,
    pub(super) tag: Tag,
    /// Of a scalar: its value differs from the text that is written and lies in `Tree::values`.
    /// Of a mapping: it holds a key twice.
    pub(super) special: bool,
    /// The node is a copy of an anchored one: its bytes are those of the anchor's.
    pub(super) alias: bool,
}

/// One document of a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Index of the root in the arena; `None` for an empty, a comment-only or a broken document.
    pub(super) root: Option<u32>,
    /// From the first byte behind the document's `---` line to the next such line or the end.
    pub span: Span,
    /// Its place in the file, from 0; empty documents count.
    pub index: u32,
    /// Whether it could not be read; the reason is among [`Tree::problems`].
    pub broken: bool,
    /// Whether the reader of the common shape sufficed; for tests and measurements.
    #[doc(hidden)]
    pub fast: bool,
}

/// Where a parsed text lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// From this offset on, as it stands.
    From(u32),
    /// In a scalar, written otherwise: every node's span is that of the scalar.
    Within(Span),
}

impl Place {
    /// The place in the file of a stretch of the text.
    #[inline]
    pub(super) fn span(self, file: FileId, start: u32, end: u32) -> Span {
        match self {
            Place::From(base) => Span { file, start: base + start, end: base + end },
            Place::Within(span) => span,
        }
    }
}

/// Everything that one file holds: an arena of nodes and the documents that lie in it.
#[derive(Debug)]
pub struct Tree {
    pub(super) file: FileId,
    pub(super) text: Text,
    pub(super) nodes: Arena,
    pub(super) values: Values,
    /// Where the text lies in the file.
    pub(super) place: Place,
    /// The documents in order, empty and broken ones among them.
    pub documents: Vec<Document>,
    /// What is wrong with the text, in order of place.
    pub problems: Vec<Problem>,
}

impl Tree {
    /// The file that was parsed.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Where its text lies in the file.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts the tree of a part of the file in its place.
    pub(super) fn put(&mut self, place: Place) {
        self.place = place;
        let moved = |span: Span| place.span(span.file, span.start, span.end);
        for document in &mut self.documents {
            document.span = moved(document.span);
        }
        for problem in &mut self.problems {
            problem.span = moved(problem.span);
            if let ProblemKind::DuplicateKey { first } = &mut problem.kind {
                *first = moved(*first);
            }
        }
    }

    /// The root of a document, if it holds anything.
    pub fn root(&self, document: &Document) -> Option<Node<'_>> {
        document.root.map(|at| self.node(at))
    }

    /// The index of the document that an offset lies in; 0 before the first.
    pub fn document_at(&self, offset: u32) -> u32 {
        let behind = self.documents.partition_point(|document| document.span.start <= offset);
        behind.checked_sub(1).map_or(0, |at| self.documents[at].index)
    }

    /// The node at an index that [`Node::index`] gave.
    pub fn node(&self, index: u32) -> Node<'_> {
        debug_assert!((index as usize) < self.nodes.len());
        Node::new(self, index)
    }
}

/// The characters of the scalar at an index, `None` for lists and mappings.
#[inline]
pub(super) fn text_of<'a>(text: &'a str, values: &'a Values, raw: &RawNode, at: u32) -> Option<&'a str> {
    let (start, end) = (raw.start as usize, raw.end as usize);
    match raw.style {
        Style::BlockSeq | Style::FlowSeq | Style::BlockMap | Style::FlowMap => None,
        _ if raw.special => values.get(at),
        Style::Plain => text.get(start..end),
        Style::SingleQuoted | Style::DoubleQuoted => text.get(start + 1..end - 1),
        Style::Empty | Style::Literal | Style::Folded => Some(""),
    }
}
