//! Reads a file of `api/`. The files are weft's own, so that what is not understood is passed over; a test reads all.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter::Peekable;
use std::str::{FromStr, Lines};

use super::types::{
    Column, Definition, Dialect, Field, Fields, Group, Limits, Rule, Schema, Shape, Type, Version,
};

type Text = &'static str;

/// Stands before the words of a line.
const WORDS: &str = " -- ";
/// Stands for a line break in a rule.
const BREAK: char = '\u{2424}';

/// Reads a whole file.
pub(super) fn read(text: Text) -> Schema {
    let mut reader =
        Reader { lines: text.lines().peekable(), schema: Schema::default(), named: HashMap::new() };
    while let Some(line) = reader.lines.next() {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match first {
            "dialect" => {
                let (dialect, how) = pair(rest);
                reader.schema.lenient = how == "lenient";
                reader.schema.dialect = match dialect {
                    "native" => Dialect::Native,
                    "proto" => Dialect::Proto,
                    _ => Dialect::Custom,
                };
            }
            "kind" => reader.kind(rest.trim()),
            "config" => {
                let (name, of) = rest.split_once(' ').unwrap_or((rest, rest));
                let of = reader.reference(of.trim());
                reader.schema.configs.push((name, of));
            }
            "type" => {
                let (name, line) = rest.split_once(' ').unwrap_or((rest, ""));
                let at = reader.reference(name);
                let made = reader.type_of(line, 0);
                reader.schema.types[at as usize] = made;
            }
            _ => {}
        }
    }
    let roots: Vec<u32> =
        reader.schema.kinds.iter().flat_map(|kind| kind.versions.iter().map(|one| one.root)).collect();
    for root in roots {
        reader.schema.types[root as usize].is_root = true;
    }
    reader.schema.names = reader.named.into_iter().collect();
    reader.schema
}

struct Reader {
    lines: Peekable<Lines<'static>>,
    schema: Schema,
    named: HashMap<Text, u32>,
}

fn depth_of(line: &str) -> usize {
    (line.len() - line.trim_start_matches(' ').len()) / 2
}

/// Whether a word is the name of a type of the same file; `core.Affinity` lies in another.
fn is_named(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_uppercase()) && !word.contains('.')
}

fn words(text: Text) -> Vec<Text> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

fn pair(text: Text) -> (Text, Text) {
    text.split_once(' ').unwrap_or((text, ""))
}

impl Reader {
    /// The next line, if it lies deeper than `depth`.
    fn inside(&mut self, depth: usize) -> Option<(usize, Text)> {
        let line = self.lines.peek()?;
        let own = depth_of(line);
        if own <= depth || line.trim().is_empty() {
            return None;
        }
        self.lines.next().map(|line| (own, line.trim_start_matches(' ')))
    }

    /// The place of a named type, which may be read later.
    fn reference(&mut self, name: Text) -> u32 {
        if let Some(&at) = self.named.get(name) {
            return at;
        }
        let at = self.push(Type::default());
        self.named.insert(name, at);
        at
    }

    fn push(&mut self, made: Type) -> u32 {
        self.schema.types.push(made);
        (self.schema.types.len() - 1) as u32
    }

    fn kind(&mut self, kind: Text) {
        let mut made = Definition { kind, namespaced: true, ..Definition::default() };
        while let Some((depth, line)) = self.inside(0) {
            let (word, rest) = pair(line);
            match word {
                "group" => made.group = rest,
                "scope" => made.namespaced = rest == "Namespaced",
                "names" => {
                    let names = words(rest);
                    let name = |at: usize| names.get(at).copied().unwrap_or_default();
                    made.names = [name(0), name(1), name(2)];
                }
                "short" => made.short = words(rest),
                "categories" => made.categories = words(rest),
                "label" => made.labels.push(pair(rest)),
                "annotation" => made.annotations.push(pair(rest)),
                "version" => {
                    let version = self.version(rest, depth);
                    made.versions.push(version);
                }
                _ => {}
            }
        }
        self.schema.kinds.push(made);
    }

    fn version(&mut self, line: Text, depth: usize) -> Version {
        let said = words(line);
        let has = |flag: &str| said.iter().skip(2).any(|word| *word == flag);
        let root = self.reference(said.get(1).copied().unwrap_or_default());
        let mut version = Version {
            name: said.first().copied().unwrap_or_default(),
            root,
            served: has("served"),
            storage: has("storage"),
            status: has("status"),
            deprecated: has("deprecated"),
            warning: None,
            columns: vec![],
        };
        while let Some((_, line)) = self.inside(depth) {
            match pair(line) {
                ("warning", rest) => version.warning = Some(rest),
                ("column", rest) => version.columns.push(column(rest)),
                _ => {}
            }
        }
        version
    }

    /// A type from what stands behind its name, and from the lines below it.
    fn type_of(&mut self, line: Text, depth: usize) -> Type {
        let line = line.split_once(WORDS).map_or(line, |(line, _)| line);
        let mut said = line.split(' ').filter(|word| !word.is_empty());
        let word = said.next().unwrap_or_default();
        let mut made = Type { shape: self.shape(word), ..Type::default() };
        let mut limits = Limits::default();
        let mut limited = false;
        for attribute in said {
            match attribute {
                "nullable" => made.nullable = true,
                "preserve" => made.preserve = true,
                "embedded" => made.embedded = true,
                _ => match attribute.split_once('=') {
                    Some(("default", json)) => made.default = Some(json),
                    Some((name, value)) => limited |= limit(&mut limits, name, value),
                    None => {}
                },
            }
        }
        let mut fields = vec![];
        while let Some((own, line)) = self.inside(depth) {
            let (head, rest) = pair(line);
            match head.strip_prefix('@') {
                Some("pattern") => (limits.pattern, limited) = (Some(rest), true),
                Some(word) => self.say(&mut made, word, rest),
                None => fields.extend(self.field(&mut made, head, rest, own)),
            }
        }
        if let Shape::Object(of) = &mut made.shape {
            *of = Fields::new(fields);
        }
        made.limits = limited.then(|| Box::new(limits));
        made
    }

    /// A line below a type: a field, or what a list or a map holds.
    fn field(&mut self, above: &mut Type, head: Text, line: Text, depth: usize) -> Option<Field> {
        let text = line.split_once(WORDS).map_or("", |(_, words)| words);
        let bare = line.split_once(WORDS).map_or(line, |(line, _)| line);
        let of = self.of(bare, depth);
        match (head, &mut above.shape) {
            ("[]", Shape::List(item)) => *item = of,
            ("{}", Shape::Map(value)) => *value = of,
            _ => {
                let (name, required) = head.strip_suffix('!').map_or((head, false), |name| (name, true));
                let minor = |key: &str| {
                    let value = bare.split(' ').find_map(|word| word.strip_prefix(key))?;
                    value.rsplit('.').next()?.parse().ok()
                };
                let (since, until) = (minor("since="), minor("until="));
                let deprecated = bare.split(' ').any(|word| word == "deprecated");
                return Some(Field { name, of, required, words: text, since, until, deprecated });
            }
        }
        None
    }

    /// The place of a type that a line gives: a named one where nothing else is said of it.
    fn of(&mut self, line: Text, depth: usize) -> u32 {
        let mut said = line.split(' ').filter(|word| !word.is_empty());
        let first = said.next().unwrap_or_default();
        match is_named(first) {
            true => self.reference(first),
            false => {
                let made = self.type_of(line, depth);
                self.push(made)
            }
        }
    }

    fn shape(&mut self, word: Text) -> Shape {
        if let Some(item) = word.strip_prefix("[]") {
            return Shape::List(self.inner(item));
        }
        if let Some(value) = word.strip_prefix("{}") {
            return Shape::Map(self.inner(value));
        }
        match word {
            "boolean" => Shape::Boolean,
            "integer" => Shape::Integer,
            "number" => Shape::Number,
            "string" => Shape::String,
            "int-or-string" => Shape::IntOrString,
            "quantity" => Shape::Quantity,
            "object" => Shape::Object(Fields::default()),
            "list" | "map" => {
                let anything = self.push(Type::default());
                if word == "list" { Shape::List(anything) } else { Shape::Map(anything) }
            }
            _ if word.contains('.') => Shape::Elsewhere(word),
            _ => Shape::Any,
        }
    }

    /// What stands behind `[]` or `{}` in one word.
    fn inner(&mut self, word: Text) -> u32 {
        if is_named(word) {
            return self.reference(word);
        }
        let shape = self.shape(word);
        self.push(Type { shape, ..Type::default() })
    }

    /// A line with `@`.
    fn say(&mut self, made: &mut Type, word: &str, rest: Text) {
        let group = |required| Group { fields: words(rest), required };
        match word {
            "one-of" => made.groups.push(group(true)),
            "at-most-one" => made.groups.push(group(false)),
            "required" => made.required.push(rest),
            "bare" => made.bare = true,
            "schema" => made.extra.push(rest),
            "rule" => {
                let rule = match rest.contains(BREAK) {
                    true => Cow::Owned(rest.replace(BREAK, "\n")),
                    false => Cow::Borrowed(rest),
                };
                made.rules.push(Rule { rule, ..Rule::default() });
            }
            _ => {
                let Some(rule) = made.rules.last_mut() else { return };
                match word {
                    "message" => rule.message = Some(rest),
                    "messageExpression" => rule.message_expression = Some(rest),
                    "reason" => rule.reason = Some(rest),
                    "fieldPath" => rule.field_path = Some(rest),
                    "optionalOldSelf" => rule.optional_old_self = Some(rest == "True"),
                    _ => {}
                }
            }
        }
    }
}

fn column(line: Text) -> Column {
    let (kind, rest) = pair(line);
    let (path, mut name) = pair(rest);
    let mut column = Column { name, kind, path, priority: 0, format: None };
    if let Some(rest) = name.strip_prefix("priority=") {
        let (value, rest) = pair(rest);
        (column.priority, name) = (value.parse().unwrap_or_default(), rest);
    }
    if let Some(rest) = name.strip_prefix("format=") {
        let (value, rest) = pair(rest);
        (column.format, name) = (Some(value), rest);
    }
    Column { name, ..column }
}

/// Takes up an attribute, if it is a limit.
fn limit(limits: &mut Limits, name: &str, value: Text) -> bool {
    fn number<T: FromStr>(value: &str) -> Option<T> {
        value.parse().ok()
    }
    match name {
        "min" => limits.min = number(value),
        "max" => limits.max = number(value),
        "minLength" => limits.min_length = number(value),
        "maxLength" => limits.max_length = number(value),
        "minItems" => limits.min_items = number(value),
        "maxItems" => limits.max_items = number(value),
        "minProps" => limits.min_props = number(value),
        "maxProps" => limits.max_props = number(value),
        "format" => limits.format = Some(value),
        "enum" => limits.choices = Some(value.split('|').collect()),
        "list" => limits.list = Some(value),
        "map" => limits.map = Some(value),
        "keys" => limits.keys = value.split(',').collect(),
        _ => return false,
    }
    true
}
