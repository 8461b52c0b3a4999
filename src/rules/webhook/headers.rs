//! What a route adds to headers, sets and removes.

use super::judge::{Judge, entries, filled, items, shown};
use crate::yaml::Node;

/// Judges the header operations of a route or of a destination.
pub(super) fn headers(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>) {
    for side in ["request", "response"] {
        let Some(operations) = holder.get("headers").and_then(|headers| headers.get(side)) else { continue };
        for operation in ["add", "set"] {
            for (key, value) in entries(operations, operation) {
                name(judge, key, side == "request");
                header_value(judge, value);
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
    let mut places = route.get("rewrite").and_then(|rewrite| filled(rewrite, "authority")).into_iter().chain(headers);
    if let (Some(first), Some(second)) = (places.next(), places.next()) {
        let finding = judge.refuse(second, "the route changes the host twice");
        finding.also(first.span(), "here too").help("keep one: `rewrite.authority`, or the header `:authority`");
    }
}

/// Istio 1.30, `ValidateHTTPHeaderValue`.
fn header_value(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    let Some(text) = node.as_str() else { return };
    if text.chars().any(|c| c != '\t' && (c < ' ' || c == '\u{7f}')) {
        judge.refuse(node, "the value of the header has a control character");
    } else if let Some(fault) = format_fault(text.as_bytes()) {
        let finding = judge.refuse(node, format!("{} {fault}", shown(text)));
        finding.help("write `%%` for a per cent sign, `%NAME%` or `%NAME(ARGUMENTS)%` for what Envoy fills in");
    }
}

/// Where in the value of a header Envoy's formatter is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Literal,
    Name,
    Arguments,
    ArrayItem,
    Text,
    AfterItem,
    Close,
    End,
}

/// What is wrong with the variables in the value of a header, as Istio's `validateHeaderValue` reads them.
fn format_fault(value: &[u8]) -> Option<&'static str> {
    let (mut state, mut at) = (State::Literal, 0);
    while let Some(&byte) = value.get(at) {
        let next = value.get(at + 1);
        state = match (state, byte) {
            (State::Literal, b'%') => match next {
                None => return Some("ends with a single `%`"),
                Some(b'%') => {
                    at += 1;
                    State::Literal
                }
                Some(_) => State::Name,
            },
            (State::Literal, _) => State::Literal,
            (State::Name, b'%') => State::Literal,
            (State::Name, b'(') => State::Arguments,
            (State::Name, _) => State::Name,
            (State::Arguments, b'[') => State::ArrayItem,
            (State::AfterItem, b',') => State::ArrayItem,
            (State::AfterItem, b']') => State::Close,
            (State::ArrayItem, b'"') => State::Text,
            (State::Text, b'\\') => {
                at += 1;
                if next.is_none() {
                    return Some("ends with a single `\\`");
                }
                State::Text
            }
            (State::Text | State::Close, b')') => State::End,
            (State::Text, b'"') => State::AfterItem,
            (State::Text, _) => State::Text,
            (State::End, b'%') => State::Literal,
            (state, b' ') => state,
            (State::Arguments, _) => State::Text,
            (State::AfterItem, _) => return Some("lacks `,` or `]` behind an argument"),
            (State::ArrayItem, _) => return Some("has an argument without quotes"),
            (State::Close, _) => return Some("lacks `)` behind its arguments"),
            (State::End, _) => return Some("lacks `%` behind `)`"),
        };
        at += 1;
    }
    (state != State::Literal).then_some("has a variable that does not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_envoy_formats() {
        for value in [
            "",
            "plain",
            "100%%",
            "%HOSTNAME%",
            "a %HOSTNAME% b",
            "%REQ(X-Id)%",
            "%START_TIME(%s %3f)%",
            "%UPSTREAM_METADATA([\"a\", \"b\"])%",
            "%UPSTREAM_METADATA( [ \"a\" , \"b\" ] ) %",
            "%PER_REQUEST_STATE(a\\)b)%",
        ] {
            assert_eq!(format_fault(value.as_bytes()), None, "{value}");
        }
        for value in [
            "%",
            "abc%123",
            "%START_TIME%%",
            "%A(",
            "%A([b",
            "%A([\"b\" x",
            "%A([\"b\"] x",
            "%A(b) x",
            "%A(b\\",
        ] {
            assert!(format_fault(value.as_bytes()).is_some(), "{value}");
        }
    }
}
