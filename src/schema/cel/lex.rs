//! The words of a rule.

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'r> {
    /// A name or a keyword.
    Word(&'r str),
    /// A whole number.
    Int(i64),
    /// A text, its quotes and escapes undone.
    Text(String),
    /// An operator, a bracket, a comma.
    Sign(&'static str),
}

/// Longer ones before those that they begin with.
const SIGNS: &[&str] = &[
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", "{", "}", ",", ".", "?", ":", "+",
    "-",
];

/// A rule's words; nothing if one of them is not known here.
pub(super) fn tokens(rule: &str) -> Option<Vec<Token<'_>>> {
    let mut made = vec![];
    let mut rest = rule.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, behind) = match first {
            '"' | '\'' => text(rest, false)?,
            'r' | 'R' if rest[1..].starts_with(['"', '\'']) => text(&rest[1..], true)?,
            '0'..='9' => int(rest)?,
            _ if is_of_word(first) => {
                let (word, behind) = split(rest, is_of_word);
                // `b"bytes"`, `rb"bytes"`
                if behind.starts_with(['"', '\'']) {
                    return None;
                }
                (Token::Word(word), behind)
            }
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
                (Token::Sign(sign), &rest[sign.len()..])
            }
        };
        made.push(token);
        rest = behind.trim_start();
    }
    Some(made)
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn split(text: &str, is_inside: fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_inside(c)).unwrap_or(text.len()))
}

/// A decimal number; those with a point, an exponent, a suffix or another base are not known.
fn int(text: &str) -> Option<(Token<'_>, &str)> {
    let (digits, behind) = split(text, |c| c.is_ascii_digit());
    let is_other = behind.starts_with(is_of_word) || behind.starts_with('.');
    if is_other { None } else { Some((Token::Int(digits.parse().ok()?), behind)) }
}

/// A text in one or in three quotes.
fn text(text: &str, is_raw: bool) -> Option<(Token<'_>, &str)> {
    let one = &text[..1];
    let quotes = &text[..if text[1..].starts_with(&one.repeat(2)) { 3 } else { 1 }];
    let mut made = String::new();
    let mut rest = &text[quotes.len()..];
    loop {
        if let Some(behind) = rest.strip_prefix(quotes) {
            return Some((Token::Text(made), behind));
        }
        let mut letters = rest.chars();
        match letters.next()? {
            '\\' if !is_raw => made.push(escaped(letters.next()?)?),
            letter => made.push(letter),
        }
        rest = letters.as_str();
    }
}

/// What a letter behind a backslash stands for; numbers are not known.
fn escaped(letter: char) -> Option<char> {
    Some(match letter {
        '\\' | '"' | '\'' | '`' | '?' => letter,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => return None,
    })
}
