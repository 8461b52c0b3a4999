//! The functions of `tests/gotemplate/main.go`, so that both sides know the same.

use std::rc::Rc;

use weft::template::{Functions, List, Map, Param, Signature, Str, Type, UintKind, Value, sprint};

pub(super) fn functions() -> Functions {
    let mut functions = Functions::new();
    functions.add("dict", Signature::variadic(&[], Param::Any), |_, args| {
        let map = Map::new();
        for pair in args.chunks_exact(2) {
            map.set(sprint(&pair[..1])?.to_rc(), pair[1].clone());
        }
        Ok(map.into())
    });
    functions.add("list", Signature::variadic(&[], Param::Any), |_, args| Ok(args.to_vec().into()));
    functions.add("strings", Signature::variadic(&[], Param::Str), |_, args| {
        Ok(List::of(Type::STRINGS, args.to_vec()).into())
    });
    functions.add("bytes", Signature::fixed(&[Param::Str]), |_, args| {
        Ok(Value::Bytes(Rc::from(args.text(0).as_bytes())))
    });
    functions.add("split", Signature::fixed(&[Param::Str, Param::Str]), |_, args| {
        let map = Map::of(Type::STRING_MAP);
        for (i, part) in split(args.text(1).as_bytes(), args.text(0).as_bytes()).into_iter().enumerate() {
            map.set(format!("_{i}"), part);
        }
        Ok(map.into())
    });
    functions.add("set", Signature::fixed(&[Param::Map, Param::Str, Param::Any]), |_, args| match &args[0] {
        Value::Map(map) => {
            map.set(args.text(1).to_rc(), args.any(2).clone());
            Ok(args.any(0).clone())
        }
        _ => Err("a nil map takes no entries".into()),
    });
    functions.add("int64", Signature::fixed(&[Param::Int]), |_, args| Ok(Value::int64(args.int(0))));
    functions.add("uint", Signature::fixed(&[Param::Int]), |_, args| {
        Ok(Value::Uint(args.int(0) as u64, UintKind::Uint))
    });
    functions.add("upper", Signature::fixed(&[Param::Str]), |_, args| Ok(args.str(0).to_uppercase().into()));
    functions.add("repeat", Signature::fixed(&[Param::Int, Param::Str]), |_, args| {
        Ok(Str::from_bytes(args.text(1).as_bytes().repeat(args.int(0).clamp(0, 100) as usize)).into())
    });
    functions.add("half", Signature::fixed(&[Param::Float]), |_, args| Ok(Value::Float(args.float(0) / 2.0)));
    functions.add("not_ok", Signature::fixed(&[Param::Bool]), |_, args| Ok(Value::Bool(!args.bool(0))));
    functions.add("fail", Signature::fixed(&[Param::Str]), |_, args| Err(args.str(0).into_owned().into()));
    functions.add("same", Signature::fixed(&[Param::Any]), |_, args| Ok(args.any(0).clone()));
    functions.add("include", Signature::fixed(&[Param::Str, Param::Any]), |scope, args| {
        Ok(scope.include(&args.str(0), args.any(1))?.into())
    });
    functions.add("tpl", Signature::fixed(&[Param::Str, Param::Any]), |scope, args| {
        Ok(scope.render_text("tpl", &args.str(0), args.any(1))?.into())
    });
    functions
}

/// As Go splits: an empty separator gives the characters.
fn split(mut text: &[u8], separator: &[u8]) -> Vec<Str> {
    if separator.is_empty() {
        return String::from_utf8_lossy(text).chars().map(|char| char.to_string().into()).collect();
    }
    let mut parts = Vec::new();
    while let Some(at) = text.windows(separator.len()).position(|window| window == separator) {
        parts.push(Str::from_bytes(text[..at].to_vec()));
        text = &text[at + separator.len()..];
    }
    parts.push(Str::from_bytes(text.to_vec()));
    parts
}
