//! The functions that charts call.

use crate::template::{Functions, Param, Signature, Str};

/// What renders other templates.
pub(super) fn all() -> Functions {
    let mut functions = Functions::new();
    functions.add("include", Signature::fixed(&[Param::Str, Param::Any]), |scope, args| {
        Ok(scope.include(&args.str(0), args.any(1))?.into())
    });
    functions
}

pub(super) fn to_yaml(_: &crate::template::Value) -> Str {
    Str::default()
}
