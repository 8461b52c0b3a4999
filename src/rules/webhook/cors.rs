//! What browsers may do from other origins. Istio 1.30, `validateCORSPolicy`.

use super::judge::{Judge, MILLISECOND, items, key_of, shown};
use super::string_match::regex;
use crate::schema::value;
use crate::yaml::Node;

const METHODS: &[&str] =
    &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"];

/// Judges the policy of a route.
pub(super) fn cors(judge: &mut Judge<'_, '_, '_>, policy: Node<'_>) {
    for origin in items(policy, "allowOrigins") {
        check_origin(judge, origin);
    }
    for node in items(policy, "allowMethods") {
        let Some(method) = node.as_str().filter(|method| !METHODS.contains(method)) else { continue };
        let finding = judge.refuse(node, format!("{} is no method that Istio knows", shown(method)));
        let upper = method.to_ascii_uppercase();
        match METHODS.contains(&upper.as_str()) {
            true => finding.help(format!("write `{upper}`")),
            false => finding.help("write a method of HTTP such as `GET`, or `\"*\"` for all"),
        };
    }
    for header in items(policy, "allowHeaders").chain(items(policy, "exposeHeaders")) {
        judge.text(header, value::plain_header_name);
    }
    if let Some(age) = policy.get("maxAge") {
        let nanos = age.as_str().and_then(|text| value::duration(text).ok());
        if nanos.is_some_and(|nanos| nanos >= MILLISECOND && nanos % 1_000_000_000 != 0) {
            let message = format!("{} is finer than a second", shown(age.text().unwrap_or_default()));
            judge.refuse(age, message).help("write whole seconds, such as `90s`");
        }
    }
}

fn check_origin(judge: &mut Judge<'_, '_, '_>, origin: Node<'_>) {
    let kinds = ["exact", "prefix", "regex"];
    let mut written = kinds.into_iter().filter_map(|kind| Some((kind, origin.get(kind)?)));
    match written.next() {
        None if origin.is_map() => {
            judge.refuse(origin, "the origin is empty").help("write `exact`, `prefix` or `regex`");
        }
        Some((kind, node)) if node.as_str() == Some("") => {
            let place = key_of(origin, kind).unwrap_or(node);
            judge.refuse(place, format!("`{kind}` of the origin is empty"));
        }
        Some(("regex", node)) => regex(judge, node),
        _ => {}
    }
}
