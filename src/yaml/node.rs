//! The tree: a flat arena of nodes a file, in reading order, each with its bytes.

use crate::source::{FileId, Span, Text};

use super::scalar::{self, Scalar};

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
    /// Any other: read as if it were not there.
    Other,
}

/// One node of the arena: 16 bytes, since a large input has millions.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawNode {
    /// First byte of the node's own text (quotes and block headers included, anchor and tag not).
    pub(super) start: u32,
    /// Behind its last byte.
    pub(super) end: u32,
    /// Index behind the node's last descendant.
    pub(super) next: u32,
    pub(super) style: Style,
    pub(super) tag: Tag,
    /// The scalar's value differs from the text that is written and lies in `Tree::owned`.
    pub(super) owned: bool,
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
}

/// What is wrong with a text before it means anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// In words, lowercase, without a final stop.
    pub message: String,
}

/// The kinds of [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The document is not YAML; nothing of it is in the tree.
    Syntax,
    /// The document holds template actions (`{{ … }}`) where YAML needs values; nothing of it is in the tree.
    Template,
    /// The document is too deep, too large or expands too far; nothing of it is in the tree.
    Limit,
    /// A mapping holds one key twice. The last one counts, as in Kubernetes' tolerant reader; its strict reader refuses.
    DuplicateKey {
        /// The place of the key's first occurrence.
        first: Span,
    },
}

/// Everything that one file holds: an arena of nodes and the documents that lie in it.
#[derive(Debug)]
pub struct Tree {
    pub(super) file: FileId,
    pub(super) text: Text,
    pub(super) nodes: Vec<RawNode>,
    /// Values that differ from what is written, by node, in order.
    pub(super) owned: Vec<(u32, Box<str>)>,
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

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The root of a document, if it holds anything.
    pub fn root(&self, document: &Document) -> Option<Node<'_>> {
        document.root.map(|at| Node { tree: self, at })
    }

    /// The index of the document that an offset lies in; 0 before the first.
    pub fn document_at(&self, offset: u32) -> u32 {
        let behind = self.documents.partition_point(|document| document.span.start <= offset);
        behind.checked_sub(1).map_or(0, |at| self.documents[at].index)
    }

    /// The node at an index that [`Node::index`] gave.
    pub fn node(&self, index: u32) -> Node<'_> {
        debug_assert!((index as usize) < self.nodes.len());
        Node { tree: self, at: index }
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing, `~` or `null`.
    Null,
    /// Any other scalar.
    Scalar,
    /// A list.
    Seq,
    /// A mapping.
    Map,
}

/// A place in a [`Tree`]. Copy; every key and value knows its bytes.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    at: u32,
}

impl<'a> Node<'a> {
    fn raw(self) -> &'a RawNode {
        &self.tree.nodes[self.at as usize]
    }

    /// The tree it lies in.
    pub fn tree(self) -> &'a Tree {
        self.tree
    }

    /// Its place in the arena, for [`Tree::node`].
    pub fn index(self) -> u32 {
        self.at
    }

    /// How it is written.
    pub fn style(self) -> Style {
        self.raw().style
    }

    /// Whether it was written once, under an anchor, and only named here.
    pub fn is_alias(self) -> bool {
        self.raw().alias
    }

    /// Its bytes: quotes, brackets and block headers included, anchor, tag and comments not. An empty value has an
    /// empty span behind its colon or dash.
    pub fn span(self) -> Span {
        let raw = self.raw();
        Span { file: self.tree.file, start: raw.start, end: raw.end }
    }

    /// What it is, scalars resolved as Kubernetes resolves them.
    pub fn shape(self) -> Shape {
        match self.style() {
            Style::BlockSeq | Style::FlowSeq => Shape::Seq,
            Style::BlockMap | Style::FlowMap => Shape::Map,
            Style::Empty | Style::Plain if matches!(self.scalar(), Some(Scalar::Null)) => Shape::Null,
            _ => Shape::Scalar,
        }
    }

    /// Whether nothing, `~` or `null` is written.
    pub fn is_null(self) -> bool {
        self.shape() == Shape::Null
    }

    /// Whether it is a mapping.
    pub fn is_map(self) -> bool {
        matches!(self.style(), Style::BlockMap | Style::FlowMap)
    }

    /// Whether it is a list.
    pub fn is_seq(self) -> bool {
        matches!(self.style(), Style::BlockSeq | Style::FlowSeq)
    }

    /// The characters of a scalar whatever its type (`80`, `yes`, `"80"`), escapes and folding undone; `None` for lists and mappings.
    pub fn text(self) -> Option<&'a str> {
        let raw = self.raw();
        if raw.owned {
            let owned = &self.tree.owned;
            let found = owned.binary_search_by_key(&self.at, |(at, _)| *at).ok()?;
            return Some(&owned[found].1);
        }
        let (start, end) = (raw.start as usize, raw.end as usize);
        match raw.style {
            Style::Empty => Some(""),
            Style::Plain => Some(&self.tree.text[start..end]),
            Style::SingleQuoted | Style::DoubleQuoted => Some(&self.tree.text[start + 1..end - 1]),
            Style::Literal | Style::Folded => Some(""),
            Style::BlockSeq | Style::FlowSeq | Style::BlockMap | Style::FlowMap => None,
        }
    }

    /// The scalar with its type, as `sigs.k8s.io/yaml` resolves it; `None` for lists and mappings.
    pub fn scalar(self) -> Option<Scalar<'a>> {
        let text = self.text()?;
        let raw = self.raw();
        Some(match raw.tag {
            Tag::None | Tag::Other => match raw.style {
                Style::Empty => Scalar::Null,
                Style::Plain => scalar::resolve(text),
                _ => Scalar::Str(text),
            },
            Tag::Str | Tag::Binary => Scalar::Str(text),
            Tag::Null => Scalar::Null,
            Tag::Int | Tag::Float | Tag::Bool => scalar::resolve(text),
        })
    }

    /// The string that is written, if it is one: `80` and `yes` are not, `"80"` is.
    pub fn as_str(self) -> Option<&'a str> {
        match self.scalar()? {
            Scalar::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean that is written, if it is one (`yes`, `on` and `True` are).
    pub fn as_bool(self) -> Option<bool> {
        match self.scalar()? {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number that is written, if it is one and fits.
    pub fn as_int(self) -> Option<i64> {
        match self.scalar()? {
            Scalar::Int(value) => Some(value),
            // JSON has one kind of number: Kubernetes takes 3.0 and 1e3 where it wants an integer.
            Scalar::Float(value) if value.fract() == 0.0 && value.abs() < 9e15 => Some(value as i64),
            _ => None,
        }
    }

    /// The items of a list; nothing for anything else.
    pub fn items(self) -> Items<'a> {
        Items { tree: self.tree, at: self.at + 1, end: if self.is_seq() { self.raw().next } else { 0 } }
    }

    /// Keys and values of a mapping in the order written, duplicates included; nothing for anything else.
    pub fn entries(self) -> Entries<'a> {
        Entries(Items {
            tree: self.tree,
            at: self.at + 1,
            end: if self.is_map() { self.raw().next } else { 0 },
        })
    }

    /// Key and value under a key; of duplicates the last, as Kubernetes reads it.
    pub fn entry(self, key: &str) -> Option<(Node<'a>, Node<'a>)> {
        let mut found = None;
        for (name, value) in self.entries() {
            if name.text() == Some(key) {
                found = Some((name, value));
            }
        }
        found
    }

    /// The value under a key; `null` counts as absent, since Kubernetes drops it.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|(_, value)| value).filter(|value| !value.is_null())
    }

    /// Follows a chain of keys.
    pub fn at(self, path: &[&str]) -> Option<Node<'a>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The string under a key, if there is one.
    pub fn str_at(self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str()
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.shape() {
            Shape::Null => f.write_str("null"),
            Shape::Scalar => write!(f, "{:?}", self.scalar()),
            Shape::Seq => f.debug_list().entries(self.items()).finish(),
            Shape::Map => f.debug_map().entries(self.entries()).finish(),
        }
    }
}

/// The items of a list, see [`Node::items`].
#[derive(Clone, Copy)]
pub struct Items<'a> {
    tree: &'a Tree,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, at: self.at };
        self.at = node.raw().next;
        Some(node)
    }
}

/// The entries of a mapping, see [`Node::entries`].
#[derive(Clone, Copy)]
pub struct Entries<'a>(Items<'a>);

impl<'a> Iterator for Entries<'a> {
    type Item = (Node<'a>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.0.next()?, self.0.next()?))
    }
}
