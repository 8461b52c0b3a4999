//! The walk: a value beside its type, from the top down.

use super::path::path_of;
use super::problem::{Class, Problem};
use super::{Releases, cel, constraint, lists, scalar};
use crate::schema::catalog;
use crate::schema::types::{Dialect, Field, Fields, Shape, Type, TypeRef};
use crate::yaml::Node;

/// How deep a document is followed: deeper than any schema that is not recursive.
const DEPTH: usize = 128;

pub(super) struct Walk<'a> {
    pub(super) dialect: Dialect,
    /// Whether unknown fields are ignored.
    pub(super) lenient: bool,
    pub(super) releases: Releases,
    pub(super) root: Node<'a>,
    pub(super) problems: Vec<Problem<'a>>,
    /// The type of the document.
    pub(super) top: TypeRef,
    depth: usize,
}

/// Which fields of an object are there: a bit each.
#[derive(Default)]
struct Seen([u64; 4]);

impl Seen {
    fn add(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_none_or(|word| word & (1 << (at % 64)) != 0)
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(top: TypeRef, releases: Releases, root: Node<'a>) -> Self {
        let (dialect, lenient) = (top.schema.dialect, top.schema.lenient);
        Self { dialect, lenient, releases, root, problems: vec![], top, depth: 0 }
    }

    pub(super) fn report(&mut self, problem: Problem<'a>) {
        self.problems.push(problem);
    }

    pub(super) fn path(&self, node: Node<'a>) -> String {
        path_of(self.root, node)
    }

    /// The path of a node for the beginning of a message, in backticks.
    pub(super) fn place(&self, node: Node<'a>) -> String {
        let path = self.path(node);
        if path.is_empty() { "the document".to_owned() } else { format!("`{path}`") }
    }

    /// A custom resource. What every object has is checked as Kubernetes' own; a status that is written apart is
    /// dropped from new objects before anything but its fields' names is looked at.
    pub(super) fn custom(&mut self, top: TypeRef, root: Node<'a>, status_apart: bool) {
        if !root.is_map() {
            return self.value(top, None, root);
        }
        let begun = self.problems.len();
        self.object(top, root, root, |walk, key, field, value| match key.text() {
            Some("apiVersion" | "kind") => {}
            Some("metadata") => walk.metadata(key, value),
            Some("status") if status_apart => {
                let begun = walk.problems.len();
                walk.of_field(top, key, field, value);
                let kept = walk.problems.split_off(begun).into_iter();
                walk.problems.extend(kept.filter(|problem| problem.class == Class::UnknownField));
            }
            _ => walk.of_field(top, key, field, value),
        });
        self.rules(top, root, root, begun);
    }

    fn metadata(&mut self, key: Node<'a>, value: Node<'a>) {
        let Some(of) = catalog::object_meta() else { return };
        let dialect = std::mem::replace(&mut self.dialect, Dialect::Native);
        self.field_value(of, key, value);
        self.dialect = dialect;
    }

    /// A value that is not absent. `key` is the key before it; items of lists have none.
    pub(super) fn value(&mut self, of: TypeRef, key: Option<Node<'a>>, node: Node<'a>) {
        if self.depth >= DEPTH {
            return;
        }
        self.depth += 1;
        let before = (self.dialect, self.lenient);
        // A part that is a document of its own is read as such; custom resources are read in one way throughout.
        if self.dialect != Dialect::Custom {
            (self.dialect, self.lenient) = (of.schema.dialect, of.schema.lenient);
        }
        self.judge(of, key, node);
        (self.dialect, self.lenient) = before;
        self.depth -= 1;
    }

    fn judge(&mut self, of: TypeRef, key: Option<Node<'a>>, node: Node<'a>) {
        let kind = of.get();
        match &kind.shape {
            Shape::Any | Shape::Elsewhere(_) => return,
            Shape::Object(_) if node.is_map() => {
                let begun = self.problems.len();
                let place = key.unwrap_or(node);
                self.object(of, place, node, |walk, key, field, value| walk.of_field(of, key, field, value));
                constraint::entries(self, of, place, node);
                return self.rules(of, place, node, begun);
            }
            Shape::Map(value) if node.is_map() => {
                let begun = self.problems.len();
                let value_type = of.of(*value);
                for (key, value) in node.entries() {
                    self.field_value(value_type, key, value);
                }
                let place = key.unwrap_or(node);
                constraint::entries(self, of, place, node);
                return self.rules(of, place, node, begun);
            }
            Shape::List(item) if node.is_seq() => {
                let begun = self.problems.len();
                let place = key.unwrap_or(node);
                self.items(of.of(*item), node);
                lists::check(self, of, place, node);
                return self.rules(of, place, node, begun);
            }
            Shape::Object(_) | Shape::Map(_) | Shape::List(_) => {}
            _ => {
                if scalar::fits(kind, self.dialect, node) {
                    if kind.limits.is_some() || !kind.extra.is_empty() || !kind.rules.is_empty() {
                        let begun = self.problems.len();
                        constraint::scalar(self, of, node);
                        self.rules(of, node, node, begun);
                    } else if matches!(kind.shape, Shape::Quantity | Shape::Integer | Shape::IntOrString) {
                        constraint::scalar(self, of, node);
                    }
                    return;
                }
            }
        }
        self.wrong_type(kind, key, node);
    }

    /// Null where null is no value is as good as nothing.
    fn is_absent(&self, kind: &Type, node: Node<'a>) -> bool {
        node.is_null() && (self.dialect != Dialect::Custom || !kind.nullable)
    }

    fn field_value(&mut self, of: TypeRef, key: Node<'a>, value: Node<'a>) {
        if value.is_null() {
            return;
        }
        self.value(of, Some(key), value);
    }

    fn of_field(&mut self, of: TypeRef, key: Node<'a>, field: &'static Field, value: Node<'a>) {
        self.field_value(of.of(field.of), key, value);
    }

    fn items(&mut self, item: TypeRef, list: Node<'a>) {
        let kind = item.get();
        for node in list.items() {
            if !node.is_null() {
                self.value(item, None, node);
            } else if self.dialect == Dialect::Custom && !kind.nullable && kind.default.is_none() {
                self.wrong_type(kind, None, node);
            }
        }
    }

    /// The fields of an object: unknown ones, missing ones, and those that exclude each other. `each` goes on with what a
    /// field holds.
    fn object(
        &mut self,
        of: TypeRef,
        place: Node<'a>,
        node: Node<'a>,
        mut each: impl FnMut(&mut Self, Node<'a>, &'static Field, Node<'a>),
    ) {
        let kind = of.get();
        let Shape::Object(fields) = &kind.shape else { return };
        let mut seen = Seen::default();
        for (key, value) in node.entries() {
            let Some(name) = key.text() else { continue };
            let Some((at, field)) = self.find(fields, name) else {
                if !kind.preserve && !self.is_implied(of, node, name, value, &mut each, key) {
                    self.unknown_field(of, node, key, None);
                }
                continue;
            };
            if let Some(why) = self.out_of_release(field) {
                self.unknown_field(of, node, key, Some(why));
            }
            if !self.is_absent(of.of(field.of).get(), value) {
                seen.add(at);
            }
            each(self, key, field, value);
        }
        if fields.has_required() {
            let lacks = |(at, field): &(usize, &Field)| {
                field.required && !seen.has(*at) && of.of(field.of).get().default.is_none()
            };
            let missing: Vec<&str> =
                fields.iter().enumerate().filter(lacks).map(|(_, field)| field.name).collect();
            for name in missing {
                self.missing(place, node, name);
            }
        }
        for name in &kind.required {
            if node.get(name).is_none() {
                self.missing(place, node, name);
            }
        }
        for group in &kind.groups {
            let given =
                group.fields.iter().filter(|name| fields.find(name).is_some_and(|(at, _)| seen.has(at)));
            let given = given.count();
            if given > 1 || (given == 0 && group.required) {
                constraint::group(self, group, place, node);
            }
        }
        constraint::extra(self, of, place, node);
    }

    /// At the top of a custom resource, what every object has needs no line in the schema.
    fn is_implied(
        &mut self,
        of: TypeRef,
        node: Node<'a>,
        name: &str,
        value: Node<'a>,
        each: &mut impl FnMut(&mut Self, Node<'a>, &'static Field, Node<'a>),
        key: Node<'a>,
    ) -> bool {
        static IMPLIED: Field = Field {
            name: "",
            of: 0,
            required: false,
            words: "",
            since: None,
            until: None,
            deprecated: false,
        };
        let top = self.dialect == Dialect::Custom && of.get().is_root && node.index() == self.root.index();
        let implied = top && matches!(name, "apiVersion" | "kind" | "metadata");
        if implied {
            each(self, key, &IMPLIED, value);
        }
        implied
    }

    /// Protobuf's JSON takes `proxy_listen_port` for `proxyListenPort` too.
    #[inline]
    fn find(&self, fields: &'static Fields, name: &str) -> Option<(usize, &'static Field)> {
        let found = fields.find(name);
        if found.is_some() || self.dialect != Dialect::Proto || !name.contains('_') {
            return found;
        }
        fields.find(&camel_case(name))
    }

    /// Why a release that was asked for does not have a field.
    fn out_of_release(&self, field: &Field) -> Option<String> {
        let minor = self.releases.kubernetes.filter(|_| self.dialect == Dialect::Native)?;
        match (field.since, field.until) {
            (Some(since), _) if minor < since => {
                Some(format!("Kubernetes has it from 1.{since} on; this is checked for 1.{minor}"))
            }
            (_, Some(until)) if minor > until => {
                Some(format!("Kubernetes had it until 1.{until}; this is checked for 1.{minor}"))
            }
            _ => None,
        }
    }

    fn missing(&mut self, place: Node<'a>, node: Node<'a>, name: &str) {
        let place = first_key(place, node);
        let path = self.path(node);
        let message = match path.is_empty() {
            true => format!("`{name}` is missing"),
            false => format!("`{path}` lacks `{name}`"),
        };
        let mut problem = Problem::new(Class::MissingField, place, message).label(format!("needs `{name}`"));
        let near =
            node.entries().find(|(key, _)| key.text().is_some_and(|key| key.eq_ignore_ascii_case(name)));
        if let Some((key, _)) = near {
            problem.also.push((key.span(), "meant to be it?"));
        }
        self.report(problem);
    }

    /// CEL is looked at where the rest is in order, as in the API server.
    fn rules(&mut self, of: TypeRef, place: Node<'a>, node: Node<'a>, begun: usize) {
        let kind = of.get();
        if kind.rules.is_empty() || self.dialect != Dialect::Custom {
            return;
        }
        if self.problems[begun..].iter().all(|problem| problem.class == Class::FailedValidation) {
            cel::check(self, of, place, node);
        }
    }
}

/// Where something about a whole object is said: its key, or in a list its first key.
pub(super) fn first_key<'a>(place: Node<'a>, node: Node<'a>) -> Node<'a> {
    match node.entries().next() {
        Some((key, _)) if place.index() == node.index() => key,
        _ => place,
    }
}

/// `proxy_listen_port` as `proxyListenPort`.
fn camel_case(name: &str) -> String {
    let mut parts = name.split('_');
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        made.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        made.push_str(letters.as_str());
    }
    made
}
