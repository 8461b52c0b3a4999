//! Schemas and values that do and do not fit.

use super::*;
use crate::chart::values::read;

fn faults(schema: &str, values: &str) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let mut checker = Checker::new(&schema);
    checker.value(&schema, &Data::Table(read("values.yaml", values).unwrap()), "");
    checker.into_faults().join("; ")
}

#[test]
fn what_does_not_fit_is_named() {
    let schema = r##"{
        "required": ["name"], "additionalProperties": false,
        "properties": {
            "name": {"type": "string", "minLength": 2, "pattern": "^[a-z]+$"},
            "port": {"$ref": "#/$defs/port"},
            "mode": {"enum": ["a", "b"]},
            "list": {"items": {"type": "integer"}, "uniqueItems": true, "maxItems": 3},
            "either": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["x"]}]}
        },
        "$defs": {"port": {"type": "integer", "minimum": 1, "maximum": 65535}}
    }"##;
    assert_eq!(faults(schema, "name: ab\nport: 80\nmode: a\nlist: [1, 2]\neither: {x: 1}"), "");
    assert_eq!(
        faults(schema, "port: 80.5"),
        "`name` is missing; `port` is a number, where the chart wants integer"
    );
    assert_eq!(
        faults(schema, "name: A\nport: 0"),
        "`name` has 1 characters, fewer than 2; `name` is `A`, which does not match `^[a-z]+$`; `port` is 0, less than the least, 1"
    );
    assert_eq!(
        faults(schema, "name: ab\nmode: c\nx: 1"),
        "`mode` has to be one of \"a\", \"b\"; `x` is no value that the chart knows"
    );
    assert_eq!(faults(schema, "name: ab\nlist: [1, 1]"), "`list[1]` stands in the list twice");
    assert_eq!(
        faults(schema, "name: ab\neither: {}"),
        "`either` fits none of 2 alternatives (the nearest: `either` is a table, where the chart wants string)"
    );
}

#[test]
fn conditions_hold() {
    let schema = r#"{"if": {"properties": {"tls": {"const": true}}, "required": ["tls"]}, "then": {"required": ["cert"]},
        "not": {"required": ["old"]}, "dependentRequired": {"a": ["b"]}}"#;
    assert_eq!(faults(schema, "tls: false"), "");
    assert_eq!(faults(schema, "tls: true"), "`cert` is missing");
    assert_eq!(faults(schema, "old: 1"), "`the values` is what the chart's schema rules out");
    assert_eq!(faults(schema, "a: 1"), "`b` is missing: `a` needs it");
}
