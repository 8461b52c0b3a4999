//! YAML in a scalar of YAML, as ConfigMaps and annotations have it.

use std::sync::Arc;

use crate::source::Span;

use super::{Node, Place, Style, Tree, parse};

/// Reads the text of a scalar; `None` for what is no scalar. Where the text stands in the file as it is but for its
/// indentation, every node of the tree has its own place there, else the place of the scalar.
pub fn parse_embedded(node: Node<'_>) -> Option<Tree> {
    let text = node.text()?;
    let whole = node.span();
    let written = node.tree().text().get(node.own_range())?;
    let (start, inner) = match as_written(node.style(), written, text) {
        Some((start, inner)) => (Some(start), inner),
        None => (None, text),
    };
    let mut tree = parse(whole.file, Arc::new(inner.to_owned()));
    tree.put(match (start, node.tree().place) {
        (Some(start), Place::From(_)) => Place::From(whole.start + start as u32),
        // A scalar of many lines is pointed at where it begins.
        _ => {
            let line = written.lines().next().map_or(0, str::len) as u32;
            Place::Within(Span { end: whole.end.min(whole.start + line), ..whole })
        }
    });
    Some(tree)
}

/// The part of what is written that reads as the scalar's text does, and where it begins.
fn as_written<'t>(style: Style, written: &'t str, text: &str) -> Option<(usize, &'t str)> {
    match style {
        Style::Plain => (written == text).then_some((0, written)),
        Style::SingleQuoted | Style::DoubleQuoted => {
            let inner = written.get(1..written.len().checked_sub(1)?)?;
            (inner == text).then_some((1, inner))
        }
        Style::Literal => {
            let start = written.find('\n')? + 1;
            is_indented(&written[start..], text).then(|| (start, &written[start..]))
        }
        _ => None,
    }
}

/// Whether lines are those of a text, each with the same indentation. What begins a document or a directive does so at
/// the beginning of a line only, so that it must not be there.
fn is_indented(written: &str, text: &str) -> bool {
    let mut indentation = None;
    let mut lines = written.lines();
    text.lines().all(|line| {
        let Some(before) = lines.next().and_then(|written| written.strip_suffix(line)) else { return false };
        let blank = before.bytes().all(|byte| byte == b' ');
        if line.is_empty() {
            return blank;
        }
        let same = *indentation.get_or_insert(before.len()) == before.len();
        blank && same && !["---", "...", "%"].iter().any(|mark| line.starts_with(mark))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// What the spans of all keys of the text under `a` cover, and what the keys are.
    fn keys(text: &str) -> Vec<(String, String)> {
        let outer = parse(FileId::new(0), Arc::new(text.to_owned()));
        let root = outer.root(&outer.documents[0]).unwrap();
        let inner = parse_embedded(root.get("a").unwrap()).unwrap();
        let root = inner.root(&inner.documents[0]).unwrap();
        let covered = |node: Node<'_>| text[node.span().range()].to_owned();
        root.entries().map(|(key, _)| (covered(key), key.text().unwrap().to_owned())).collect()
    }

    fn twice(text: &str) -> (String, String) {
        (text.to_owned(), text.to_owned())
    }

    #[test]
    fn text_that_is_written_as_it_is_has_places() {
        assert_eq!(keys("a: |-\n  b: 1\n\n  c:\n    - d\n"), [twice("b"), twice("c")]);
        assert_eq!(keys("x: 1\na: \"{b: 1, c: 2}\"\n"), [twice("b"), twice("c")]);
        assert_eq!(keys("a: '\u{fc}: 1'\n"), [twice("\u{fc}")]);
    }

    #[test]
    fn other_text_has_the_place_of_the_scalar() {
        let folded = ">-\n  b: 1\n\n  c: 2\n";
        assert_eq!(keys(&format!("a: {folded}"))[0].1, "b");
        assert_eq!(
            keys("a: \"b: 1\\nc: 2\""),
            [("\"b: 1\\nc: 2\"".to_owned(), "b".to_owned()), ("\"b: 1\\nc: 2\"".to_owned(), "c".to_owned()),]
        );
        assert_eq!(keys("a: |\n  ---\n  b: 1\n"), [("|".to_owned(), "b".to_owned())]);
    }
}
