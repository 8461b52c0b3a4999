//! Tables and lists against a schema.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::check::Checker;
use super::number::{bound, equal};
use crate::chart::values::{Data, Setting, Table};
use crate::template::Str;

impl<'a> Checker<'a> {
    pub(super) fn table(&mut self, schema: &'a Map<String, Value>, table: &Table, path: &str) {
        let entries = table.entries();
        self.sizes(schema, ["minProperties", "maxProperties"], entries.len(), path);
        self.presence(schema, table, path);
        for (key, setting) in &entries {
            self.property(schema, key, &setting.data, &below(path, key));
            if let Some(names) = schema.get("propertyNames") {
                let name = Data::Text(Str::from(key.clone()));
                if !self.fits(names, &name, path) {
                    self.fault(&below(path, key), "has a name that may not be");
                }
            }
        }
        for (key, dependent) in object(schema, "dependentSchemas").chain(object(schema, "dependencies")) {
            if table.get(key).is_some() && !dependent.is_array() {
                self.value(dependent, &Data::Table(table.clone()), path);
            }
        }
    }

    /// What has to be there, always or beside something else.
    fn presence(&mut self, schema: &'a Map<String, Value>, table: &Table, path: &str) {
        let names = |value: &'a Value| value.as_array().into_iter().flatten().filter_map(Value::as_str);
        for key in schema.get("required").into_iter().flat_map(names) {
            if table.get(key).is_none() {
                self.fault(&below(path, key), "is missing");
            }
        }
        for (key, dependent) in object(schema, "dependentRequired").chain(object(schema, "dependencies")) {
            for wanted in
                names(dependent).filter(|wanted| table.get(key).is_some() && table.get(wanted).is_none())
            {
                self.fault(&below(path, wanted), format!("is missing: `{key}` needs it"));
            }
        }
    }

    fn property(&mut self, schema: &'a Map<String, Value>, key: &Rc<str>, value: &Data, path: &str) {
        let mut known = false;
        if let Some(own) = schema.get("properties").and_then(|properties| properties.get(&**key)) {
            known = true;
            self.value(own, value, path);
        }
        for (pattern, own) in object(schema, "patternProperties") {
            if self.pattern(pattern).is_some_and(|regex| regex.is_match(key)) {
                known = true;
                self.value(own, value, path);
            }
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) if !known => self.fault(path, "is no value that the chart knows"),
            Some(other) if !known => self.value(other, value, path),
            _ => {}
        }
    }

    pub(super) fn list(&mut self, schema: &'a Map<String, Value>, items: &[Setting], path: &str) {
        self.sizes(schema, ["minItems", "maxItems"], items.len(), path);
        // The first ones have schemas of their own: under `items` before draft 2020, under `prefixItems` since.
        let (first, rest) = match (schema.get("prefixItems"), schema.get("items")) {
            (Some(Value::Array(first)), rest) => (first.as_slice(), rest),
            (_, Some(Value::Array(first))) => (first.as_slice(), schema.get("additionalItems")),
            (_, rest) => (&[][..], rest),
        };
        for (at, item) in items.iter().enumerate() {
            if let Some(own) = first.get(at).or(rest) {
                self.value(own, &item.data, &format!("{path}[{at}]"));
            }
        }
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            let twice = (1..items.len())
                .find(|&at| items[..at].iter().any(|item| equal(&item.data, &items[at].data)));
            if let Some(at) = twice {
                self.fault(&format!("{path}[{at}]"), "stands in the list twice");
            }
        }
        if let Some(wanted) = schema.get("contains") {
            let count = items.iter().filter(|item| self.fits(wanted, &item.data, path)).count() as f64;
            let least = bound(schema, "minContains").unwrap_or(1.0);
            if count < least || bound(schema, "maxContains").is_some_and(|most| count > most) {
                self.fault(path, format!("holds {count} of the items that the chart wants in it"));
            }
        }
    }

    fn sizes(&mut self, schema: &Map<String, Value>, [least, most]: [&str; 2], size: usize, path: &str) {
        if let Some(least) = bound(schema, least).filter(|least| (size as f64) < *least) {
            self.fault(path, format!("has {size} entries, fewer than {least}"));
        }
        if let Some(most) = bound(schema, most).filter(|most| size as f64 > *most) {
            self.fault(path, format!("has {size} entries, more than {most}"));
        }
    }
}

fn object<'a>(
    schema: &'a Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
    schema.get(key).and_then(Value::as_object).into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
