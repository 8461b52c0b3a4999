//! What granit complains about, in plain words and at the place to look at.

use granit_parser::{ErrorKind, ScanError};

use crate::yaml::problem::Failure;
use crate::yaml::scan;

/// The failure that an error at an offset is; the last token before it that was understood ends at `cursor`.
pub(super) fn failure(error: &ScanError, at: usize, text: &str, cursor: usize) -> Failure {
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => Failure::limit(at, "this is nested more than 255 levels deep"),
        ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::UnclosedQuotedScalar => {
            let quote = opening_quote(text.as_bytes(), cursor, at).unwrap_or(at);
            Failure::syntax(
                quote,
                "this quote is not closed, or its text goes on in a line that is not indented",
            )
        }
        // Told of the text before it, which could have gone on in the next line.
        ErrorKind::TabInPlainScalar => Failure::syntax(next_tab(text, at), TAB),
        kind => Failure::syntax(at, words(kind, text, at)),
    }
}

const TAB: &str = "a tab is used for indentation; YAML takes spaces only";

fn next_tab(text: &str, at: usize) -> usize {
    text[at..].find('\t').map_or(at, |tab| at + tab)
}

/// The last quote before an error at which a scalar can begin.
fn opening_quote(bytes: &[u8], cursor: usize, error: usize) -> Option<usize> {
    let mut at = cursor;
    while at < error {
        at = scan::skip_space_and_comments(bytes, at);
        match bytes.get(at)? {
            b'"' | b'\'' if at < error => return Some(at),
            b'-' | b':' | b'?' | b',' | b'[' | b'{' => at += 1,
            _ => at = next_token(bytes, at),
        }
    }
    (bytes.get(at).is_some_and(|byte| matches!(byte, b'"' | b'\''))).then_some(at)
}

fn next_token(bytes: &[u8], at: usize) -> usize {
    let separator = |byte: &u8| matches!(byte, b' ' | b'\n' | b'[' | b'{' | b',');
    bytes[at..].iter().skip(1).position(separator).map_or(bytes.len(), |found| at + 1 + found)
}

fn words(kind: &ErrorKind, text: &str, at: usize) -> String {
    let plain = match kind {
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => TAB,
        ErrorKind::TabAtBlockScalarStart => "the text of a block begins with a tab; YAML takes spaces only",
        ErrorKind::MappingValueNotAllowed => {
            "unexpected `:`: the line before is indented differently, has no key, or lacks quotes"
        }
        ErrorKind::SimpleKeyExpected => "a `:` with a space behind it is missing after this key",
        ErrorKind::ExpectedBlockMappingKey => "expected a key here: the indentation matches no line above",
        ErrorKind::ExpectedBlockSequenceEntry => {
            "expected a `- ` here: the indentation is that of the list above"
        }
        ErrorKind::BlockSequenceEntryNotAllowed => "a list cannot begin here; put it in a line of its own",
        ErrorKind::MisplacedFlowCollectionEnd => "this bracket was never opened",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => "this bracket is not closed",
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return format!("this `{open}` is closed by a `{close}`");
        }
        ErrorKind::ExpectedFlowMappingSeparator => "expected a `,` or a `}` here",
        ErrorKind::ExpectedFlowSequenceSeparator => "expected a `,` or a `]` here",
        ErrorKind::InvalidColonPlacement => {
            "unexpected `:`: a bracket above is not closed, or a `,` is missing"
        }
        ErrorKind::InvalidFlowScalarIndent => "this is inside brackets and must be indented more",
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "there is more text behind the closing quote"
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            "unknown escape in a double-quoted text; `\\\\` stands for a backslash"
        }
        ErrorKind::InvalidQuotedScalarHexEscape | ErrorKind::InvalidUnicodeEscape => {
            "an escape in this text needs hexadecimal digits of a character"
        }
        ErrorKind::InvalidBlockScalarHeader => {
            "nothing but `-`, `+`, a digit or a comment may follow `|` or `>`"
        }
        ErrorKind::UnknownAnchor => "this alias has no anchor before it in the document",
        ErrorKind::UnexpectedCharacter { character } => return unexpected(*character),
        ErrorKind::BomInsideDocument => "a byte order mark stands inside the text",
        ErrorKind::ExpectedDocumentStart | ErrorKind::InvalidDocumentEnd => {
            "expected the end of the document or a line of `---` here"
        }
        ErrorKind::ExpectedNodeContent | ErrorKind::UnexpectedEofBlockMapping => "expected a value here",
        _ => return other(kind, text, at),
    };
    plain.to_string()
}

fn unexpected(character: char) -> String {
    match character {
        '@' | '`' | '%' => format!("a text cannot begin with `{character}` unless it is quoted"),
        c if c.is_control() => format!("the control character U+{:04X} is not allowed", u32::from(c)),
        c => format!("`{c}` is not allowed here"),
    }
}

/// Its own words, in lowercase.
fn other(kind: &ErrorKind, text: &str, at: usize) -> String {
    if at >= text.len() && text.trim_end().is_empty() {
        return "nothing is written here".to_string();
    }
    let said = kind.to_string();
    let said = said.rsplit_once(", ").map_or(said.as_str(), |(_, last)| last);
    format!("this is not YAML: {said}")
}
