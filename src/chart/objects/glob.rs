//! The patterns of `.Files.Glob` (gobwas/glob, with `/` between names), as regular expressions.

use regex::Regex;

/// The expression for a pattern; `None` for one that cannot be read.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    let mut signs = pattern.chars().peekable();
    let (mut out, mut open) = (String::from("(?s)^"), 0usize);
    while let Some(sign) = signs.next() {
        match sign {
            '*' if signs.peek() == Some(&'*') => {
                while signs.next_if_eq(&'*').is_some() {}
                out += ".*";
            }
            '*' => out += "[^/]*",
            '?' => out += "[^/]",
            '\\' => literal(&mut out, signs.next()?),
            '[' => class(&mut out, &mut signs)?,
            '{' => {
                open += 1;
                out += "(?:";
            }
            '}' if open > 0 => {
                open -= 1;
                out.push(')');
            }
            ',' if open > 0 => out.push('|'),
            _ => literal(&mut out, sign),
        }
    }
    out.push('$');
    if open > 0 { None } else { Regex::new(&out).ok() }
}

fn literal(out: &mut String, sign: char) {
    *out += &regex::escape(sign.encode_utf8(&mut [0; 4]));
}

fn class(out: &mut String, signs: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<()> {
    *out += if signs.next_if_eq(&'!').is_some() { "[^" } else { "[" };
    let mut some = false;
    loop {
        match signs.next()? {
            ']' if some => break,
            ']' => return None,
            '\\' => literal(out, signs.next()?),
            '-' if some && signs.peek().is_some_and(|next| *next != ']') => out.push('-'),
            sign => literal(out, sign),
        }
        some = true;
    }
    out.push(']');
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_gobwas() {
        let fits = |pattern: &str, path: &str| compile(pattern).unwrap().is_match(path);
        assert!(fits("a/*.yaml", "a/b.yaml") && !fits("a/*.yaml", "a/b/c.yaml"));
        assert!(fits("a/**", "a/b/c") && fits("**.yaml", "a/b.yaml") && !fits("a/**", "a"));
        assert!(fits("{a,b}/[a-c]?.x", "b/cz.x") && !fits("[!a]b", "ab"));
        assert!(fits("a\\*b", "a*b") && fits("a+b.c", "a+b.c") && !fits("a.c", "abc"));
        assert!(compile("[a").is_none() && compile("{a").is_none());
    }
}
