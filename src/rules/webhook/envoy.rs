//! What a patch of an EnvoyFilter puts into Envoy's configuration. Istio reads it as Envoy's message: what does not fit
//! is refused, what it does not know is warned of (Istio 1.30, `xds.BuildXDSObjectFromStruct`). Here the patch's own
//! fields are judged, and of all below them the types that no longer exist.

mod messages;

use super::{doubt, refuse};
use crate::model::Resource;
use crate::rules::Context;
use crate::rules::nearest::nearest;
use crate::schema::value::duration;
use crate::yaml::{Node, Scalar};
use messages::Fields;

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, quoted or not, not below zero.
    Number,
    /// A duration, as text.
    Duration,
    /// One of some names, or its number.
    Enum(&'static [&'static str]),
    /// A message of any kind, with its type under `@type`.
    Any,
    /// Such messages by name.
    Anys,
    /// A mapping.
    Map,
    /// A list.
    List,
}

impl Type {
    /// Whether it takes a value, as the library does by which Istio reads it (`jsonpb`).
    fn takes(self, node: Node<'_>) -> bool {
        match (self, node.scalar()) {
            _ if node.is_null() => true,
            (Type::Any | Type::Anys | Type::Map, _) => node.is_map(),
            (Type::List, _) => node.is_seq(),
            (Type::Flag, _) => node.as_bool().is_some(),
            (Type::Text, Some(Scalar::Str(_))) => true,
            (Type::Duration, Some(Scalar::Str(text))) => duration(text).is_ok(),
            (Type::Number, Some(Scalar::Str(text))) => text.parse::<u64>().is_ok(),
            (Type::Enum(names), Some(Scalar::Str(text))) => names.contains(&text),
            (Type::Number | Type::Enum(_), Some(Scalar::Uint(_))) => true,
            (Type::Number | Type::Enum(_), _) => node.as_int().is_some_and(|number| number >= 0),
            _ => false,
        }
    }

    fn what(self) -> String {
        match self {
            Type::Text => "a text".to_owned(),
            Type::Flag => "`true` or `false`".to_owned(),
            Type::Number => "a whole number".to_owned(),
            Type::Duration => "a duration such as `5s`".to_owned(),
            Type::Enum(names) => format!("one of `{}`", names.join("`, `")),
            Type::Any | Type::Anys | Type::Map => "a mapping".to_owned(),
            Type::List => "a list".to_owned(),
        }
    }
}

/// Fields that hold an extension, and the message by which they do, with no other fields than a TypedExtensionConfig.
const EXTENSIONS: [(&str, &str); 4] = [
    ("transport_socket", "TransportSocket"),
    ("cluster_type", "CustomClusterType"),
    ("upstream_config", "TypedExtensionConfig"),
    ("typed_dns_resolver_config", "TypedExtensionConfig"),
];

/// The value of a patch, which is of the message that `applyTo` names.
pub(in crate::rules) fn check_value(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    apply_to: &str,
    (key, value): (Node<'_>, Node<'_>),
) {
    let Some((message, fields)) = messages::message(apply_to).filter(|_| value.is_map()) else { return };
    for (name, node) in value.entries() {
        check_field(cx, resource, (message, fields), name, node);
    }
    check_types(cx, resource, value);
    check_typed(cx, resource, fields, (key, value));
    for (name, part_of) in EXTENSIONS {
        let part = value.entry(name).filter(|(_, part)| part.is_map() && type_of(fields, name).is_some());
        let Some((key, part)) = part else { continue };
        for (name, node) in part.entries() {
            check_field(cx, resource, (part_of, messages::TYPED_EXTENSION_CONFIG), name, node);
        }
        check_typed(cx, resource, messages::TYPED_EXTENSION_CONFIG, (key, part));
    }
}

fn check_field(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    (message, fields): (&str, Fields),
    key: Node<'_>,
    node: Node<'_>,
) {
    let Some(name) = key.text() else { return };
    let Some(of) = type_of(fields, name) else {
        let finding = doubt(cx, resource, key, format!("Envoy's {message} has no field `{name}`"));
        finding.label("Istio drops it from the patch");
        if let Some(meant) = nearest(name, fields.iter().flat_map(|(_, names)| names.iter().copied())) {
            finding.help(format!("is `{meant}` meant?"));
        }
        return;
    };
    if !of.takes(node) {
        let finding =
            refuse(cx, resource, node, format!("`{name}` of Envoy's {message} takes {}", of.what()));
        finding.label("Istio cannot read the patch");
    }
    match of {
        Type::Any => check_any(cx, resource, key, node),
        Type::Anys => node.entries().for_each(|(key, node)| check_any(cx, resource, key, node)),
        _ => {}
    }
}

/// A message of any kind says of which it is.
fn check_any(cx: &mut Context<'_, '_>, resource: &Resource<'_>, key: Node<'_>, node: Node<'_>) {
    if node.is_map() && node.get("@type").is_none() {
        let message = format!("`{}` has no `@type`", key.text().unwrap_or_default());
        let finding = refuse(cx, resource, key, message);
        finding.help("name the message: `\"@type\": type.googleapis.com/envoy.extensions.…`");
    }
}

/// The type of a field, whose name may be written as Envoy's API or as JSON has it.
fn type_of(fields: Fields, name: &str) -> Option<Type> {
    let is = |field: &str| field == name || camel(field) == name;
    fields.iter().find(|(_, names)| names.iter().any(|field| is(field))).map(|(of, _)| *of)
}

/// `use_original_dst` as `useOriginalDst`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| match part.split_at_checked(1) {
        Some((head, rest)) => text + &head.to_ascii_uppercase() + rest,
        None => text,
    })
}

/// Extensions that are named only: Envoy finds them by the type of their configuration.
fn check_typed(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    fields: Fields,
    (key, value): (Node<'_>, Node<'_>),
) {
    let has = |name: &str| value.get(name).is_some() || value.get(&camel(name)).is_some();
    if type_of(fields, "typed_config") != Some(Type::Any) || has("typed_config") || has("config_discovery") {
        return;
    }
    let name = value.get("name").filter(|name| name.as_str().is_some());
    let message = match name.and_then(Node::as_str) {
        Some(name) => format!("`{name}` has no `typed_config`"),
        None => "the extension has no `typed_config`".to_owned(),
    };
    let finding = doubt(cx, resource, name.unwrap_or(key), message);
    finding.label("Envoy finds extensions by the type of their configuration, not by name");
}

/// Types of Envoy's second API, which no Envoy of today knows.
fn check_types(cx: &mut Context<'_, '_>, resource: &Resource<'_>, node: Node<'_>) {
    for item in node.items() {
        check_types(cx, resource, item);
    }
    let of = node.get("@type").and_then(|at| Some((at, at.as_str()?)));
    if let Some((at, name)) = of.filter(|(_, name)| is_second(name)) {
        let finding = refuse(cx, resource, at, format!("`{name}` is a type that Envoy no longer has"));
        finding.label("of its second API").help("write the type's name in the third API (`.v3.`)");
        return;
    }
    // What a TypedStruct or metadata hold is taken as it is.
    if of.is_some_and(|(_, name)| name.ends_with(".TypedStruct") || name.ends_with(".Struct")) {
        return;
    }
    for (key, value) in node.entries() {
        if !matches!(key.text(), Some("filter_metadata" | "filterMetadata")) {
            check_types(cx, resource, value);
        }
    }
}

fn is_second(name: &str) -> bool {
    let bare = name.rsplit_once('/').map_or(name, |(_, bare)| bare);
    bare.starts_with("envoy.") && bare.contains(".v2.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_under_both_names() {
        let (_, cluster) = messages::message("CLUSTER").unwrap();
        assert_eq!(type_of(cluster, "http2_protocol_options"), Some(Type::Map));
        assert_eq!(type_of(cluster, "http2ProtocolOptions"), Some(Type::Map));
        assert_eq!(type_of(cluster, "tls_context"), None);
    }

    #[test]
    fn every_patch_has_a_message() {
        let kinds = "LISTENER FILTER_CHAIN NETWORK_FILTER HTTP_FILTER ROUTE_CONFIGURATION VIRTUAL_HOST HTTP_ROUTE \
                     CLUSTER EXTENSION_CONFIG BOOTSTRAP LISTENER_FILTER";
        assert!(kinds.split_whitespace().all(|kind| messages::message(kind).is_some()));
        assert!(messages::message("INVALID").is_none());
    }

    #[test]
    fn the_second_api_is_told_from_istio_s_own_types() {
        assert!(is_second("type.googleapis.com/envoy.config.filter.network.ext_authz.v2.ExtAuthz"));
        assert!(!is_second("type.googleapis.com/istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig"));
        assert!(!is_second("type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua"));
    }
}
