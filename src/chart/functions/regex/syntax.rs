//! From Go's syntax of regular expressions to that of the crate `regex`.
//!
//! Both come from RE2. They differ in the classes of Perl, which are ASCII in Go, in braces that are no repetition, in
//! operators between classes, which Go does not have, and in a few escapes.

/// The same expression in the crate's syntax; or what Go does not know in it.
pub(super) fn translate(pattern: &str) -> Result<String, &'static str> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        rest = match char {
            '\\' => escape(after, &mut out, false)?,
            '[' => class(after, &mut out)?,
            '{' if !is_repetition(after) => {
                out.push_str(r"\{");
                after
            }
            '(' if ["?=", "?!", "?<=", "?<!"].iter().any(|look| after.starts_with(look)) => {
                return Err("it looks ahead or behind, which Go does not know");
            }
            _ => {
                out.push(char);
                after
            }
        };
    }
    Ok(out)
}

/// Whether what follows `{` makes it a repetition: `2}`, `2,}`, `2,3}`.
fn is_repetition(after: &str) -> bool {
    let Some((inner, _)) = after.split_once('}') else { return false };
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && number(least) && number(most)
}

/// An escape, behind its backslash; gives what is left.
fn escape<'p>(after: &'p str, out: &mut String, in_class: bool) -> Result<&'p str, &'static str> {
    let Some(char) = after.chars().next() else { return Err("it ends in a backslash") };
    let rest = &after[char.len_utf8()..];
    let perl = match char {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        's' => r"[\t\n\f\r ]",
        'S' => r"[^\t\n\f\r ]",
        'w' => "[0-9A-Za-z_]",
        'W' => "[^0-9A-Za-z_]",
        'b' if !in_class => r"(?-u:\b)",
        'B' if !in_class => r"(?-u:\B)",
        _ => "",
    };
    if !perl.is_empty() {
        out.push_str(perl);
        return Ok(rest);
    }
    match char {
        'Q' if !in_class => {
            let (quoted, rest) = rest.split_once(r"\E").unwrap_or((rest, ""));
            out.push_str(&regex::escape(quoted));
            Ok(rest)
        }
        '1'..='7' if !rest.starts_with(|next: char| ('0'..='7').contains(&next)) => {
            Err("it refers back to a group, which Go does not know")
        }
        '0'..='7' => {
            let digits = after.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let code = u32::from_str_radix(&after[..digits], 8).unwrap_or(0);
            out.push_str(&format!(r"\x{{{code:x}}}"));
            Ok(&after[digits..])
        }
        'x' | 'p' | 'P' if rest.starts_with('{') => {
            let end = rest.find('}').map_or(rest.len(), |end| end + 1);
            out.push_str(&after[..1 + end]);
            out.insert(out.len() - 1 - end, '\\');
            Ok(&rest[end..])
        }
        'a' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' | 'p' | 'P' => {
            out.push('\\');
            out.push(char);
            Ok(rest)
        }
        'A' | 'z' if !in_class => {
            out.push('\\');
            out.push(char);
            Ok(rest)
        }
        'C' if !in_class => {
            out.push_str(r"(?s-u:.)");
            Ok(rest)
        }
        char if char.is_ascii_alphanumeric() || !char.is_ascii() => {
            Err("it has an escape that Go does not know")
        }
        char => {
            out.push_str(&regex::escape(char.encode_utf8(&mut [0; 4])));
            if matches!(char, '-' | '&' | '~') && out.ends_with(char) && !out.ends_with(&format!("\\{char}"))
            {
                out.pop();
                out.push('\\');
                out.push(char);
            }
            Ok(rest)
        }
    }
}

/// A class, behind its bracket.
fn class<'p>(after: &'p str, out: &mut String) -> Result<&'p str, &'static str> {
    out.push('[');
    let mut rest = after;
    if let Some(inner) = rest.strip_prefix('^') {
        out.push('^');
        rest = inner;
    }
    let mut first = true;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        rest = match char {
            ']' if !first => {
                out.push(']');
                return Ok(after);
            }
            '\\' => escape(after, out, true)?,
            '[' if after.starts_with(':') && after.contains(":]") => {
                let end = after.find(":]").map_or(0, |end| end + 2);
                out.push('[');
                out.push_str(&after[..end]);
                &after[end..]
            }
            '[' | ']' | '&' | '~' => {
                out.push('\\');
                out.push(char);
                after
            }
            '-' if first || after.starts_with(']') => {
                out.push_str(r"\-");
                after
            }
            _ => {
                out.push(char);
                after
            }
        };
        first = false;
    }
    Err("a `]` is missing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_translated() {
        let cases = [
            (r"\d+\.", r"[0-9]+\."),
            (r"[\w.-]", r"[[0-9A-Za-z_].\-]"),
            ("a{2,3}b{x}", r"a{2,3}b\{x}"),
            ("[[a]", r"[\[a]"),
            ("[]a]", r"[\]a]"),
            (r"\Qa.b\E.", r"a\.b."),
            ("[[:alpha:]&&]", r"[[:alpha:]\&\&]"),
            (r"\$", r"\$"),
        ];
        for (go, rust) in cases {
            assert_eq!(translate(go).as_deref(), Ok(rust), "{go}");
            assert!(regex::bytes::Regex::new(rust).is_ok(), "{rust}");
        }
        for wrong in [r"\y", "(?=a)", "[a", r"\", r"(a)\1"] {
            assert!(translate(wrong).is_err(), "{wrong}");
        }
    }
}
