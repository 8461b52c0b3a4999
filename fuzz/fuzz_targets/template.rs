//! Never panics and always ends, whatever the template is.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run template`

#![no_main]

use libfuzzer_sys::fuzz_target;

use crate::template::{Functions, Limits, Options, Param, Set, Signature, Value};

#[path = "../../src/template/mod.rs"]
pub mod template;

fuzz_target!(|text: &str| {
    let mut functions = Functions::new();
    functions.add("include", Signature::fixed(&[Param::Str, Param::Any]), |scope, args| {
        Ok(scope.include(&args.str(0), args.any(1))?.into())
    });
    functions.add("tpl", Signature::fixed(&[Param::Str, Param::Any]), |scope, args| {
        Ok(scope.render_text("tpl", &args.str(0), args.any(1))?.into())
    });
    let data = serde_json::json!({"s": "text", "n": 3, "l": [1, "two", null], "m": {"a": {"b": true}}});
    let limits = Limits { steps: 100_000, bytes: 1 << 20, depth: 50, ..Limits::default() };
    let mut set = Set::new(functions);
    if set.parse("t", text).is_ok() {
        let _ = set.render("t", &Value::from(&data), Options { limits, ..Options::default() });
    }
});
