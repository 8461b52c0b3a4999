//! Undoes escapes and line folding in quoted scalars. `None` is for what is left to the full parser.

/// The value of what stands between `'` and `'`.
pub(super) fn single(inner: &str, out: &mut String) -> Option<()> {
    let mut rest = inner;
    while let Some(at) = rest.find(['\'', '\n']) {
        out.push_str(&rest[..at]);
        rest = if rest.as_bytes()[at] == b'\n' {
            fold(&rest[at..], rest[..at].len(), out)
        } else {
            out.push('\'');
            // The second of the pair.
            &rest[at + 2..]
        };
    }
    out.push_str(rest);
    Some(())
}

/// The value of what stands between `"` and `"`.
pub(super) fn double(inner: &str, out: &mut String) -> Option<()> {
    let mut rest = inner;
    while let Some(at) = rest.find(['\\', '\n']) {
        out.push_str(&rest[..at]);
        rest = if rest.as_bytes()[at] == b'\n' {
            fold(&rest[at..], at, out)
        } else {
            escape(&rest[at + 1..], out)?
        };
    }
    out.push_str(rest);
    Some(())
}

/// Folds the line breaks that a text begins with, and the blanks around them. Of what was written last, `loose` bytes
/// are no escape and lose the blanks at their end.
fn fold<'t>(text: &'t str, loose: usize, out: &mut String) -> &'t str {
    let kept = out.len() - loose;
    let trimmed = out[kept..].trim_end_matches([' ', '\t', '\r']).len();
    out.truncate(kept + trimmed);
    let rest = text.trim_start_matches([' ', '\t', '\r', '\n']);
    let breaks = text[..text.len() - rest.len()].matches('\n').count();
    super::plain::push_breaks(out, breaks - 1);
    rest
}

/// Undoes the escape whose backslash stands before a text; gives what is behind it.
fn escape<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let sign = *text.as_bytes().first()?;
    let digits = match sign {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        b'\n' | b'\r' => return escaped_break(text),
        _ => {
            out.push(named(sign)?);
            return Some(&text[1..]);
        }
    };
    let written = text.get(1..=digits)?;
    if !written.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    // Halves of a surrogate pair are no character.
    out.push(char::from_u32(u32::from_str_radix(written, 16).ok()?)?);
    Some(&text[1 + digits..])
}

/// An escaped line break is nothing, and neither are the blanks behind it.
fn escaped_break(text: &str) -> Option<&str> {
    let line = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))?;
    let rest = line.trim_start_matches([' ', '\t']);
    (!rest.starts_with(['\r', '\n'])).then_some(rest)
}

fn named(sign: u8) -> Option<char> {
    Some(match sign {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' | b'"' | b'/' | b'\\' => char::from(sign),
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{double, single};

    fn undone(undo: fn(&str, &mut String) -> Option<()>, text: &str) -> Option<String> {
        let mut out = "kept ".to_string();
        undo(text, &mut out)?;
        Some(out.strip_prefix("kept ").expect("what was there stays").to_string())
    }

    #[test]
    fn undoes_single_quotes() {
        for (text, value) in
            [("a''b", "a'b"), ("a \n  b", "a b"), ("a\n\n b\r\n\r\n\r\nc", "a\nb\n\nc"), ("\n", " ")]
        {
            assert_eq!(undone(single, text).as_deref(), Some(value), "{text:?}");
        }
    }

    #[test]
    fn undoes_escapes() {
        let table = [
            (r#"a\"b\\c\/d"#, Some("a\"b\\c/d")),
            (r"\t\n\x41\u00e9\U0001F600", Some("\t\n\u{41}é😀")),
            ("a\\\n   b", Some("ab")),
            ("a\\\n   \\  b", Some("a  b")),
            ("a\\ \n b", Some("a  b")),
            ("a\\\n\n b", None),
            (r"\q", None),
            (r"\ud83d\ude00", None),
            (r"\x4", None),
            (r"\x+1", None),
        ];
        for (text, value) in table {
            assert_eq!(undone(double, text).as_deref(), value, "{text:?}");
        }
    }
}
