//! What a schema says, in memory.

use std::sync::OnceLock;

use regex::Regex;
use serde_json::Value;

use super::cel::{Lowered, lower};

/// A file of `api/`: kinds, other documents, and the types that they share.
#[derive(Debug, Default)]
pub struct Schema {
    /// How its values are read.
    pub dialect: Dialect,
    /// Whether unknown fields are ignored by whoever reads it, rather than a reason to refuse the whole.
    pub lenient: bool,
    /// Its kinds.
    pub kinds: Vec<Definition>,
    /// Documents that are no Kubernetes objects, by name, with their type.
    pub configs: Vec<(&'static str, u32)>,
    /// Its types; the others refer to them by place.
    pub types: Vec<Type>,
    /// The types that have a name.
    pub names: Vec<(&'static str, u32)>,
}

impl Schema {
    /// A type of this name.
    pub fn named(&'static self, name: &str) -> Option<TypeRef> {
        let (_, at) = self.names.iter().find(|(known, _)| *known == name)?;
        Some(TypeRef { schema: self, at: *at })
    }
}

/// How values are read before they are checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// As the API server reads custom resources.
    #[default]
    Custom,
    /// As Go reads Kubernetes' own kinds: null is as good as absent.
    Native,
    /// Protobuf's JSON: names in two spellings, enums by number, numbers as text.
    Proto,
}

/// A kind, and what its CustomResourceDefinition says outside the schema.
#[derive(Debug, Default)]
pub struct Definition {
    /// `kind` as manifests write it.
    pub kind: &'static str,
    /// The API group; empty for Kubernetes' core.
    pub group: &'static str,
    /// Whether its objects live in a namespace.
    pub namespaced: bool,
    /// Plural, singular and list kind.
    pub names: [&'static str; 3],
    /// Short names for the command line.
    pub short: Vec<&'static str>,
    /// Groups of kinds that are listed together (`kubectl get istio-io`).
    pub categories: Vec<&'static str>,
    /// Labels of the definition.
    pub labels: Vec<(&'static str, &'static str)>,
    /// Annotations of the definition.
    pub annotations: Vec<(&'static str, &'static str)>,
    /// Its versions, in the definition's order.
    pub versions: Vec<Version>,
}

/// A version of a kind.
#[derive(Debug, Default)]
pub struct Version {
    /// `v1`
    pub name: &'static str,
    /// The type of its objects.
    pub root: u32,
    /// Whether the API server takes it.
    pub served: bool,
    /// Whether objects are stored in it.
    pub storage: bool,
    /// Whether `status` is written apart from the rest.
    pub status: bool,
    /// Whether the API server warns of it.
    pub deprecated: bool,
    /// What that warning says.
    pub warning: Option<&'static str>,
    /// What `kubectl get` shows.
    pub columns: Vec<Column>,
}

/// A column of `kubectl get`.
#[derive(Debug)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// `string`, `date`, `integer` …
    pub kind: &'static str,
    /// Where its value lies.
    pub path: &'static str,
    /// 0 is shown always, more with `-o wide`.
    pub priority: u32,
    /// `date-time` …
    pub format: Option<&'static str>,
}

/// A type in its schema.
#[derive(Clone, Copy)]
pub struct TypeRef {
    /// Where it and the types that it refers to lie.
    pub schema: &'static Schema,
    /// Its place there.
    pub at: u32,
}

impl TypeRef {
    /// The type itself, one of another file found there.
    pub fn get(self) -> &'static Type {
        &self.schema.types[self.at as usize]
    }

    /// Another type of the same schema.
    pub fn of(self, at: u32) -> TypeRef {
        TypeRef { schema: self.schema, at }.resolved()
    }

    /// The type of a field, of an item or of a value.
    pub(super) fn resolved(self) -> TypeRef {
        match self.get().shape {
            Shape::Elsewhere(name) => super::catalog::elsewhere(name).unwrap_or(self),
            _ => self,
        }
    }
}

/// What a value may be.
#[derive(Debug, Default)]
pub struct Type {
    /// Its shape.
    pub shape: Shape,
    /// Whether it is the type of a kind's objects.
    pub is_root: bool,
    /// Null is a value of its own.
    pub nullable: bool,
    /// Unknown fields are kept.
    pub preserve: bool,
    /// A whole Kubernetes object.
    pub embedded: bool,
    /// An `IntOrString` without OpenAPI's `anyOf` beside it.
    pub bare: bool,
    /// The default, as JSON.
    pub default: Option<&'static str>,
    pub(super) read_default: OnceLock<Option<Box<Value>>>,
    /// Limits on the value, where there are any.
    pub limits: Option<Box<Limits>>,
    /// Which fields go together.
    pub groups: Vec<Group>,
    /// Fields that are required without being described.
    pub required: Vec<&'static str>,
    /// Rules in CEL.
    pub rules: Vec<Rule>,
    /// What else OpenAPI says: `oneOf`, `anyOf`, `not`, as JSON.
    pub extra: Vec<&'static str>,
}

impl Type {
    /// The default, read when it is first needed.
    pub(super) fn default_value(&self) -> Option<&Value> {
        let text = self.default?;
        self.read_default.get_or_init(|| serde_json::from_str(text).ok().map(Box::new)).as_deref()
    }
}

/// The shape of a value.
#[derive(Debug, Default)]
pub enum Shape {
    /// Anything.
    #[default]
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    String,
    /// A whole number or a text.
    IntOrString,
    /// A quantity such as `250m` or `1Gi`.
    Quantity,
    /// A list of one type.
    List(u32),
    /// A mapping from any key to one type.
    Map(u32),
    /// An object with these fields.
    Object(Fields),
    /// A type of another file: `core.Affinity`.
    Elsewhere(&'static str),
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type's place in the schema.
    pub of: u32,
    /// Whether it has to be there.
    pub required: bool,
    /// What it is, in a sentence; may be empty.
    pub words: &'static str,
    /// The first minor release that has it, and the last.
    pub since: Option<u32>,
    /// The last minor release that has it.
    pub until: Option<u32>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// The fields of an object, with a table to find them by name.
#[derive(Debug, Default)]
pub struct Fields {
    all: Vec<Field>,
    required: bool,
    /// Places in `all` plus one, by hash; empty slots are 0. A power of two in size.
    table: Vec<u16>,
}

impl Fields {
    pub(super) fn new(all: Vec<Field>) -> Self {
        let mut table = vec![0; (all.len() * 2).next_power_of_two()];
        let mask = table.len() - 1;
        for (at, field) in all.iter().enumerate() {
            let mut slot = hash(field.name.as_bytes()) & mask;
            while table[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            table[slot] = at as u16 + 1;
        }
        Self { required: all.iter().any(|field| field.required), all, table }
    }

    /// Whether one of them has to be there.
    pub fn has_required(&self) -> bool {
        self.required
    }

    /// The fields, by name.
    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.all.iter()
    }

    /// The field of a name and its place.
    #[inline]
    pub fn find(&self, name: &str) -> Option<(usize, &Field)> {
        let mask = self.table.len().wrapping_sub(1);
        let mut slot = hash(name.as_bytes()) & mask;
        loop {
            let at = (*self.table.get(slot)? as usize).checked_sub(1)?;
            let field = &self.all[at];
            if field.name == name {
                return Some((at, field));
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Tells the handful of names of one object apart: length, both ends and the middle.
#[inline]
fn hash(name: &[u8]) -> usize {
    let (Some(&first), Some(&last)) = (name.first(), name.last()) else { return 0 };
    let middle = name[name.len() / 2];
    (name.len())
        .wrapping_add(usize::from(first).wrapping_mul(31))
        .wrapping_add(usize::from(last).wrapping_mul(7))
        .wrapping_add(usize::from(middle).wrapping_mul(131))
}

/// Limits on a value, the bounds included.
#[derive(Debug, Default)]
pub struct Limits {
    /// The least number.
    pub min: Option<f64>,
    /// The greatest number.
    pub max: Option<f64>,
    /// The fewest characters.
    pub min_length: Option<u64>,
    /// The most characters.
    pub max_length: Option<u64>,
    /// The fewest items.
    pub min_items: Option<u64>,
    /// The most items.
    pub max_items: Option<u64>,
    /// The fewest entries.
    pub min_props: Option<u64>,
    /// The most entries.
    pub max_props: Option<u64>,
    /// The format, as OpenAPI names it.
    pub format: Option<&'static str>,
    /// The values there are.
    pub choices: Option<Vec<&'static str>>,
    /// A regular expression.
    pub pattern: Option<&'static str>,
    pub(super) compiled: OnceLock<Option<Regex>>,
    /// `map`, `set` or `atomic`.
    pub list: Option<&'static str>,
    /// The keys of a list that is a map.
    pub keys: Vec<&'static str>,
    /// `atomic` or `granular`.
    pub map: Option<&'static str>,
}

impl Limits {
    /// The pattern, compiled when it is first needed.
    pub(super) fn pattern(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.pattern?).ok()).as_ref()
    }
}

/// Fields that go together.
#[derive(Debug)]
pub struct Group {
    /// The fields.
    pub fields: Vec<&'static str>,
    /// Whether one of them has to be there.
    pub required: bool,
}

/// A rule in CEL.
#[derive(Debug, Default)]
pub struct Rule {
    /// The expression.
    pub rule: std::borrow::Cow<'static, str>,
    /// What the API server says when it does not hold.
    pub message: Option<&'static str>,
    /// An expression that gives that message.
    pub message_expression: Option<&'static str>,
    /// The machine-readable reason.
    pub reason: Option<&'static str>,
    /// The field that it is about.
    pub field_path: Option<&'static str>,
    /// Whether it holds for new objects too.
    pub optional_old_self: Option<bool>,
    pub(super) lowered: OnceLock<Option<Box<Lowered>>>,
}

impl Rule {
    /// The rule as weft evaluates it, made when it is first needed; nothing where it has to be left to another engine.
    pub(super) fn lowered(&self) -> Option<&Lowered> {
        let lower = || match self.optional_old_self {
            Some(true) => None,
            _ => lower(&self.rule).map(Box::new),
        };
        self.lowered.get_or_init(lower).as_deref()
    }
}
