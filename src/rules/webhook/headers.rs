//! What a route adds to headers, sets and removes.

use super::judge::{Judge, entries, filled, items, shown};
use crate::schema::value;
use crate::yaml::Node;

/// Judges the header operations of a route or of a destination.
pub(super) fn headers(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>) {
    for side in ["request", "response"] {
        let Some(operations) = holder.get("headers").and_then(|headers| headers.get(side)) else { continue };
        for operation in ["add", "set"] {
            for (key, text) in entries(operations, operation) {
                name(judge, key, side == "request");
                judge.text(text, value::header_value);
            }
        }
        for header in items(operations, "remove") {
            name(judge, header, false);
        }
    }
}

/// Whether a header is the host that is asked for.
fn is_authority(name: &str) -> bool {
    name.eq_ignore_ascii_case(":authority") || name.eq_ignore_ascii_case("host")
}

/// Istio 1.30, `ValidateHTTPHeaderOperationName` and `…WithAuthorityOperationName`.
fn name(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, authority: bool) {
    let Some(name) = node.as_str() else { return };
    let message = match name {
        "" => "the header has no name".to_owned(),
        _ if is_authority(name) && authority => return,
        _ if is_authority(name) => format!("header {} can only be set or added, in requests", shown(name)),
        _ if name.starts_with(':') => format!("header {} cannot be changed", shown(name)),
        _ => return,
    };
    judge.refuse(node, message);
}

/// Judges that a route changes the host that is asked for once at most. Istio 1.30, `validateAuthorityRewrite`.
pub(super) fn one_authority(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    let request = route.at(&["headers", "request"]);
    let operations = ["set", "add"].into_iter().filter_map(|name| request?.get(name)).flat_map(Node::entries);
    let headers = operations
        .filter(|(key, value)| key.as_str().is_some_and(is_authority) && value.as_str() != Some(""))
        .map(|(key, _)| key);
    let mut places =
        route.get("rewrite").and_then(|rewrite| filled(rewrite, "authority")).into_iter().chain(headers);
    if let (Some(first), Some(second)) = (places.next(), places.next()) {
        let finding = judge.refuse(second, "the route changes the host twice");
        finding
            .also(first.span(), "here too")
            .help("keep one: `rewrite.authority`, or the header `:authority`");
    }
}
