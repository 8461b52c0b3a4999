//! `camelcase`, `snakecase`, `kebabcase`, as xstrings 1.5 divides names into words.

use super::unicode::{is_letter, is_number, is_punct, is_upper, to_lower, to_upper};
use crate::template::{Functions, Param, Signature};

const ONE: Signature = Signature::fixed(&[Param::Str]);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("camelcase", ONE, |_, args| Ok(camel(&args.str(0)).into()));
    functions.add("snakecase", ONE, |_, args| Ok(parted(&args.str(0), '_').into()));
    functions.add("kebabcase", ONE, |_, args| Ok(parted(&args.str(0), '-').into()));
}

fn is_connector(char: char) -> bool {
    char == '-' || char == '_' || char.is_whitespace()
}

/// `some_words` to `SomeWords`. Connectors in front stay, and the second of two.
fn camel(text: &str) -> String {
    let start = text.find(|char| !is_connector(char)).unwrap_or(text.len());
    let mut out = text[..start].to_string();
    let mut chars = text[start..].chars();
    let Some(first) = chars.next() else {
        // The library writes the last one twice where nothing follows.
        out.extend(text.chars().next_back());
        return out;
    };
    let mut upper_word = is_upper(first);
    let mut before = to_upper(first);
    for char in chars {
        let mut char = char;
        match (is_connector(before), is_connector(char)) {
            (true, true) => out.push(before),
            (true, false) => {
                upper_word = is_upper(char);
                char = to_upper(char);
            }
            (false, _) => {
                if upper_word && is_upper(char) {
                    char = to_lower(char);
                } else {
                    upper_word = false;
                }
                out.push(before);
            }
        }
        before = char;
    }
    out.push(before);
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The end.
    None,
    Number,
    Upper,
    Letters,
    Connector,
    Punctuation,
    Other,
}

struct Words<'t> {
    rest: &'t str,
    out: String,
    connector: char,
}

impl<'t> Words<'t> {
    /// The next word and its kind.
    fn next(&mut self) -> (Kind, &'t str) {
        let (kind, end) = word(self.rest);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (kind, word)
    }

    fn push(&mut self, kind: Kind, word: &str) {
        match kind {
            Kind::Connector => self.out.extend(word.chars().map(|_| self.connector)),
            _ => self.out.extend(word.chars().map(to_lower)),
        }
    }

    /// Words of small letters and numbers that belong to the number before them; gives the one behind.
    fn rest_of_number(&mut self, mut next: (Kind, &'t str)) -> (Kind, &'t str) {
        while matches!(next.0, Kind::Letters | Kind::Number) {
            self.push(next.0, next.1);
            next = self.next();
        }
        if !matches!(next.0, Kind::None | Kind::Punctuation | Kind::Connector) {
            self.out.push(self.connector);
        }
        next
    }

    /// What follows a word of letters.
    fn after_letters(&mut self, next: (Kind, &'t str)) -> (Kind, &'t str) {
        let parts = |kind| !matches!(kind, Kind::Connector | Kind::Punctuation);
        if next.0 != Kind::Number {
            if parts(next.0) {
                self.out.push(self.connector);
            }
            return next;
        }
        if self.rest.is_empty() {
            return next;
        }
        let number = next.1;
        let next = self.next();
        if next.0 != Kind::Letters {
            self.push(Kind::Number, number);
            if parts(next.0) {
                self.out.push(self.connector);
            }
            return next;
        }
        self.out.push(self.connector);
        self.push(Kind::Number, number);
        self.rest_of_number(next)
    }
}

/// `HTTPServer` to `http_server`, `Bld4Floor3rd` to `bld4_floor_3rd`.
fn parted(text: &str, connector: char) -> String {
    let mut words = Words { rest: text, out: String::new(), connector };
    let mut current = words.next();
    while !words.rest.is_empty() {
        if current.0 != Kind::Connector {
            words.push(current.0, current.1);
        }
        let before = current;
        current = words.next();
        current = match before.0 {
            Kind::Number => words.rest_of_number(current),
            Kind::Connector => {
                words.push(before.0, before.1);
                current
            }
            Kind::Punctuation => current,
            _ => words.after_letters(current),
        };
    }
    words.push(current.0, current.1);
    words.out
}

/// The kind of the first word, and where it ends.
fn word(text: &str) -> (Kind, usize) {
    let Some(first) = text.chars().next() else { return (Kind::None, 0) };
    let run = |belongs: &dyn Fn(char) -> bool| text.find(|char| !belongs(char)).unwrap_or(text.len());
    let small = |char: char| is_letter(char) && !is_upper(char);
    if is_connector(first) {
        (Kind::Connector, run(&is_connector))
    } else if is_punct(first) {
        (Kind::Punctuation, run(&is_punct))
    } else if is_upper(first) {
        (Kind::Upper, upper_word(text, first, &small))
    } else if is_letter(first) {
        (Kind::Letters, run(&small))
    } else if is_number(first) {
        (Kind::Number, run(&is_number))
    } else {
        let other =
            |char: char| !is_connector(char) && !is_letter(char) && !is_number(char) && !is_punct(char);
        (Kind::Other, run(&other))
    }
}

/// A capital and what follows: small letters, or more capitals, of which the last begins the next word where small
/// letters follow it.
fn upper_word(text: &str, first: char, small: &dyn Fn(char) -> bool) -> usize {
    let rest = &text[first.len_utf8()..];
    if !rest.starts_with(is_upper) {
        return first.len_utf8() + rest.find(|char| !small(char)).unwrap_or(rest.len());
    }
    let end = text.find(|char| !is_upper(char)).unwrap_or(text.len());
    match text[end..].chars().next() {
        Some(next) if is_letter(next) => end - text[..end].chars().next_back().map_or(0, char::len_utf8),
        _ => end,
    }
}
