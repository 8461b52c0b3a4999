//! Sprig's functions of maps. `set`, `unset` and `merge` change the map that they are given.

use std::rc::Rc;

use super::json_out::MAX_DEPTH;
use super::merge::merge;
use super::{alias, cast};
use crate::template::{Args, Fault, Functions, List, Map, Param, Scope, Signature, Type, Value};

const M: Param = Param::Map;
const S: Param = Param::Str;

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("dict", Signature::variadic(&[], Param::Any), dict);
    functions.add("get", Signature::fixed(&[M, S]), |_, args| {
        Ok(args.map(0).get(&key(args, 1)).unwrap_or_else(|| "".into()))
    });
    functions.add("set", Signature::fixed(&[M, S, Param::Any]), |scope, args| {
        scope.spend(size_of::<Value>())?;
        changeable(args)?.set(key(args, 1), args.any(2).clone());
        Ok(args.any(0).clone())
    });
    functions.add("unset", Signature::fixed(&[M, S]), |_, args| {
        args.map(0).unset(&key(args, 1));
        Ok(args.any(0).clone())
    });
    functions.add("hasKey", Signature::fixed(&[M, S]), |_, args| Ok(args.map(0).has(&key(args, 1)).into()));
    functions.add("pluck", Signature::variadic(&[S], M), |_, args| {
        let maps = (1..args.len()).map(|at| args.map(at));
        Ok(maps.filter_map(|map| map.get(&key(args, 0))).collect::<Vec<_>>().into())
    });
    functions.add("keys", Signature::variadic(&[], M), |_, args| {
        Ok(List::of_strings((0..args.len()).flat_map(|at| args.map(at).keys())).into())
    });
    functions.add("values", Signature::fixed(&[M]), |_, args| {
        Ok(args.map(0).borrow().values().cloned().collect::<Vec<_>>().into())
    });
    functions.add("pick", Signature::variadic(&[M], S), |_, args| {
        let (map, picked) = (args.map(0), Map::new());
        for at in 1..args.len() {
            if let Some(value) = map.get(&key(args, at)) {
                picked.set(key(args, at), value);
            }
        }
        Ok(picked.into())
    });
    functions.add("omit", Signature::variadic(&[M], S), |_, args| {
        let omitted: Vec<Rc<str>> = (1..args.len()).map(|at| key(args, at)).collect();
        let kept = args.map(0).entries().into_iter().filter(|(key, _)| !omitted.contains(key));
        Ok(kept.collect::<Map>().into())
    });
    functions.add("dig", Signature::variadic(&[], Param::Any), |_, args| dig(args));
    alias(
        functions,
        &["deepCopy", "mustDeepCopy"],
        Signature::fixed(&[Param::Any]),
        |scope, args| match args.any(0) {
            nothing if nothing.is_nil() => Err("there is nothing to copy".into()),
            value => deep_copy(scope, value, 0),
        },
    );
    let maps = Signature::variadic(&[M], M);
    alias(functions, &["merge", "mustMerge"], maps, |scope, args| merged(scope, args, false));
    alias(functions, &["mergeOverwrite", "mustMergeOverwrite"], maps, |scope, args| {
        merged(scope, args, true)
    });
}

fn key(args: &Args<'_>, at: usize) -> Rc<str> {
    args.text(at).to_rc()
}

/// The map that a function changes; a nil one takes no entries.
fn changeable(args: &Args<'_>) -> Result<Map, Fault> {
    match args.any(0) {
        Value::Map(map) if !map.is_null() => Ok(map.clone()),
        _ => Err("a nil map takes no entries".into()),
    }
}

fn dict(_: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
    let map = Map::new();
    for pair in args.chunks(2) {
        let value = pair.get(1).cloned().unwrap_or_else(|| "".into());
        map.set(cast::text(&pair[0])?.to_rc(), value);
    }
    Ok(map.into())
}

/// The value under a path of keys, or the default where one of them is not there.
fn dig(args: &Args<'_>) -> Result<Value, Fault> {
    let [keys @ .., default, map] = args.from(0) else { return Err("takes at least 3 arguments".into()) };
    if keys.is_empty() {
        return Err("takes at least 3 arguments".into());
    }
    let mut value = map.clone();
    for key in keys {
        let Value::Str(key) = key else { return Err("a key is no string".into()) };
        let step = match &value {
            Value::Map(map) if map.of_type().name == Type::MAP.name => map.get(&key.to_rc()),
            other => {
                let found = other.type_name();
                return Err(format!(
                    "`{}` is looked for in a value of type {found}, not in a map",
                    key.to_str()
                )
                .into());
            }
        };
        match step {
            Some(step) => value = step,
            None => return Ok(default.clone()),
        }
    }
    Ok(value)
}

fn deep_copy(scope: &mut Scope<'_>, value: &Value, depth: usize) -> Result<Value, Fault> {
    if depth > MAX_DEPTH {
        return Err(format!("the value is more than {MAX_DEPTH} levels deep, or contains itself").into());
    }
    scope.spend(size_of::<Value>())?;
    Ok(match value {
        Value::List(list) if !list.is_null() => {
            let items: Result<_, _> = list.iter().map(|item| deep_copy(scope, item, depth + 1)).collect();
            List::of(list.of_type(), items?).into()
        }
        Value::Map(map) if !map.is_null() => {
            let copy = Map::of(map.of_type());
            for (key, value) in map.entries() {
                copy.set(key, deep_copy(scope, &value, depth + 1)?);
            }
            copy.into()
        }
        other => other.clone(),
    })
}

fn merged(scope: &mut Scope<'_>, args: &Args<'_>, overwrite: bool) -> Result<Value, Fault> {
    let into = match args.any(0) {
        Value::Map(map) if !map.is_null() => map.clone(),
        _ if args.iter().all(|map| map.is_nil()) => return Ok(Map::null(Type::MAP).into()),
        _ => Map::new(),
    };
    for at in 1..args.len() {
        merge(scope, &into, &args.map(at), overwrite, 0)?;
    }
    Ok(into.into())
}
