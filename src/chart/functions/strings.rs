//! Sprig's functions of strings that need no knowledge of words.

use super::cast::{self, text};
use super::unicode;
use super::{alias, reflect};
use crate::template::{
    Args, Fault, Functions, List, Map, Param, Scope, Signature, Str, Type, Value, sprint, sprintf,
};

const S: Param = Param::Str;
const I: Param = Param::Int;
const ONE: Signature = Signature::fixed(&[S]);
const TWO: Signature = Signature::fixed(&[S, S]);
const COUNTED: Signature = Signature::fixed(&[I, S]);
const ANY: Signature = Signature::fixed(&[Param::Any]);
const ALL: Signature = Signature::variadic(&[], Param::Any);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("hello", Signature::fixed(&[]), |_, _| Ok("Hello!".into()));
    functions.add("trim", ONE, |_, args| Ok(args.str(0).trim().into()));
    functions.add("upper", ONE, |_, args| Ok(unicode::upper(&args.str(0)).into()));
    functions.add("lower", ONE, |_, args| Ok(unicode::lower(&args.str(0)).into()));
    alias(functions, &["trimAll", "trimall"], TWO, |_, args| {
        let (set, text) = (args.str(0), args.str(1));
        Ok(text.trim_matches(|char| set.contains(char)).into())
    });
    functions.add("trimPrefix", TWO, |_, args| without(args, End::Start));
    functions.add("trimSuffix", TWO, |_, args| without(args, End::End));
    functions.add("contains", TWO, |_, args| {
        Ok(find(args.text(1).as_bytes(), args.text(0).as_bytes()).is_some().into())
    });
    functions.add("hasPrefix", TWO, |_, args| {
        Ok(args.text(1).as_bytes().starts_with(args.text(0).as_bytes()).into())
    });
    functions.add("hasSuffix", TWO, |_, args| {
        Ok(args.text(1).as_bytes().ends_with(args.text(0).as_bytes()).into())
    });
    functions.add("trunc", COUNTED, |_, args| Ok(truncate(args.int(0), &args.text(1)).into()));
    functions.add("substr", Signature::fixed(&[I, I, S]), |_, args| substring(args));
    functions.add("repeat", COUNTED, repeat);
    functions.add("replace", Signature::fixed(&[S, S, S]), replace);
    functions.add("indent", COUNTED, |scope, args| Ok(indent(scope, args, "")?.into()));
    functions.add("nindent", COUNTED, |scope, args| Ok(indent(scope, args, "\n")?.into()));
    functions.add("plural", Signature::fixed(&[S, S, I]), |_, args| {
        Ok(args.text(usize::from(args.int(2) != 1)).into())
    });
    functions.add("toString", ANY, |_, args| Ok(text(args.any(0))?.into()));
    functions.add("toStrings", ANY, |_, args| Ok(List::of(Type::STRINGS, strings(args.any(0))?).into()));
    functions
        .add("quote", ALL, |_, args| quoted(args, |value| sprintf(&"%q".into(), &[text(value)?.into()])));
    functions.add("squote", ALL, |_, args| {
        quoted(args, |value| sprintf(&"'%v'".into(), std::slice::from_ref(value)))
    });
    functions.add("cat", ALL, |_, args| cat(args));
    functions.add("join", Signature::fixed(&[S, Param::Any]), join);
    functions.add("sortAlpha", ANY, |_, args| sort_alpha(args.any(0)));
    functions.add("split", TWO, |_, args| Ok(numbered(split(&args.str(1), &args.str(0), -1))));
    functions.add("splitn", Signature::fixed(&[S, I, S]), |_, args| {
        Ok(numbered(split(&args.str(2), &args.str(0), args.int(1))))
    });
    functions
        .add("splitList", TWO, |_, args| Ok(List::of_strings(split(&args.str(1), &args.str(0), -1)).into()));
}

/// What is left of the second argument without the first at one of its ends.
fn without(args: &Args<'_>, end: End) -> Result<Value, Fault> {
    let (part, text) = (args.text(0), args.text(1));
    let rest = match end {
        End::Start => text.as_bytes().strip_prefix(part.as_bytes()),
        End::End => text.as_bytes().strip_suffix(part.as_bytes()),
    };
    Ok(rest.map_or_else(|| text.clone(), |rest| Str::from_bytes(rest.to_vec())).into())
}

enum End {
    Start,
    End,
}

/// Where a text begins in another.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, part)
}

fn truncate(count: i64, text: &Str) -> Str {
    let (bytes, wanted) = (text.as_bytes(), usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX));
    match count < 0 {
        _ if bytes.len() <= wanted => text.clone(),
        true => Str::from_bytes(bytes[bytes.len() - wanted..].to_vec()),
        false => Str::from_bytes(bytes[..wanted].to_vec()),
    }
}

/// From one byte up to another; a negative start is the beginning, a negative end the end.
fn substring(args: &Args<'_>) -> Result<Value, Fault> {
    let (start, end, text) = (args.int(0), args.int(1), args.text(2));
    let bytes = text.as_bytes();
    let length = bytes.len() as i64;
    let (start, end) = match start < 0 {
        true => (0, end),
        false if end < 0 || end > length => (start, length),
        false => (start, end),
    };
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    match range.and_then(|(start, end)| bytes.get(start..end)) {
        Some(part) => Ok(Str::from_bytes(part.to_vec()).into()),
        None => Err(format!("{start} to {end} lies outside of a string of {length} bytes").into()),
    }
}

fn repeat(scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
    let text = args.text(1);
    let count = usize::try_from(args.int(0)).map_err(|_| "the count is negative")?;
    scope.spend(text.len().saturating_mul(count))?;
    Ok(Str::from_bytes(text.as_bytes().repeat(count)).into())
}

fn replace(scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
    let (old, new, text) = (args.text(0), args.text(1), args.text(2));
    if let (Some(old), Some(new), Some(text)) = (old.as_str(), new.as_str(), text.as_str()) {
        let count = if old.is_empty() { text.len() + 1 } else { text.matches(old).count() };
        scope.spend(new.len().saturating_mul(count))?;
        return Ok(text.replace(old, new).into());
    }
    if old.is_empty() {
        return Ok(args.str(2).replace("", &args.str(1)).into());
    }
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some(at) = find(rest, old.as_bytes()) {
        scope.spend(new.len())?;
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new.as_bytes());
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    Ok(Str::from_bytes(out).into())
}

fn indent(scope: &mut Scope<'_>, args: &Args<'_>, before: &str) -> Result<Str, Fault> {
    let text = args.text(1);
    let width = usize::try_from(args.int(0)).map_err(|_| "the indent is negative")?;
    let lines = 1 + memchr::memchr_iter(b'\n', text.as_bytes()).count();
    scope.spend(width.saturating_mul(lines))?;
    let mut out = Vec::with_capacity(before.len() + text.len() + width * lines);
    out.extend_from_slice(before.as_bytes());
    for (i, line) in text.as_bytes().split(|&byte| byte == b'\n').enumerate() {
        if i > 0 {
            out.push(b'\n');
        }
        out.resize(out.len() + width, b' ');
        out.extend_from_slice(line);
    }
    Ok(Str::from_bytes(out))
}

/// Each that is not nil, with spaces between.
fn quoted(args: &[Value], quote: impl Fn(&Value) -> Result<Str, Fault>) -> Result<Value, Fault> {
    let mut out = Vec::new();
    for value in args.iter().filter(|value| !value.is_nil()) {
        if !out.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(quote(value)?.as_bytes());
    }
    Ok(Str::from_bytes(out).into())
}

fn cat(args: &[Value]) -> Result<Value, Fault> {
    let mut out = Vec::new();
    for (i, value) in args.iter().filter(|value| !value.is_nil()).enumerate() {
        if i > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(sprint(std::slice::from_ref(value))?.as_bytes());
    }
    Ok(Str::from_bytes(out).into())
}

/// `strslice`: the items of a list as strings, without nil; anything else is a list of itself.
pub(super) fn strings(value: &Value) -> Result<Vec<Value>, Fault> {
    if value.is_nil() {
        return Ok(Vec::new());
    }
    match reflect::items(value) {
        Some(items) => {
            items.iter().filter(|item| !item.is_nil()).map(|item| Ok(text(item)?.into())).collect()
        }
        None => Ok(vec![text(value)?.into()]),
    }
}

fn join(scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
    let separator = args.text(0);
    let parts = strings(args.any(1))?;
    scope.spend(separator.len().saturating_mul(parts.len()))?;
    let mut out = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(separator.as_bytes());
        }
        out.extend_from_slice(cast::text(part)?.as_bytes());
    }
    Ok(Str::from_bytes(out).into())
}

fn sort_alpha(value: &Value) -> Result<Value, Fault> {
    let mut sorted = match value.is_nil() {
        true => vec![text(value)?.into()],
        false => strings(value)?,
    };
    sorted.sort_by(|a, b| a.as_text().cmp(&b.as_text()));
    Ok(List::of(Type::STRINGS, sorted).into())
}

/// `strings.SplitN`: an empty separator gives the characters, 0 nothing, a negative count all.
pub(super) fn split(text: &str, separator: &str, count: i64) -> Vec<String> {
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    if most == 0 {
        return Vec::new();
    }
    if !separator.is_empty() {
        return text.splitn(most, separator).map(String::from).collect();
    }
    let mut parts: Vec<String> = text.chars().take(most - 1).map(String::from).collect();
    let used = parts.iter().map(String::len).sum();
    if used < text.len() {
        parts.push(text[used..].to_string());
    }
    parts
}

/// `_0`, `_1` and so on.
fn numbered(parts: Vec<String>) -> Value {
    let map = Map::of(Type::STRING_MAP);
    parts.into_iter().enumerate().for_each(|(i, part)| drop(map.set(format!("_{i}"), part)));
    map.into()
}
