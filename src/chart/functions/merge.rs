//! Merges maps as mergo 1.0 does for Sprig's `merge` and `mergeOverwrite`.

use super::json_out::MAX_DEPTH;
use crate::template::{Fault, Map, Scope, Value};

/// Takes into one map what another has. Without `overwrite` only what is missing or empty in the first.
///
/// What is taken over is shared, not copied: a later `set` on it is seen through both maps.
pub(super) fn merge(
    scope: &mut Scope<'_>,
    into: &Map,
    from: &Map,
    overwrite: bool,
    depth: usize,
) -> Result<(), Fault> {
    if depth > MAX_DEPTH {
        return Err(format!("the maps are more than {MAX_DEPTH} levels deep, or contain themselves").into());
    }
    for (key, value) in from.entries() {
        scope.spend(size_of::<Value>())?;
        let present = into.get(&key);
        if value.is_nil() {
            if overwrite {
                into.set(key, value);
            }
            continue;
        }
        if let (Value::Map(value), Some(Value::Map(present))) = (&value, &present)
            && !present.is_null()
        {
            merge(scope, present, value, overwrite, depth + 1)?;
            // Even an empty map gives way to an empty one, which then is the same for both.
            if !present.is_empty() {
                continue;
            }
        }
        if overwrite || present.is_none_or(|present| is_empty(&present)) {
            into.set(key, value);
        }
    }
    Ok(())
}

/// The zero of its type, or nothing in it.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.plain().is_some_and(|plain| !plain.truth()),
        other => !other.truth(),
    }
}
