//! What requests and connections a route of a VirtualService takes.

use super::judge::{Judge, entries, filled, items, shown};
use super::names::{gateway_names, labels};
use super::string_match::{regex_match, string_match};
use crate::schema::value;
use crate::yaml::Node;

/// Judges the matches of an HTTP route. Istio 1.30, `validateHTTPRouteMatchRequest`.
pub(super) fn http_matches(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    for matched in items(route, "match") {
        for (key, header) in entries(matched, "headers") {
            header_name(judge, key);
            string_match(judge, header);
        }
        for (key, header) in entries(matched, "withoutHeaders") {
            header_name(judge, key);
            // `*` is no expression here: it stands for a header that is there.
            if header.str_at("regex") != Some("*") {
                string_match(judge, header);
            }
        }
        if let Some(uri) = matched.get("uri") {
            regex_match(judge, uri);
        }
        for part in ["scheme", "method", "authority"].into_iter().filter_map(|name| matched.get(name)) {
            string_match(judge, part);
        }
        for (_, parameter) in entries(matched, "queryParams") {
            string_match(judge, parameter);
        }
        if let Some(namespace) = filled(matched, "sourceNamespace") {
            judge.text(namespace, value::dns_label);
        }
        judge.unvoiced(|judge| source(judge, matched));
    }
}

/// Judges the matches of a TCP route. Istio 1.30, `validateTCPMatch`.
pub(in crate::rules) fn tcp_matches(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    for matched in items(route, "match") {
        subnets(judge, matched);
        judge.unvoiced(|judge| source(judge, matched));
    }
}

/// Judges the match of a TLS route but for its hosts. Istio 1.30, `validateTLSMatch`.
pub(super) fn tls_match(judge: &mut Judge<'_, '_, '_>, matched: Node<'_>) {
    subnets(judge, matched);
    source(judge, matched);
}

fn subnets(judge: &mut Judge<'_, '_, '_>, matched: Node<'_>) {
    for subnet in items(matched, "destinationSubnets") {
        judge.text(subnet, value::address_or_prefix);
    }
}

fn source(judge: &mut Judge<'_, '_, '_>, matched: Node<'_>) {
    // 0 is what a port is without being written.
    if let Some(port) = matched.get("port").filter(|port| port.as_int() != Some(0)) {
        judge.port(port);
    }
    labels(judge, matched, "sourceLabels");
    gateway_names(judge, matched);
}

fn header_name(judge: &mut Judge<'_, '_, '_>, key: Node<'_>) {
    let Some(name) = key.as_str() else { return };
    let pseudo = [":method", ":scheme", ":authority", ":path", ":status"].contains(&name);
    if let Err(fault) = value::header_name(name)
        && !pseudo
        && !is_claim(name)
    {
        judge.refuse(key, format!("{} {fault}", shown(name)));
    }
}

/// Whether a header stands for a claim of a token: `@request.auth.claims.sub` or `@request.auth.claims[sub]`.
pub(in crate::rules) fn is_claim(name: &str) -> bool {
    let word = "@request.auth.claims";
    match name.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)) {
        None => false,
        Some(_) => match &name[word.len()..] {
            rest if rest.starts_with('.') => rest.len() > 1,
            rest => rest.starts_with('[') && rest.ends_with(']') && rest.len() > 2,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_told_from_headers() {
        for name in ["@request.auth.claims.sub", "@Request.Auth.Claims.a.b", "@request.auth.claims[a][b]"] {
            assert!(is_claim(name), "{name}");
        }
        for name in ["@request.auth.claims", "@request.auth.claims.", "@request.auth.claims[]", "@request.auth", "é"] {
            assert!(!is_claim(name), "{name}");
        }
    }
}
