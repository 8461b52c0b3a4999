//! YAML as Kubernetes reads it, in a tree whose every node knows its bytes.

mod arena;
mod draft;
mod duplicates;
mod embedded;
mod fast;
mod full;
mod node;
mod problem;
pub mod scalar;
mod scan;
mod split;
mod template;
mod tree;
mod values;

pub use embedded::parse_embedded;
pub use node::{Entries, Items, Node, Shape};
pub use problem::{Problem, ProblemKind};
pub use scalar::Scalar;
pub use tree::{Document, Place, Style, Tag, Tree};

use crate::source::{FileId, Text};

use self::draft::{Draft, MAX_TEXT};
use self::fast::Unusual;
use self::problem::Failure;
use self::split::{Piece, Pieces};

/// Reads every document of a text. Never fails: what cannot be read is among [`Tree::problems`], and the documents
/// behind it are read all the same.
pub fn parse(file: FileId, text: Text) -> Tree {
    read(file, text, true)
}

/// [`parse`] without the reader of the common shape, to compare the two.
#[doc(hidden)]
pub fn parse_full_only(file: FileId, text: Text) -> Tree {
    read(file, text, false)
}

fn read(file: FileId, text: Text, fast: bool) -> Tree {
    let shared = Text::clone(&text);
    let mut draft = Draft::new(file, &shared);
    if text.len() > MAX_TEXT {
        draft.broken(Failure::limit(0, "the file is larger than 2 GiB"), 0, text.len());
    } else {
        read_pieces(&mut draft, fast);
        drop_trailing_empty(&mut draft);
    }
    draft.finish(text)
}

fn read_pieces(draft: &mut Draft<'_>, fast: bool) {
    let mut pieces = Pieces::new(draft.text);
    while let Some(piece) = pieces.next() {
        let read = if fast { fast::read(draft, piece) } else { Err(Unusual) };
        match read {
            // What stands before the first `---` is a document only when it holds something.
            Ok(None) if !piece.marked => {}
            Ok(root) => draft.document(root, piece.body, piece.end, true),
            Err(Unusual) => read_fully(draft, piece, &mut pieces),
        }
    }
}

fn read_fully(draft: &mut Draft<'_>, piece: Piece, pieces: &mut Pieces<'_>) {
    let mut end = piece.end;
    // Directives stand before the `---` of the document that they are for.
    while split::ends_in_directive(&draft.text[piece.start..end]) {
        let Some(next) = pieces.next() else { break };
        end = next.end;
    }
    full::read(draft, piece.start, end);
}

/// A file that ends in `---` does not hold an empty document behind it.
fn drop_trailing_empty(draft: &mut Draft<'_>) {
    if draft.documents.last().is_some_and(|last| last.root.is_none() && !last.broken) {
        draft.documents.pop();
    }
}

#[cfg(test)]
mod tests;
