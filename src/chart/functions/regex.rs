//! Sprig's functions of regular expressions, in Go's syntax.

mod syntax;

use std::cell::RefCell;

use regex::bytes::Regex;
use rustc_hash::FxHashMap;

use super::alias;
use crate::template::{Args, Fault, Functions, List, Param, Signature, Str, Type, Value};

const S: Param = Param::Str;
const TWO: Signature = Signature::fixed(&[S, S]);
const COUNTED: Signature = Signature::fixed(&[S, S, Param::Int]);
const THREE: Signature = Signature::fixed(&[S, S, S]);

/// Adds the functions. All fail where the expression is wrong, but for `regexMatch`, which then says no.
pub(super) fn add(functions: &mut Functions) {
    functions.add("regexMatch", TWO, |_, args| {
        Ok(compiled(&args.str(0)).is_ok_and(|regex| regex.is_match(args.text(1).as_bytes())).into())
    });
    functions.add("mustRegexMatch", TWO, |_, args| {
        Ok(compiled(&args.str(0))?.is_match(args.text(1).as_bytes()).into())
    });
    alias(functions, &["regexFind", "mustRegexFind"], TWO, |_, args| {
        let text = args.text(1);
        let found = compiled(&args.str(0))?
            .find(text.as_bytes())
            .map_or(Vec::new(), |found| found.as_bytes().to_vec());
        Ok(Str::from_bytes(found).into())
    });
    alias(functions, &["regexFindAll", "mustRegexFindAll"], COUNTED, |_, args| {
        let text = args.text(1);
        let most = usize::try_from(args.int(2)).unwrap_or(usize::MAX);
        let regex = compiled(&args.str(0))?;
        Ok(strings(regex.find_iter(text.as_bytes()).take(most).map(|found| found.as_bytes()).collect()))
    });
    alias(functions, &["regexReplaceAll", "mustRegexReplaceAll"], THREE, |scope, args| {
        let (text, with) = (args.text(1), args.text(2));
        let replaced = compiled(&args.str(0))?.replace_all(text.as_bytes(), with.as_bytes()).into_owned();
        scope.spend(replaced.len())?;
        Ok(Str::from_bytes(replaced).into())
    });
    alias(functions, &["regexReplaceAllLiteral", "mustRegexReplaceAllLiteral"], THREE, |scope, args| {
        let (text, with) = (args.text(1), args.text(2));
        let with = regex::bytes::NoExpand(with.as_bytes());
        let replaced = compiled(&args.str(0))?.replace_all(text.as_bytes(), with).into_owned();
        scope.spend(replaced.len())?;
        Ok(Str::from_bytes(replaced).into())
    });
    alias(functions, &["regexSplit", "mustRegexSplit"], COUNTED, |_, args| split(args));
    functions.add("regexQuoteMeta", Signature::fixed(&[S]), |_, args| {
        let mut quoted = String::new();
        for char in args.str(0).chars() {
            if r"\.+*?()|[]{}^$".contains(char) {
                quoted.push('\\');
            }
            quoted.push(char);
        }
        Ok(quoted.into())
    });
}

/// An expression, compiled once: charts use few, in loops.
fn compiled(pattern: &str) -> Result<Regex, Fault> {
    thread_local! {
        static KNOWN: RefCell<FxHashMap<String, Regex>> = RefCell::default();
    }
    const MOST: usize = 200;
    if let Some(known) = KNOWN.with_borrow(|known| known.get(pattern).cloned()) {
        return Ok(known);
    }
    let wrong = |why: String| Fault::new(format!("`{pattern}` is no regular expression: {why}"));
    let translated = syntax::translate(pattern).map_err(|why| wrong(why.into()))?;
    let regex = Regex::new(&translated).map_err(|error| wrong(last_line(&error.to_string())))?;
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(pattern.to_string(), regex.clone());
    });
    Ok(regex)
}

/// The library draws the expression; what is wrong with it stands below.
fn last_line(message: &str) -> String {
    let last = message.trim().lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_string()
}

/// Nothing found is Go's nil.
fn strings(parts: Vec<&[u8]>) -> Value {
    match parts.is_empty() {
        true => List::null(Type::STRINGS).into(),
        false => List::of_strings(parts.into_iter().map(|part| Str::from_bytes(part.to_vec()))).into(),
    }
}

/// Go's `Split`: at most so many parts; an empty match at the very beginning parts nothing.
fn split(args: &Args<'_>) -> Result<Value, Fault> {
    let (regex, text, most) = (compiled(&args.str(0))?, args.text(1), args.int(2));
    let bytes = text.as_bytes();
    if most == 0 {
        return Ok(strings(Vec::new()));
    }
    if !args.str(0).is_empty() && bytes.is_empty() {
        return Ok(strings(vec![b""]));
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (mut parts, mut start, mut end) = (Vec::new(), 0, 0);
    for found in regex.find_iter(bytes).take(most) {
        if parts.len() + 1 == most {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(&bytes[start..end]);
        }
        start = found.end();
    }
    if end != bytes.len() {
        parts.push(&bytes[start..]);
    }
    Ok(strings(parts))
}
