//! Sprig's functions of lists. Each makes a new one.

use std::borrow::Cow;

use super::equal::deep_equal;
use super::{alias, cast, reflect};
use crate::template::{Args, Elem, Fault, Functions, List, Param, Signature, Type, Value};

const ONE: Signature = Signature::fixed(&[Param::Any]);
const TWO: Signature = Signature::fixed(&[Param::Any, Param::Any]);
const MORE: Signature = Signature::variadic(&[Param::Any], Param::Any);
const LISTS: Type = Type::new("[][]interface {}", Elem::Other);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    alias(functions, &["list", "tuple"], Signature::variadic(&[], Param::Any), |_, args| {
        Ok(args.to_vec().into())
    });
    alias(functions, &["append", "push", "mustAppend", "mustPush"], TWO, |_, args| {
        Ok([&*items(args, 0)?, args.from(1)].concat().into())
    });
    alias(functions, &["prepend", "mustPrepend"], TWO, |_, args| {
        Ok([args.from(1), &*items(args, 0)?].concat().into())
    });
    alias(functions, &["first", "mustFirst"], ONE, |_, args| {
        Ok(items(args, 0)?.first().cloned().unwrap_or(Value::Nil))
    });
    alias(functions, &["last", "mustLast"], ONE, |_, args| {
        Ok(items(args, 0)?.last().cloned().unwrap_or(Value::Nil))
    });
    alias(functions, &["rest", "mustRest"], ONE, |_, args| Ok(part(items(args, 0)?.get(1..))));
    alias(functions, &["initial", "mustInitial"], ONE, |_, args| {
        Ok(part(items(args, 0)?.split_last().map(|(_, initial)| initial)))
    });
    alias(functions, &["reverse", "mustReverse"], ONE, |_, args| {
        Ok(items(args, 0)?.iter().rev().cloned().collect::<Vec<_>>().into())
    });
    alias(functions, &["compact", "mustCompact"], ONE, |_, args| {
        Ok(items(args, 0)?.iter().filter(|item| item.truth()).cloned().collect::<Vec<_>>().into())
    });
    alias(functions, &["uniq", "mustUniq"], ONE, |_, args| {
        let mut unique = Vec::new();
        for item in items(args, 0)?.iter() {
            if !contains(&unique, item)? {
                unique.push(item.clone());
            }
        }
        Ok(unique.into())
    });
    alias(functions, &["without", "mustWithout"], MORE, |_, args| {
        let mut kept = Vec::new();
        for item in items(args, 0)?.iter() {
            if !contains(args.from(1), item)? {
                kept.push(item.clone());
            }
        }
        Ok(kept.into())
    });
    alias(functions, &["has", "mustHas"], TWO, |_, args| match args.any(1) {
        nothing if nothing.is_nil() => Ok(false.into()),
        _ => Ok(contains(&items(args, 1)?, args.any(0))?.into()),
    });
    alias(functions, &["slice", "mustSlice"], MORE, |_, args| slice(args));
    alias(functions, &["chunk", "mustChunk"], Signature::fixed(&[Param::Int, Param::Any]), |_, args| {
        chunk(args)
    });
    functions.add("concat", Signature::variadic(&[], Param::Any), |_, args| {
        let mut all = Vec::new();
        for at in 0..args.len() {
            all.extend_from_slice(&items(args, at)?);
        }
        Ok(if all.is_empty() { List::null(Type::LIST) } else { List::new(all) }.into())
    });
}

fn items<'a>(args: &Args<'a>, at: usize) -> Result<Cow<'a, [Value]>, Fault> {
    let value = args.any(at);
    reflect::items(value).ok_or_else(|| format!("a list must stand here, not {}", a_value(value)).into())
}

fn a_value(value: &Value) -> String {
    match value.is_nil() {
        true => "nil".into(),
        false => format!("a value of type {}", value.type_name()),
    }
}

/// A part of a list: nil where the list is empty.
fn part(items: Option<&[Value]>) -> Value {
    items.map_or_else(|| List::null(Type::LIST).into(), |items| items.to_vec().into())
}

fn contains(items: &[Value], wanted: &Value) -> Result<bool, Fault> {
    for item in items {
        if deep_equal(wanted, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// From one index up to another, in a list of the same type.
fn slice(args: &Args<'_>) -> Result<Value, Fault> {
    let all = items(args, 0)?;
    if all.is_empty() {
        return Ok(Value::Nil);
    }
    let start = args.get(1).map_or(0, cast::int64);
    let end = args.get(2).map_or(all.len() as i64, cast::int64);
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    let Some(part) = range.and_then(|(start, end)| all.get(start..end)) else {
        return Err(format!("{start} to {end} lies outside of a list of {}", all.len()).into());
    };
    Ok(match args.any(0) {
        Value::List(list) => List::of(list.of_type(), part.to_vec()).into(),
        Value::Bytes(bytes) => {
            let start = usize::try_from(start).unwrap_or(0);
            Value::Bytes(bytes[start..start + part.len()].into())
        }
        _ => part.to_vec().into(),
    })
}

fn chunk(args: &Args<'_>) -> Result<Value, Fault> {
    let all = items(args, 1)?;
    let size =
        usize::try_from(args.int(0)).ok().filter(|&size| size > 0).ok_or("the size must be at least 1")?;
    let chunks = all.chunks(size).map(|chunk| Value::from(chunk.to_vec())).collect();
    Ok(List::of(LISTS, chunks).into())
}
