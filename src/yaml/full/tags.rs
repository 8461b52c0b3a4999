//! What tags make of scalars.

use granit_parser::Tag as Written;

use crate::yaml::problem::Failure;
use crate::yaml::scalar::{self, Scalar};
use crate::yaml::tree::{RawNode, Style, Tag};

const CORE: &str = "tag:yaml.org,2002:";

pub(super) fn of(written: &Written) -> Tag {
    let (handle, suffix) = written.parts();
    if (handle, suffix) == ("", "!") {
        return Tag::Str;
    }
    let name = if handle == CORE { Some(suffix) } else { suffix.strip_prefix(CORE) };
    match name {
        Some("str") => Tag::Str,
        Some("int") => Tag::Int,
        Some("float") => Tag::Float,
        Some("bool") => Tag::Bool,
        Some("null") => Tag::Null,
        Some("binary") => Tag::Binary,
        _ => Tag::Other,
    }
}

/// Refuses a scalar that is not what its tag says, as go-yaml does.
pub(super) fn check(tag: Tag, value: &str, at: usize) -> Result<(), Failure> {
    let fits = match (tag, scalar::resolve(value)) {
        (Tag::Int, found) => matches!(found, Scalar::Int(_) | Scalar::Uint(_)),
        (Tag::Float, found) => matches!(found, Scalar::Float(_) | Scalar::Int(_)),
        (Tag::Bool, found) => matches!(found, Scalar::Bool(_)),
        (Tag::Null, found) => matches!(found, Scalar::Null),
        _ => true,
    };
    if fits { Ok(()) } else { Err(Failure::syntax(at, "this is not what its tag says it is")) }
}

pub(super) fn is_null(node: RawNode, text: &str) -> bool {
    match node.tag {
        Tag::Null => true,
        Tag::None => node.style == Style::Empty || (node.style == Style::Plain && scalar::is_null(text)),
        _ => false,
    }
}

/// The string that base64 stands for; bytes that are no text are replaced, as Kubernetes' JSON replaces them.
pub(super) fn decode(value: &str, at: usize) -> Result<String, Failure> {
    let bytes =
        base64(value).ok_or_else(|| Failure::syntax(at, "this is tagged `!!binary` but is not base64"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The bytes of standard base64 with padding; line breaks count as nothing.
fn base64(value: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = value.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let padding = digits.iter().rev().take_while(|&&byte| byte == b'=').count();
    let written = digits.len().checked_sub(padding).filter(|_| padding <= 2)?;
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for group in digits[..written].chunks(4) {
        let mut bits = 0u32;
        for &digit in group {
            bits = bits << 6 | sextet(digit)?;
        }
        bits <<= 6 * (4 - group.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn decodes_base64() {
        let table: [(&str, Option<&[u8]>); 8] = [
            ("", Some(b"")),
            ("aGk=", Some(b"hi")),
            ("aGVs\nbG8=\n", Some(b"hello")),
            ("YQ==", Some(b"a")),
            ("/+8A", Some(&[0xff, 0xef, 0])),
            ("YQ", None),
            ("Y===", None),
            ("a-b_", None),
        ];
        for (text, bytes) in table {
            assert_eq!(base64(text).as_deref(), bytes, "{text}");
        }
    }
}
