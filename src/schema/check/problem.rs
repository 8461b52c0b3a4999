//! What is wrong with a value.

use crate::source::Span;
use crate::yaml::Node;

/// The sorts of problems; each is a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A field that the kind does not have.
    UnknownField,
    /// A text where a list belongs, and the like.
    WrongType,
    /// A field that has to be there.
    MissingField,
    /// A value out of its limits.
    InvalidValue,
    /// Fields that exclude each other, or of which one has to be there.
    ConflictingFields,
    /// Items of a list with the same key.
    DuplicateEntry,
    /// A rule of the definition that does not hold.
    FailedValidation,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// Of which sort.
    pub class: Class,
    /// Where: the offending key or value.
    pub node: Node<'a>,
    /// What is wrong, in one line.
    pub message: String,
    /// Whether whoever reads the document ignores a field for it, rather than to refuse the whole.
    pub ignored: bool,
    /// A few words about the place; may be empty.
    pub label: String,
    /// What to do, a line each.
    pub help: Vec<String>,
    /// Other places that explain it.
    pub also: Vec<(Span, &'static str)>,
    /// The text to write in place of a span, and what that does, where one answer is right.
    pub fix: Option<(Span, String, String)>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(class: Class, node: Node<'a>, message: impl Into<String>) -> Self {
        let message = message.into();
        let ignored = false;
        Self { class, node, message, ignored, label: String::new(), help: vec![], also: vec![], fix: None }
    }

    pub(super) fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}
