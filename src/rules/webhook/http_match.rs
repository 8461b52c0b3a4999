//! What requests and connections a route of a VirtualService takes.

use super::judge::{Judge, entries, filled, items};
use super::names::gateway_names;
use super::string_match::{regex_match, string_match};
use crate::schema::value;
use crate::yaml::Node;

/// Judges the matches of an HTTP route. Istio 1.30, `validateHTTPRouteMatchRequest`.
pub(super) fn http_matches(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    for matched in items(route, "match") {
        for (key, header) in entries(matched, "headers") {
            judge.text(key, value::header_name);
            string_match(judge, header);
        }
        for (key, header) in entries(matched, "withoutHeaders") {
            judge.text(key, value::header_name);
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
            judge.text(namespace, value::istio_label);
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
    judge.labels(matched, "sourceLabels");
    gateway_names(judge, matched);
}
