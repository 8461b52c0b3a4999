//! Rust text as far as the tidy checks need it: what is code, what is under test, which paths it names.

/// The text with comments, strings and characters blanked. Offsets and line breaks stay as they were.
pub(super) fn code_only(text: &str) -> String {
    let mut left = text;
    let mut code = String::with_capacity(text.len());
    while let Some(first) = left.chars().next() {
        let blank = if left.starts_with("//") {
            left.find('\n').unwrap_or(left.len())
        } else if left.starts_with("/*") {
            comment(left)
        } else if first == '\'' {
            character(left)
        } else if first == '"' {
            string(left)
        } else if first == 'r' {
            raw_string(left)
        } else {
            0
        };
        if blank == 0 {
            code.push(first);
            left = &left[first.len_utf8()..];
        } else {
            code.extend(left[..blank].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            left = &left[blank..];
        }
    }
    code
}

/// The length of the block comment at the start, nested ones included.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the string at the start.
fn string(text: &str) -> usize {
    let mut escaped = false;
    let end = text[1..].find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// The length of the character at the start; 0 where the quote begins a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].chars();
    match inside.next() {
        Some('\\') => text[3..].find('\'').map_or(0, |end| end + 4),
        Some(c) if inside.next() == Some('\'') => 2 + c.len_utf8(),
        _ => 0,
    }
}

/// The length of the raw string at the start; 0 where the `r` begins something else.
fn raw_string(text: &str) -> usize {
    let hashes = text[1..].bytes().take_while(|&byte| byte == b'#').count();
    if text.as_bytes().get(1 + hashes) != Some(&b'"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    text[2 + hashes..].find(&close).map_or(text.len(), |end| 2 + hashes + end + close.len())
}

/// Code with every item under `#[cfg(test)]` blanked.
pub(super) fn without_tests(code: &str) -> String {
    let mut bytes = code.as_bytes().to_vec();
    for (start, attribute) in code.match_indices("#[cfg(test)]") {
        let mut depth = 0;
        let body = &code.as_bytes()[start + attribute.len()..];
        let end = body.iter().position(|byte| {
            depth += i32::from(b"([{".contains(byte)) - i32::from(b")]}".contains(byte));
            depth < 0 || depth == 0 && b";}".contains(byte)
        });
        let end = end.map_or(code.len(), |end| start + attribute.len() + end + 1);
        bytes[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A word of the code: where it starts, and its text.
pub(super) type Word<'a> = (usize, &'a str);

/// Every identifier, keyword and number.
pub(super) fn words(code: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + code[at..].find(is_word)?;
        at = start + code[start..].find(|c| !is_word(c)).unwrap_or(code.len() - start);
        Some((start, &code[start..at]))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What stands behind a word, without the space between.
pub(super) fn behind<'a>(code: &'a str, word: Word<'_>) -> &'a str {
    code[word.0 + word.1.len()..].trim_start()
}

/// The line of an offset, from 1.
pub(super) fn line(code: &str, offset: usize) -> usize {
    1 + code[..offset].matches('\n').count()
}

/// What is named right below a root: `yaml` and `model` for `crate::yaml::Node` or `crate::{yaml, model::Kind}`.
/// Macros are left out: they are called by the crate's name wherever they stand.
pub(super) fn below<'a>(code: &'a str, root: &str) -> Vec<Word<'a>> {
    let starts = words(code).filter(|word| word.1 == root && !code[..word.0].ends_with("::"));
    let mut found = vec![];
    for word in starts {
        if let Some(rest) = behind(code, word).strip_prefix("::") {
            first_segments(code, rest, &mut found);
        }
    }
    found
}

/// The same for the crate's root when it is reached by `depth` or more times `super::`.
pub(super) fn above(code: &str, depth: usize) -> Vec<Word<'_>> {
    let mut found = vec![];
    for word in words(code).filter(|word| word.1 == "super" && !code[..word.0].ends_with("::")) {
        let mut rest = &code[word.0..];
        let mut steps = 0;
        while let Some(next) = rest.strip_prefix("super::") {
            (rest, steps) = (next, steps + 1);
        }
        if steps >= depth && steps > 0 {
            first_segments(code, rest, &mut found);
        }
    }
    found
}

/// The first words of a path or of each path in a group; `rest` is a part of `code`.
fn first_segments<'a>(code: &'a str, rest: &'a str, found: &mut Vec<Word<'a>>) {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        if let Some((0, word)) = words(rest).next() {
            let offset = code.len() - rest.len();
            if !behind(code, (offset, word)).starts_with('!') {
                found.push((offset, word));
            }
        }
        return;
    };
    let (mut depth, mut first) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return,
            '}' => depth -= 1,
            ',' if depth == 0 => first = true,
            _ if first && !c.is_whitespace() => {
                first_segments(code, &group[at..], found);
                first = false;
            }
            _ => {}
        }
    }
}

/// The modules that code declares in other files: `a`, or `a/b` for a `mod b;` inside `mod a { … }`.
pub(super) fn declared(code: &str) -> Vec<(usize, String)> {
    let mut found = vec![];
    let mut open: Vec<(usize, &str)> = vec![];
    for word in words(code).filter(|word| word.1 == "mod") {
        let rest = behind(code, word);
        let Some((0, name)) = words(rest).next() else { continue };
        open.retain(|(start, _)| depth(&code[*start..word.0]) > 0);
        match rest[name.len()..].trim_start().chars().next() {
            Some(';') => {
                let path = open.iter().map(|(_, outer)| *outer).chain([name]);
                found.push((word.0, path.collect::<Vec<_>>().join("/")));
            }
            Some('{') => {
                let brace = code.len() - rest.len() + rest.find('{').unwrap_or(0);
                open.push((brace, name));
            }
            _ => {}
        }
    }
    found
}

fn depth(code: &str) -> usize {
    code.matches('{').count().saturating_sub(code.matches('}').count())
}

/// What `rules! { group { rule, … } … }` lists, as `group/rule`.
pub(super) fn listed_rules(code: &str) -> Vec<String> {
    let Some(call) = words(code).find(|&word| word.1 == "rules" && behind(code, word).starts_with('!'))
    else {
        return vec![];
    };
    let body = behind(code, call);
    let mut found = vec![];
    let (mut depth, mut group) = (0, "");
    for (at, c) in body.char_indices() {
        let starts = is_word(c) && !body[..at].ends_with(is_word);
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            _ if starts => {
                let end = body[at..].find(|c| !is_word(c)).unwrap_or(body.len() - at);
                let name = &body[at..at + end];
                if depth == 1 {
                    group = name;
                } else {
                    found.push(format!("{group}/{name}"));
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn comments_and_literals_are_no_code() {
    let text =
        "a // b\n/* c /* d */ e */ f \"g \\\" h\" 'i' '\\'' &'j k r#\"l \" m\"# br\"n\" 'ö' r#type b'\"' o";
    let code = code_only(text);
    assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "f", "&'j", "k", "b", "r#type", "b", "o"]);
    assert_eq!(code.lines().count(), 2);
    assert_eq!(line(&code, code.find('f').unwrap()), 2);
}

#[test]
fn tests_are_left_out() {
    let code = "fn a() {}\n#[cfg(test)]\nmod t { fn b() { c } }\n#[cfg(test)]\n#[path] mod d;\nfn e() {}";
    let rest = without_tests(code);
    assert_eq!(words(&rest).map(|word| word.1).collect::<Vec<_>>(), ["fn", "a", "fn", "e"]);
    assert_eq!(rest.len(), code.len());
}

#[test]
fn paths_are_found_in_groups_and_through_super() {
    let names = |words: Vec<Word<'_>>| words.iter().map(|word| word.1.to_owned()).collect::<Vec<_>>();
    let code = "use crate::yaml::{a, b}; use crate::{model::{c, d}, source}; crate::tell!(); x::crate::no";
    assert_eq!(names(below(code, "crate")), ["yaml", "model", "source"]);
    assert_eq!(names(below("use std::{\n fs,\n io::{self},\n}; std::env::var", "std")), ["fs", "io", "env"]);
    let code = "super::Near; super::super::far::X; use super::super::{farther, y::z}";
    assert_eq!(names(above(code, 2)), ["far", "farther", "y"]);
    assert!(above(code, 3).is_empty());
}

#[test]
fn declarations_are_found() {
    let paths = |code| declared(code).into_iter().map(|(_, path)| path).collect::<Vec<_>>();
    assert_eq!(paths("pub mod a; mod b { fn x() {} pub(super) mod c; } mod d;"), ["a", "b/c", "d"]);
    let code =
        "macro_rules! rules { ($x:ident) => {} }\nrules! {\n one { a, b_c, }\n two { d }\n}\nfn e() {}";
    assert_eq!(listed_rules(code), ["one/a", "one/b_c", "two/d"]);
}
