//! Sprig's choices: defaults, conditions, and what is empty.

use crate::template::{Functions, Param, Signature, Value};

const ALL: Signature = Signature::variadic(&[], Param::Any);

/// Adds the functions. What is empty is what is not true to `if`.
pub(super) fn add(functions: &mut Functions) {
    functions.add("default", Signature::variadic(&[Param::Any], Param::Any), |_, args| {
        Ok(args.get(1).filter(|given| !is_empty(given)).unwrap_or(args.any(0)).clone())
    });
    functions.add("empty", Signature::fixed(&[Param::Any]), |_, args| Ok(is_empty(args.any(0)).into()));
    functions.add("coalesce", ALL, |_, args| {
        Ok(args.iter().find(|value| !is_empty(value)).cloned().unwrap_or(Value::Nil))
    });
    functions.add("all", ALL, |_, args| Ok(args.iter().all(|value| !is_empty(value)).into()));
    functions.add("any", ALL, |_, args| Ok(args.iter().any(|value| !is_empty(value)).into()));
    functions.add("ternary", Signature::fixed(&[Param::Any, Param::Any, Param::Bool]), |_, args| {
        Ok(args.any(usize::from(!args.bool(2))).clone())
    });
    functions.add("fail", Signature::fixed(&[Param::Str]), |_, args| Err(args.str(0).into_owned().into()));
}

fn is_empty(value: &Value) -> bool {
    !value.truth()
}
