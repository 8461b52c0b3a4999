//! YAML as Kubernetes reads it, in a tree whose every node knows its bytes.

mod node;
pub mod scalar;

pub use node::{Document, Entries, Items, Node, Problem, ProblemKind, Shape, Style, Tag, Tree};
pub use scalar::Scalar;

use crate::source::{FileId, Text};

/// Reads every document of a text. Never fails: what cannot be read is among [`Tree::problems`], and the documents
/// behind it are read all the same.
pub fn parse(file: FileId, text: Text) -> Tree {
    Tree { file, text, nodes: vec![], owned: vec![], documents: vec![], problems: vec![] }
}
