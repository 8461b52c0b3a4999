//! CustomResourceDefinitions from schemas: what the API server is given, field by field.

use serde_json::{Map, Value, json};

use super::types::{Definition, Field, Group, Limits, Rule, Schema, Shape, Type, Version};

/// The definition of a kind, as it is applied to a cluster.
pub fn definition(schema: &Schema, of: &Definition) -> Value {
    let [plural, singular, list] = of.names;
    let mut metadata = Map::new();
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect::<Map<_, _>>()
    };
    metadata.insert("name".to_owned(), json!(format!("{plural}.{}", of.group)));
    if !of.labels.is_empty() {
        metadata.insert("labels".to_owned(), pairs(&of.labels).into());
    }
    if !of.annotations.is_empty() {
        metadata.insert("annotations".to_owned(), pairs(&of.annotations).into());
    }
    let mut names = Map::new();
    if !of.categories.is_empty() {
        names.insert("categories".to_owned(), json!(of.categories));
    }
    for (key, value) in [("kind", of.kind), ("listKind", list), ("plural", plural)] {
        names.insert(key.to_owned(), json!(value));
    }
    if !of.short.is_empty() {
        names.insert("shortNames".to_owned(), json!(of.short));
    }
    names.insert("singular".to_owned(), json!(singular));
    let scope = if of.namespaced { "Namespaced" } else { "Cluster" };
    let versions: Vec<Value> = of.versions.iter().map(|version| self::version(schema, version)).collect();
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": metadata,
        "spec": { "group": of.group, "names": names, "scope": scope, "versions": versions },
    })
}

fn version(schema: &Schema, version: &Version) -> Value {
    let mut made = Map::new();
    let mut put = |key: &str, value: Value| made.insert(key.to_owned(), value);
    if !version.columns.is_empty() {
        let columns: Vec<Value> = version.columns.iter().map(column).collect();
        put("additionalPrinterColumns", json!(columns));
    }
    if version.deprecated {
        put("deprecated", json!(true));
    }
    if let Some(warning) = version.warning {
        put("deprecationWarning", json!(warning));
    }
    put("name", json!(version.name));
    put("schema", json!({ "openAPIV3Schema": root(schema, &schema.types[version.root as usize]) }));
    put("served", json!(version.served));
    put("storage", json!(version.storage));
    if version.status {
        put("subresources", json!({ "status": {} }));
    }
    made.into()
}

/// A whole object. The API server describes `metadata` itself and refuses a definition that does it too.
fn root(schema: &Schema, of: &Type) -> Value {
    let mut made = open_api(schema, of, "");
    if let Some(metadata) = made.pointer_mut("/properties/metadata").and_then(Value::as_object_mut) {
        metadata.remove("description");
    }
    made
}

fn column(column: &super::types::Column) -> Value {
    let mut made = json!({ "jsonPath": column.path, "name": column.name, "type": column.kind });
    if column.priority > 0 {
        made["priority"] = json!(column.priority);
    }
    if let Some(format) = column.format {
        made["format"] = json!(format);
    }
    made
}

/// A type as OpenAPI v3 writes it, types of one name written out each time.
pub(super) fn open_api(schema: &Schema, of: &Type, words: &str) -> Value {
    let mut made = Map::new();
    let mut put = |key: &str, value: Value| made.insert(key.to_owned(), value);
    let inner = |at: u32| open_api(schema, &schema.types[at as usize], "");
    if !words.is_empty() {
        put("description", json!(words));
    }
    let kind = match &of.shape {
        Shape::Any | Shape::Elsewhere(_) => None,
        Shape::Boolean => Some("boolean"),
        Shape::Integer => Some("integer"),
        Shape::Number => Some("number"),
        Shape::String | Shape::Quantity => Some("string"),
        Shape::IntOrString => {
            put("x-kubernetes-int-or-string", json!(true));
            if !of.bare {
                put("anyOf", json!([{ "type": "integer" }, { "type": "string" }]));
            }
            None
        }
        Shape::List(item) => {
            put("items", inner(*item));
            Some("array")
        }
        Shape::Map(value) => {
            put("additionalProperties", inner(*value));
            Some("object")
        }
        Shape::Object(fields) => {
            if fields.iter().len() > 0 {
                let each = |field: &Field| {
                    let type_of = &schema.types[field.of as usize];
                    (field.name.to_owned(), open_api(schema, type_of, field.words))
                };
                put("properties", fields.iter().map(each).collect::<Map<_, _>>().into());
            }
            Some("object")
        }
    };
    let described = match &of.shape {
        Shape::Object(fields) => {
            fields.iter().filter(|field| field.required).map(|field| field.name).collect()
        }
        _ => vec![],
    };
    if !described.is_empty() || !of.required.is_empty() {
        put("required", json!([described, of.required.clone()].concat()));
    }
    for (flag, key) in [
        (of.nullable, "nullable"),
        (of.preserve, "x-kubernetes-preserve-unknown-fields"),
        (of.embedded, "x-kubernetes-embedded-resource"),
    ] {
        if flag {
            put(key, json!(true));
        }
    }
    if let Some(default) = of.default.and_then(|text| serde_json::from_str(text).ok()) {
        put("default", default);
    }
    if let Some(limits) = &of.limits {
        put_limits(limits, kind, &mut put);
    }
    put_groups(&of.groups, &mut put);
    for extra in &of.extra {
        if let Ok(Value::Object(said)) = serde_json::from_str(extra) {
            made.extend(said);
        }
    }
    if !of.rules.is_empty() {
        made.insert("x-kubernetes-validations".to_owned(), of.rules.iter().map(rule).collect());
    }
    if let Some(kind) = kind {
        made.insert("type".to_owned(), json!(kind));
    }
    made.into()
}

fn put_limits(limits: &Limits, kind: Option<&str>, put: &mut impl FnMut(&str, Value) -> Option<Value>) {
    let number = |value: f64| match value.fract() == 0.0 && value.abs() < 9e15 {
        true => json!(value as i64),
        false => json!(value),
    };
    let numbers = [("minimum", limits.min), ("maximum", limits.max)];
    let counts = [
        ("minLength", limits.min_length),
        ("maxLength", limits.max_length),
        ("minItems", limits.min_items),
        ("maxItems", limits.max_items),
        ("minProperties", limits.min_props),
        ("maxProperties", limits.max_props),
    ];
    let texts = [
        ("format", limits.format),
        ("pattern", limits.pattern),
        ("x-kubernetes-list-type", limits.list),
        ("x-kubernetes-map-type", limits.map),
    ];
    for (key, value) in numbers {
        value.map(|value| put(key, number(value)));
    }
    for (key, value) in counts {
        value.map(|value| put(key, json!(value)));
    }
    for (key, value) in texts {
        value.map(|value| put(key, json!(value)));
    }
    if !limits.keys.is_empty() {
        put("x-kubernetes-list-map-keys", json!(limits.keys));
    }
    if let Some(choices) = &limits.choices {
        let whole = |text: &&str| text.parse::<i64>().map_or(json!(text), |value| json!(value));
        let value = |text: &&str| if kind == Some("integer") { whole(text) } else { json!(text) };
        put("enum", choices.iter().map(value).collect());
    }
}

/// The forms that protobuf's `oneof` takes in OpenAPI.
fn put_groups(groups: &[Group], put: &mut impl FnMut(&str, Value) -> Option<Value>) {
    let one_of = |group: &Group| {
        let each: Vec<Value> = group.fields.iter().map(|field| json!({ "required": [field] })).collect();
        match group.required {
            true => json!(each),
            false => json!([vec![json!({ "not": { "anyOf": each } })], each].concat()),
        }
    };
    match groups {
        [] => {}
        [group] => {
            put("oneOf", one_of(group));
        }
        several => {
            put("allOf", several.iter().map(|group| json!({ "oneOf": one_of(group) })).collect());
        }
    }
}

fn rule(rule: &Rule) -> Value {
    let mut made = json!({ "rule": rule.rule });
    let parts = [
        ("message", rule.message),
        ("messageExpression", rule.message_expression),
        ("reason", rule.reason),
        ("fieldPath", rule.field_path),
    ];
    for (key, value) in parts {
        if let Some(value) = value {
            made[key] = json!(value);
        }
    }
    if let Some(value) = rule.optional_old_self {
        made["optionalOldSelf"] = json!(value);
    }
    made
}
