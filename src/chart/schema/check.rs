//! One schema against one value: what holds for values of every kind.

use std::collections::BTreeSet;
use std::rc::Rc;

use regex::Regex;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::number::{same, whole};
use crate::chart::values::Data;

/// Schemas that refer to themselves without end are given up.
const DEEPEST: usize = 200;

/// What no schema says here.
const UNCHECKED: [&str; 5] =
    ["unevaluatedProperties", "unevaluatedItems", "contentMediaType", "$dynamicRef", "$recursiveRef"];

/// Goes through a schema and a value at once.
pub(super) struct Checker<'a> {
    root: &'a Value,
    /// Drafts up to 7 take formats at their word, later ones do not.
    formats: bool,
    faults: Vec<String>,
    unchecked: BTreeSet<String>,
    patterns: FxHashMap<&'a str, Option<Rc<Regex>>>,
    depth: usize,
}

impl<'a> Checker<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        let draft = root.get("$schema").and_then(Value::as_str).unwrap_or_default();
        Self {
            root,
            formats: draft.contains("draft-0"),
            faults: Vec::new(),
            unchecked: BTreeSet::new(),
            patterns: FxHashMap::default(),
            depth: 0,
        }
    }

    pub(super) fn unchecked(&self) -> impl Iterator<Item = &str> {
        self.unchecked.iter().map(String::as_str)
    }

    pub(super) fn into_faults(self) -> Vec<String> {
        self.faults
    }

    pub(super) fn skip(&mut self, what: impl Into<String>) {
        self.unchecked.insert(what.into());
    }

    /// Adds a fault of the value at a path.
    pub(super) fn fault(&mut self, path: &str, what: impl AsRef<str>) {
        let path = if path.is_empty() { "the values" } else { path };
        self.faults.push(format!("`{path}` {}", what.as_ref()));
    }

    /// Whether a value fits, without a word about why not.
    pub(super) fn fits(&mut self, schema: &'a Value, value: &Data, path: &str) -> bool {
        let before = self.faults.len();
        self.value(schema, value, path);
        let fits = self.faults.len() == before;
        self.faults.truncate(before);
        fits
    }

    pub(super) fn pattern(&mut self, pattern: &'a str) -> Option<Rc<Regex>> {
        let compile = || Regex::new(pattern).ok().map(Rc::new);
        let found = self.patterns.entry(pattern).or_insert_with(compile).clone();
        if found.is_none() {
            self.skip(format!("the pattern `{pattern}`"));
        }
        found
    }

    /// Checks a value, and says what does not fit.
    pub(super) fn value(&mut self, schema: &'a Value, value: &Data, path: &str) {
        let keywords = match schema {
            Value::Bool(false) => return self.fault(path, "may not be set"),
            Value::Object(keywords) => keywords,
            _ => return,
        };
        self.depth += 1;
        match self.depth > DEEPEST {
            true => self.skip(format!("what lies more than {DEEPEST} deep")),
            false => self.keywords(keywords, value, path),
        }
        self.depth -= 1;
    }

    fn keywords(&mut self, schema: &'a Map<String, Value>, value: &Data, path: &str) {
        if let Some(keyword) = UNCHECKED.into_iter().find(|keyword| schema.contains_key(*keyword)) {
            self.skip(format!("`{keyword}`"));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            match self.resolve(reference) {
                Some(target) => self.value(target, value, path),
                None => self.skip(format!("the reference `{reference}`")),
            }
        }
        self.kind(schema, value, path);
        self.choice(schema, value, path);
        self.combined(schema, value, path);
        match value {
            Data::Int(number) => self.number(schema, *number as f64, path),
            Data::Float(number) => self.number(schema, *number, path),
            Data::Text(text) => self.text(schema, &text.to_str(), path),
            Data::List(items) => self.list(schema, items, path),
            Data::Table(table) => self.table(schema, table, path),
            Data::Null | Data::Bool(_) => {}
        }
    }

    /// `#/definitions/x`, `#`, and `#name` for an `$anchor`.
    fn resolve(&self, reference: &str) -> Option<&'a Value> {
        let inside = reference.strip_prefix('#')?;
        if inside.is_empty() || inside.starts_with('/') {
            return self.root.pointer(&inside.replace("%25", "%"));
        }
        let anchored = |definitions: &'a Value| {
            definitions
                .as_object()?
                .values()
                .find(|schema| schema.get("$anchor").and_then(Value::as_str) == Some(inside))
        };
        ["$defs", "definitions"].into_iter().find_map(|key| self.root.get(key).and_then(anchored))
    }

    fn kind(&mut self, schema: &Map<String, Value>, value: &Data, path: &str) {
        let wanted: Vec<&str> = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        let is = |kind: &&str| match (*kind, value) {
            ("null", Data::Null) | ("boolean", Data::Bool(_)) | ("string", Data::Text(_)) => true,
            ("array", Data::List(_)) | ("object", Data::Table(_)) => true,
            ("number", Data::Int(_) | Data::Float(_)) | ("integer", Data::Int(_)) => true,
            ("integer", Data::Float(number)) => whole(*number),
            _ => false,
        };
        if !wanted.iter().any(is) {
            self.fault(path, format!("is {}, where the chart wants {}", value.kind(), wanted.join(" or ")));
        }
    }

    fn choice(&mut self, schema: &Map<String, Value>, value: &Data, path: &str) {
        if let Some(Value::Array(choices)) = schema.get("enum")
            && !choices.iter().any(|choice| same(value, choice))
        {
            let choices: Vec<String> = choices.iter().map(Value::to_string).collect();
            self.fault(path, format!("has to be one of {}", choices.join(", ")));
        }
        if let Some(wanted) = schema.get("const")
            && !same(value, wanted)
        {
            self.fault(path, format!("has to be {wanted}"));
        }
    }

    fn combined(&mut self, schema: &'a Map<String, Value>, value: &Data, path: &str) {
        let all = |key: &str| schema.get(key).and_then(Value::as_array);
        for part in all("allOf").into_iter().flatten() {
            self.value(part, value, path);
        }
        if let Some(parts) = all("anyOf")
            && !parts.iter().any(|part| self.fits(part, value, path))
        {
            self.alternatives(parts, value, path);
        }
        if let Some(parts) = all("oneOf") {
            match parts.iter().filter(|part| self.fits(part, value, path)).count() {
                1 => {}
                0 => self.alternatives(parts, value, path),
                many => self.fault(path, format!("fits {many} alternatives of which exactly one may hold")),
            }
        }
        if let Some(part) = schema.get("not")
            && self.fits(part, value, path)
        {
            self.fault(path, "is what the chart's schema rules out");
        }
        if let Some(part) = schema.get("if") {
            let branch = if self.fits(part, value, path) { "then" } else { "else" };
            if let Some(part) = schema.get(branch) {
                self.value(part, value, path);
            }
        }
    }

    /// Says why the nearest of several alternatives does not fit: the one with the fewest faults.
    fn alternatives(&mut self, parts: &'a [Value], value: &Data, path: &str) {
        let mut nearest: Option<Vec<String>> = None;
        for part in parts {
            let before = self.faults.len();
            self.value(part, value, path);
            let faults = self.faults.split_off(before);
            if nearest.as_ref().is_none_or(|nearest| faults.len() < nearest.len()) {
                nearest = Some(faults);
            }
        }
        let nearest = nearest.unwrap_or_default();
        self.fault(
            path,
            format!("fits none of {} alternatives (the nearest: {})", parts.len(), nearest.join(", ")),
        );
    }

    /// Formats, where the draft makes them count.
    pub(super) fn format(&mut self, schema: &Map<String, Value>, text: &str, path: &str) {
        let Some(format) = schema.get("format").and_then(Value::as_str).filter(|_| self.formats) else {
            return;
        };
        let fits = match format {
            "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
            "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
            _ => return self.skip(format!("the format `{format}`")),
        };
        if !fits {
            self.fault(path, format!("is no {format}"));
        }
    }
}
