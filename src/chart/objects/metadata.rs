//! `.Chart`: Chart.yaml with the names of Go's fields.

use std::any::Any;
use std::rc::Rc;

use crate::chart::metadata::{Dependency, Import, Maintainer, Metadata};
use crate::template::{Elem, Kind, List, Map, Object, Type, Value};

/// `.Chart`: the fields of Chart.yaml, and whether the chart is no subchart.
pub(in crate::chart) struct ChartObject {
    metadata: Rc<dyn Object>,
    is_root: bool,
}

impl ChartObject {
    pub(in crate::chart) fn new(metadata: &Metadata, is_root: bool) -> Self {
        Self {
            metadata: Rc::new(Fields {
                name: "chart.Metadata",
                kind: Kind::Struct,
                fields: fields(metadata),
            }),
            is_root,
        }
    }
}

impl Object for ChartObject {
    fn type_name(&self) -> &str {
        "struct { chart.Metadata; IsRoot bool }"
    }

    fn fields(&self) -> Vec<(&str, Value)> {
        vec![("Metadata", Value::Object(self.metadata.clone())), ("IsRoot", Value::Bool(self.is_root))]
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Metadata" => Some(Value::Object(self.metadata.clone())),
            "IsRoot" => Some(Value::Bool(self.is_root)),
            // The metadata is embedded: its fields are the chart's.
            _ => self.metadata.field(name),
        }
    }

    fn json(&self) -> Option<Value> {
        let json = self.metadata.json()?;
        if let Value::Map(map) = &json {
            map.set("IsRoot", self.is_root);
        }
        Some(json)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A struct of Go's.
pub(super) struct Fields {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) fields: Vec<(&'static str, Value)>,
}

impl Object for Fields {
    fn type_name(&self) -> &str {
        self.name
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn fields(&self) -> Vec<(&str, Value)> {
        self.fields.clone()
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.fields.iter().find(|field| field.0 == name).map(|field| field.1.clone())
    }

    fn json(&self) -> Option<Value> {
        if !self.name.contains("chart.") {
            return None;
        }
        // Chart.yaml's own names; what is empty is left out, but for two fields of dependencies.
        let always = |name: &str| self.name == "*chart.Dependency" && ["Name", "Repository"].contains(&name);
        let written = self.fields.iter().filter(|(name, value)| value.truth() || always(name));
        Some(Value::Map(written.map(|(name, value)| (key(name), value.clone())).collect()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The name in Chart.yaml of a field of Go's.
fn key(name: &str) -> String {
    match name {
        "APIVersion" => "apiVersion".to_owned(),
        "URL" => "url".to_owned(),
        "ImportValues" => "import-values".to_owned(),
        _ => name[..1].to_ascii_lowercase() + &name[1..],
    }
}

const MAINTAINERS: Type = Type::new("[]*chart.Maintainer", Elem::Other);
const DEPENDENCIES: Type = Type::new("[]*chart.Dependency", Elem::Other);

fn text(text: &str) -> Value {
    Value::from(text)
}

fn strings(items: &[String]) -> Value {
    List::of_strings(items.iter().map(String::as_str)).into()
}

fn fields(metadata: &Metadata) -> Vec<(&'static str, Value)> {
    let annotations = Map::of(Type::STRING_MAP);
    metadata.annotations.iter().for_each(|(key, value)| drop(annotations.set(key.as_str(), value.as_str())));
    let maintainers = metadata.maintainers.iter().map(maintainer).collect();
    let dependencies = metadata.dependencies.iter().map(dependency).collect();
    vec![
        ("Name", text(&metadata.name)),
        ("Home", text(&metadata.home)),
        ("Sources", strings(&metadata.sources)),
        ("Version", text(&metadata.version)),
        ("Description", text(&metadata.description)),
        ("Keywords", strings(&metadata.keywords)),
        ("Maintainers", List::of(MAINTAINERS, maintainers).into()),
        ("Icon", text(&metadata.icon)),
        ("APIVersion", text(&metadata.api_version)),
        ("Condition", text(&metadata.condition)),
        ("Tags", text(&metadata.tags)),
        ("AppVersion", text(&metadata.app_version)),
        ("Deprecated", Value::Bool(metadata.deprecated)),
        ("Annotations", annotations.into()),
        ("KubeVersion", text(&metadata.kube_version)),
        ("Dependencies", List::of(DEPENDENCIES, dependencies).into()),
        ("Type", text(&metadata.kind)),
    ]
}

fn maintainer(from: &Maintainer) -> Value {
    let fields = vec![("Name", text(&from.name)), ("Email", text(&from.email)), ("URL", text(&from.url))];
    Value::object(Fields { name: "*chart.Maintainer", kind: Kind::Ptr, fields })
}

fn dependency(from: &Dependency) -> Value {
    let fields = vec![
        ("Name", text(&from.name)),
        ("Version", text(&from.version)),
        ("Repository", text(&from.repository)),
        ("Condition", text(&from.condition)),
        ("Tags", strings(&from.tags)),
        ("Enabled", Value::Bool(from.enabled)),
        ("ImportValues", from.imports.iter().map(import).collect::<Vec<_>>().into()),
        ("Alias", text(&from.alias)),
    ];
    Value::object(Fields { name: "*chart.Dependency", kind: Kind::Ptr, fields })
}

/// Helm writes the short form out before templates see it.
fn import(from: &Import) -> Value {
    let (child, parent) = match from {
        Import::Export(name) => (format!("exports.{name}"), "."),
        Import::Move { child, parent } => (child.clone(), parent.as_str()),
    };
    let map = Map::of(Type::STRING_MAP);
    map.set("child", child);
    map.set("parent", parent);
    map.into()
}
