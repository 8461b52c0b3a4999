//! Finds a field by the path that people type: `virtualservice.spec.http.retries`, `vs.spec.hosts`,
//! `meshconfig.accessLogFile`, `values.pilot.resources`.

use super::catalog;
use super::check::describe;
use super::types::{Definition, Dialect, Field, Limits, Shape, Type, TypeRef};

/// A field, and where it was found.
pub struct Explained {
    /// The kind, or the document that is no Kubernetes object.
    pub document: &'static str,
    /// `group/version`; `None` for what is no Kubernetes object.
    pub api_version: Option<String>,
    /// The names below the document, as they are spelled; lists and maps with `[]` and `{}`.
    pub path: Vec<String>,
    /// Its type.
    pub of: TypeRef,
    /// What its parent says of it; `None` for the document itself.
    pub field: Option<&'static Field>,
}

/// What a path cannot be followed by.
#[derive(Debug, PartialEq, Eq)]
pub enum Unknown {
    /// There is no kind or document of this name.
    Document,
    /// The part that does not exist, the path to it, and the fields that are there.
    Field {
        /// The part.
        name: String,
        /// The path to it.
        parent: String,
        /// The fields there.
        known: Vec<&'static str>,
    },
}

/// Every document of a name: several meshes have a Gateway.
pub fn find(topic: &str) -> Result<Vec<Explained>, Unknown> {
    let (name, path) = topic.split_once('.').unwrap_or((topic, ""));
    let documents = documents(name);
    let mut failed = Unknown::Document;
    let mut found = vec![];
    for document in documents {
        match follow(document, path) {
            Ok(explained) => found.push(explained),
            Err(unknown) => failed = farthest(failed, unknown),
        }
    }
    if found.is_empty() { Err(failed) } else { Ok(found) }
}

/// Names of documents, for "did you mean".
pub fn names() -> impl Iterator<Item = &'static str> {
    catalog::kinds().map(|(kind, _)| kind).chain(catalog::configs())
}

/// Of two failures the one that came farther.
fn farthest(one: Unknown, other: Unknown) -> Unknown {
    let depth = |unknown: &Unknown| match unknown {
        Unknown::Document => 0,
        Unknown::Field { parent, .. } => 1 + parent.len(),
    };
    if depth(&other) > depth(&one) { other } else { one }
}

fn documents(name: &str) -> Vec<Explained> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    let explained =
        |document, api_version, of| Explained { document, api_version, path: vec![], of, field: None };
    let mut found = vec![];
    for (kind, group) in catalog::kinds() {
        let Some((schema, definition)) = catalog::kind(group, kind) else { continue };
        let Some(version) = newest(definition) else { continue };
        if is(kind) || definition.names.iter().take(2).chain(&definition.short).any(|known| is(known)) {
            let of = TypeRef { schema, at: definition.versions[version].root };
            let version = definition.versions[version].name;
            let api_version =
                if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
            found.push(explained(kind, Some(api_version), of));
        }
    }
    let configs = catalog::configs().filter(|known| is(known));
    found.extend(configs.filter_map(|name| Some(explained(name, None, catalog::config(name)?))));
    found
}

/// The version to write: the first that is served and not deprecated.
fn newest(definition: &Definition) -> Option<usize> {
    let good = definition.versions.iter().position(|version| version.served && !version.deprecated);
    good.or((!definition.versions.is_empty()).then_some(0))
}

fn follow(mut at: Explained, path: &str) -> Result<Explained, Unknown> {
    let mut names =
        path.split('.').map(|name| name.split('[').next().unwrap_or_default()).filter(|n| !n.is_empty());
    loop {
        // Lists are stepped into without a word, maps by any name.
        while let Shape::List(item) = at.of.get().shape {
            if names.clone().next().is_none() {
                return Ok(at);
            }
            let inner = at.of.of(item);
            at.of = inner;
            if let Some(last) = at.path.last_mut() {
                last.push_str("[]");
            }
        }
        let Some(name) = names.next() else { return Ok(at) };
        let next = match &at.of.get().shape {
            Shape::Object(fields) => {
                let spelled = fields.find(name).or_else(|| {
                    fields.iter().enumerate().find(|(_, field)| field.name.eq_ignore_ascii_case(name))
                });
                spelled.map(|(_, field)| (at.of.of(field.of), Some(field), field.name.to_owned()))
            }
            Shape::Map(value) => Some((at.of.of(*value), None, format!("{{{name}}}"))),
            _ => None,
        };
        let Some((of, field, spelled)) = next else {
            return Err(Unknown::Field {
                name: name.to_owned(),
                parent: std::iter::once(at.document.to_owned()).chain(at.path).collect::<Vec<_>>().join("."),
                known: fields(at.of).map(|field| field.name).collect(),
            });
        };
        (at.of, at.field) = (of, field);
        at.path.push(spelled);
    }
}

/// The fields of a type, or of what a list or a map of it holds.
pub fn fields(of: TypeRef) -> impl Iterator<Item = &'static Field> {
    let fields = match &holder(of).get().shape {
        Shape::Object(fields) => Some(fields.iter()),
        _ => None,
    };
    fields.into_iter().flatten()
}

/// The object that a type is, or that its items or values are.
pub fn holder(of: TypeRef) -> TypeRef {
    match &of.get().shape {
        Shape::List(inner) | Shape::Map(inner) => holder(of.of(*inner)),
        _ => of,
    }
}

/// A type as `explain` writes it: `[]object`, `map[string]string`, `integer`.
pub fn type_name(of: TypeRef) -> String {
    match &of.get().shape {
        Shape::Any | Shape::Elsewhere(_) => "any".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::String => "string".to_owned(),
        Shape::IntOrString => "integer or string".to_owned(),
        Shape::Quantity => "quantity".to_owned(),
        Shape::List(item) => format!("[]{}", type_name(of.of(*item))),
        Shape::Map(value) => format!("map[string]{}", type_name(of.of(*value))),
        Shape::Object(_) => "object".to_owned(),
    }
}

/// What may be said of a value beyond its type, a line each: limits, default, rules.
pub fn notes(of: TypeRef, field: Option<&Field>) -> Vec<String> {
    let kind = of.get();
    let mut notes = vec![];
    if let Some(field) = field {
        notes.extend(field.required.then(|| "required".to_owned()));
        notes.extend(field.deprecated.then(|| "deprecated".to_owned()));
        notes.extend(field.since.map(|minor| format!("since Kubernetes 1.{minor}")));
        notes.extend(field.until.map(|minor| format!("until Kubernetes 1.{minor}")));
    }
    notes.extend(kind.default.map(|default| format!("default {default}")));
    if let Some(limits) = &kind.limits {
        limited(limits, &mut notes);
    }
    if kind.nullable && of.schema.dialect == Dialect::Custom {
        notes.push("null is a value".to_owned());
    }
    inner_limits(of, kind, &mut notes);
    for group in &kind.groups {
        let names = describe::names(group.fields.iter().copied(), "or");
        notes.push(format!("{} of {names}", if group.required { "exactly one" } else { "at most one" }));
    }
    notes.extend(kind.rules.iter().map(|rule| match rule.message {
        Some(message) => format!("rule: {message}"),
        None => format!("rule: {}", rule.rule),
    }));
    notes
}

/// What holds for the items of a list of scalars belongs to the list's line.
fn inner_limits(of: TypeRef, kind: &Type, notes: &mut Vec<String>) {
    let (Shape::List(inner) | Shape::Map(inner)) = &kind.shape else { return };
    let inner = of.of(*inner);
    if matches!(inner.get().shape, Shape::Object(_)) {
        return;
    }
    let said = self::notes(inner, None);
    notes.extend(said.into_iter().map(|note| format!("each: {note}")));
}

fn limited(limits: &Limits, notes: &mut Vec<String>) {
    let range = |what: &str, (least, most): (Option<String>, Option<String>)| match (least, most) {
        (Some(least), Some(most)) => Some(format!("{what}{least} to {most}")),
        (Some(least), None) => Some(format!("{what}{least} at least")),
        (None, Some(most)) => Some(format!("{what}{most} at most")),
        (None, None) => None,
    };
    let texts =
        |pair: (Option<u64>, Option<u64>)| (pair.0.map(|n| n.to_string()), pair.1.map(|n| n.to_string()));
    if let Some(choices) = &limits.choices {
        let shown = choices.iter().map(|choice| if choice.is_empty() { "\"\"" } else { choice });
        notes.push(format!("one of {}", shown.collect::<Vec<_>>().join(", ")));
    }
    notes.extend(range("", (limits.min.map(|n| n.to_string()), limits.max.map(|n| n.to_string()))));
    notes.extend(range("length ", texts((limits.min_length, limits.max_length))));
    notes.extend(range("items: ", texts((limits.min_items, limits.max_items))));
    notes.extend(range("entries: ", texts((limits.min_props, limits.max_props))));
    notes.extend(limits.format.map(|format| format!("format {format}")));
    notes.extend(limits.pattern.map(|pattern| format!("pattern {pattern}")));
    if limits.list == Some("map") {
        notes.push(format!("items differ in {}", describe::names(limits.keys.iter().copied(), "or")));
    } else if limits.list == Some("set") {
        notes.push("no item twice".to_owned());
    }
}
