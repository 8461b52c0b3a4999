//! Sprig's functions of words: wrapping, shortening, capitals.

use super::unicode::{is_lower, is_title, is_upper, to_lower, to_upper};
use crate::template::{Fault, Functions, Param, Signature, Str, Value};

const S: Param = Param::Str;
const I: Param = Param::Int;
const ONE: Signature = Signature::fixed(&[S]);
const COUNTED: Signature = Signature::fixed(&[I, S]);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("title", ONE, |_, args| Ok(title(&args.str(0)).into()));
    functions.add("untitle", ONE, |_, args| Ok(untitle(&args.str(0)).into()));
    functions.add("swapcase", ONE, |_, args| Ok(swap_case(&args.str(0)).into()));
    functions.add("nospace", ONE, |_, args| Ok(no_space(&args.text(0))));
    functions.add("initials", ONE, |_, args| Ok(initials(&args.text(0)).into()));
    functions.add("abbrev", COUNTED, |_, args| {
        let (width, text) = (args.int(0), args.text(1));
        Ok(if width < 4 { text } else { abbreviate(&text, 0, width) }.into())
    });
    functions.add("abbrevboth", Signature::fixed(&[I, I, S]), |_, args| {
        let (left, right, text) = (args.int(0), args.int(1), args.text(2));
        Ok(if right < 4 || (left > 0 && right < 7) { text } else { abbreviate(&text, left, right) }.into())
    });
    functions.add("wrap", COUNTED, |_, args| wrap(&args.text(1), args.int(0), b"\n", false));
    functions.add("wrapWith", Signature::fixed(&[I, S, S]), |_, args| {
        let separator = args.text(1);
        let separator = if separator.is_empty() { b"\n" } else { separator.as_bytes() };
        wrap(&args.text(2), args.int(0), separator, true)
    });
}

/// `strings.Title`: a capital behind everything that is no letter, digit or underscore.
fn title(text: &str) -> String {
    let mut before = ' ';
    let mut capital = |char: char| {
        let separates = match before {
            '_' => false,
            ascii if ascii.is_ascii() => !ascii.is_ascii_alphanumeric(),
            other => !other.is_alphanumeric() && other.is_whitespace(),
        };
        before = char;
        if separates { to_upper(char) } else { char }
    };
    text.chars().map(&mut capital).collect()
}

/// A small letter at the beginning and behind spaces.
fn untitle(text: &str) -> String {
    let mut after_space = true;
    let mut small = |char: char| {
        let first = after_space && !char.is_whitespace();
        after_space = char.is_whitespace() || (after_space && !first);
        if first { to_lower(char) } else { char }
    };
    text.chars().map(&mut small).collect()
}

fn swap_case(text: &str) -> String {
    let mut after_space = true;
    let mut swapped = |char: char| {
        if is_upper(char) || is_title(char) {
            after_space = false;
            to_lower(char)
        } else if is_lower(char) {
            after_space = false;
            to_upper(char)
        } else {
            after_space = char.is_whitespace();
            char
        }
    };
    text.chars().map(&mut swapped).collect()
}

/// A byte as the character of that number: these functions take strings byte by byte, whatever that does to text beyond
/// ASCII.
fn latin(byte: u8) -> char {
    char::from(byte)
}

fn no_space(text: &Str) -> Value {
    let kept: String =
        text.as_bytes().iter().copied().map(latin).filter(|char| !char.is_whitespace()).collect();
    if kept.chars().count() == text.len() { text.clone().into() } else { kept.into() }
}

fn initials(text: &Str) -> String {
    let mut after_space = true;
    let mut first = |char: &char| {
        let first = after_space && !char.is_whitespace();
        after_space = char.is_whitespace();
        first
    };
    text.as_bytes().iter().copied().map(latin).filter(|char| first(char)).collect()
}

/// At most so many bytes, with dots in the place of what is left out at the end and, far enough from it, in front.
fn abbreviate(text: &Str, offset: i64, width: i64) -> Str {
    let bytes = text.as_bytes();
    let length = bytes.len() as i64;
    if bytes.is_empty() || width < 4 || length <= width {
        return if width < 4 { Str::default() } else { text.clone() };
    }
    let kept = width - 3;
    let offset = if length - offset.min(length) < kept { length - kept } else { offset.min(length) };
    let part = |from: i64, to: i64| {
        let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
        bytes.get(range).unwrap_or_default().to_vec()
    };
    if offset <= 4 {
        return Str::from_bytes([part(0, kept), b"...".to_vec()].concat());
    }
    if width < 7 {
        return Str::default();
    }
    let end = match offset + kept < length {
        true => abbreviate(&Str::from_bytes(part(offset, length)), 0, kept).as_bytes().to_vec(),
        false => part(length - kept, length),
    };
    Str::from_bytes([b"...".to_vec(), end].concat())
}

/// Breaks lines at spaces, and long words where `cuts`.
fn wrap(text: &Str, width: i64, line_break: &[u8], cuts: bool) -> Result<Value, Fault> {
    let bytes = text.as_bytes();
    let width = usize::try_from(width.max(1)).unwrap_or(usize::MAX);
    let mut out = Vec::new();
    let mut at = 0;
    while bytes.len() - at > width {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let space = bytes[at..=at + width].iter().rposition(|&byte| byte == b' ').map(|space| at + space);
        let later =
            || bytes[at + width..].iter().position(|&byte| byte == b' ').map(|space| at + width + space);
        let (end, next) = match space {
            Some(space) => (space, space + 1),
            None if cuts => (at + width, at + width),
            None => match later() {
                Some(space) => (space, space + 1),
                None => break,
            },
        };
        out.extend_from_slice(&bytes[at..end]);
        out.extend_from_slice(line_break);
        at = next;
    }
    out.extend_from_slice(&bytes[at..]);
    Ok(Str::from_bytes(out).into())
}
