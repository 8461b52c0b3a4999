//! A place in the tree, and what it says.

use crate::source::Span;

use super::scalar::{self, Scalar};
use super::tree::{RawNode, Style, Tag, Tree, text_of};

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
    pub(super) fn new(tree: &'a Tree, at: u32) -> Self {
        Self { tree, at }
    }

    #[inline]
    fn raw(self) -> RawNode {
        self.tree.nodes.get(self.at)
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

    /// The tag that is written before it, as far as it matters.
    pub fn tag(self) -> Tag {
        self.raw().tag
    }

    /// Whether it was written once, under an anchor, and only named here.
    pub fn is_alias(self) -> bool {
        self.raw().alias
    }

    /// Its bytes: quotes, brackets and block headers included, anchor, tag and comments not. An empty value has an
    /// empty span behind its colon or dash.
    pub fn span(self) -> Span {
        let raw = self.raw();
        self.tree.place.span(self.tree.file, raw.start, raw.end)
    }

    /// Its bytes in the text of its tree.
    pub(super) fn own_range(self) -> std::ops::Range<usize> {
        let raw = self.raw();
        raw.start as usize..raw.end as usize
    }

    /// What it is, scalars resolved as Kubernetes resolves them.
    pub fn shape(self) -> Shape {
        match self.style() {
            Style::BlockSeq | Style::FlowSeq => Shape::Seq,
            Style::BlockMap | Style::FlowMap => Shape::Map,
            _ if self.is_null() => Shape::Null,
            _ => Shape::Scalar,
        }
    }

    /// Whether nothing, `~` or `null` is written.
    #[inline]
    pub fn is_null(self) -> bool {
        let raw = self.raw();
        // No word for null is longer than `null`, and most values are.
        if raw.tag == Tag::None && (raw.style != Style::Empty && raw.end - raw.start > 4) {
            return false;
        }
        self.is_written_null(raw)
    }

    fn is_written_null(self, raw: RawNode) -> bool {
        match (raw.tag, raw.style) {
            (Tag::Null, style) => style.is_scalar(),
            (Tag::None, Style::Empty) => true,
            (Tag::None, Style::Plain) => self.text().is_some_and(scalar::is_null),
            // A number or boolean that is null; nothing resolves to it but these styles.
            (Tag::Int | Tag::Float | Tag::Bool, style) => {
                style.is_scalar() && self.scalar() == Some(Scalar::Null)
            }
            _ => false,
        }
    }

    /// Whether it is a mapping.
    pub fn is_map(self) -> bool {
        self.style().is_map()
    }

    /// Whether it is a list.
    pub fn is_seq(self) -> bool {
        self.style().is_seq()
    }

    /// The characters of a scalar whatever its type (`80`, `yes`, `"80"`), escapes and folding undone; `None` for lists and mappings.
    #[inline]
    pub fn text(self) -> Option<&'a str> {
        text_of(&self.tree.text, &self.tree.values, &self.raw(), self.at)
    }

    /// The scalar with its type, as `sigs.k8s.io/yaml` resolves it; `None` for lists and mappings.
    pub fn scalar(self) -> Option<Scalar<'a>> {
        let text = self.text()?;
        let raw = self.raw();
        Some(match raw.tag {
            Tag::None => match raw.style {
                Style::Empty => Scalar::Null,
                Style::Plain => scalar::resolve(text),
                _ => Scalar::Str(text),
            },
            Tag::Str | Tag::Binary | Tag::Other => Scalar::Str(text),
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

    /// Whether a string is written, as [`as_str`](Self::as_str) has it: most of them show it by their first byte.
    #[inline]
    pub fn is_str(self) -> bool {
        let raw = self.raw();
        let first = || self.tree.text.as_bytes().get(raw.start as usize);
        match (raw.tag, raw.style) {
            (Tag::None, Style::Plain)
                if !raw.special && first().is_some_and(|byte| scalar::begins_text(*byte)) =>
            {
                true
            }
            _ => self.as_str().is_some(),
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
        let map = self.raw();
        if !map.style.is_map() {
            return None;
        }
        let (text, mut at, mut found) = (self.tree.text.as_bytes(), self.at + 1, None);
        while let Some((next, certain)) = self.tree.nodes.find_key(at, map.next, text, key.as_bytes()) {
            let value = self.tree.nodes.next(next);
            at = self.tree.nodes.next(value);
            if certain || Node::new(self.tree, next).text() == Some(key) {
                found = Some((Node::new(self.tree, next), Node::new(self.tree, value)));
                // Only of a mapping that is known to hold a key twice need all of it be looked at.
                if !map.special {
                    break;
                }
            }
        }
        found
    }

    /// Whether it is a mapping that holds a key twice.
    pub fn repeats_keys(self) -> bool {
        self.is_map() && self.raw().special
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
            Shape::Scalar => match self.scalar() {
                Some(Scalar::Str(text)) => write!(f, "{text:?}"),
                Some(Scalar::Bool(value)) => write!(f, "{value:?}"),
                Some(Scalar::Int(value)) => write!(f, "{value:?}"),
                Some(Scalar::Uint(value)) => write!(f, "{value:?}"),
                Some(Scalar::Float(value)) => write!(f, "{value:?}"),
                Some(Scalar::Null) | None => f.write_str("null"),
            },
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

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, at: self.at };
        self.at = self.tree.nodes.next(self.at);
        Some(node)
    }
}

/// The entries of a mapping, see [`Node::entries`].
#[derive(Clone, Copy)]
pub struct Entries<'a>(Items<'a>);

impl<'a> Iterator for Entries<'a> {
    type Item = (Node<'a>, Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some((self.0.next()?, self.0.next()?))
    }
}
