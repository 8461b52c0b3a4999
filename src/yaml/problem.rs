//! What is wrong with a text before it means anything.

use crate::source::Span;

/// A place that cannot be read, or reads otherwise than it looks.
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

/// Why a document cannot be read, before the document is given up for it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) kind: ProblemKind,
    /// Offset of the place in the whole text.
    pub(super) at: usize,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn syntax(at: usize, message: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Syntax, at, message: message.into() }
    }

    pub(super) fn limit(at: usize, message: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Limit, at, message: message.into() }
    }

    pub(super) fn template(at: usize) -> Self {
        let message = "this document holds template actions; render it first";
        Self { kind: ProblemKind::Template, at, message: message.into() }
    }
}
