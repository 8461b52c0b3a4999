//! Sprig's questions about types, and what is a list to its functions.

use std::borrow::Cow;
use std::rc::Rc;

use super::equal::deep_equal;
use crate::template::{Functions, Param, Signature, UintKind, Value};

const ONE: Signature = Signature::fixed(&[Param::Any]);
const NAMED: Signature = Signature::fixed(&[Param::Str, Param::Any]);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions.add("typeOf", ONE, |_, args| Ok(args.any(0).type_name().into_owned().into()));
    functions.add("typeIs", NAMED, |_, args| Ok((args.any(1).type_name() == args.str(0)).into()));
    functions.add("typeIsLike", NAMED, |_, args| {
        let (like, name) = (args.str(0), args.any(1).type_name());
        Ok((name == like || name.strip_prefix('*') == Some(&like)).into())
    });
    functions.add("kindOf", ONE, |_, args| Ok(args.any(0).kind().name().into()));
    functions.add("kindIs", NAMED, |_, args| Ok((args.any(1).kind().name() == args.str(0)).into()));
    functions.add("deepEqual", Signature::fixed(&[Param::Any, Param::Any]), |_, args| {
        Ok(deep_equal(args.any(0), args.any(1))?.into())
    });
}

/// The items of a list, whatever its type; `None` for anything else.
pub(super) fn items(value: &Value) -> Option<Cow<'_, [Value]>> {
    match value {
        Value::List(list) => Some(Cow::Borrowed(list)),
        Value::Bytes(bytes) => Some(Cow::Owned(byte_values(bytes))),
        Value::Object(object) => items(&object.plain()?).map(|items| Cow::Owned(items.into_owned())),
        _ => None,
    }
}

fn byte_values(bytes: &Rc<[u8]>) -> Vec<Value> {
    bytes.iter().map(|&byte| Value::Uint(byte.into(), UintKind::Uint8)).collect()
}
