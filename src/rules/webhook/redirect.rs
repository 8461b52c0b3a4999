//! Redirects, rewrites and direct responses of a route.

use super::fault::http_status;
use super::judge::{Judge, filled, key_of, shown};
use super::string_match::regex;
use crate::yaml::Node;

/// Judges the redirect of a route. Istio 1.30, `validateHTTPRedirect`.
pub(super) fn redirect(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    let Some((key, redirect)) = route.entry("redirect").filter(|(_, redirect)| redirect.is_map()) else {
        return;
    };
    // A field that is not known here, of a later Istio perhaps, is the schema's to tell.
    let says = |(key, value): (Node<'_>, Node<'_>)| {
        key.text() != Some("redirectCode") && !value.is_null() && value.as_str() != Some("")
    };
    if !redirect.entries().any(says) {
        let finding = judge.refuse(key, "the redirect does not say where to");
        finding.help("write `uri`, `authority`, `scheme` or `port`");
    }
    let code =
        redirect.get("redirectCode").filter(|code| !matches!(code.as_int(), None | Some(0 | 300..=399)));
    if let Some(code) = code {
        let message = format!("`{}` is no status of a redirect", code.text().unwrap_or_default());
        judge.refuse(code, message).help("write 300 to 399, such as 301, 302 or 308");
    }
    if let Some(scheme) = filled(redirect, "scheme")
        && let Some(text) = scheme.as_str().filter(|text| !matches!(*text, "http" | "https"))
    {
        let message = format!("{} is no scheme to redirect to", shown(text));
        judge.refuse(scheme, message).help("write `http` or `https`");
    }
    if let Some(port) = redirect.get("port").filter(|port| port.as_int() != Some(0)) {
        judge.port(port);
    }
}

/// Judges the rewrite of a route. Istio 1.30, `validateHTTPRewrite`.
pub(super) fn rewrite(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    let Some((key, rewrite)) = route.entry("rewrite").filter(|(_, rewrite)| rewrite.is_map()) else { return };
    let uri = filled(rewrite, "uri").and_then(|_| key_of(rewrite, "uri"));
    let pattern = rewrite.entry("uriRegexRewrite").filter(|(_, pattern)| pattern.is_map());
    match (uri, pattern) {
        (Some(first), Some((second, _))) => {
            let finding = judge.refuse(second, "`uriRegexRewrite` cannot be set beside `uri`");
            finding.also(first.span(), "the other").help("keep one of the two");
        }
        (_, Some((key, pattern))) => check_pattern(judge, pattern, key),
        (None, None) if filled(rewrite, "authority").is_none() => {
            judge
                .refuse(key, "the rewrite rewrites nothing")
                .help("write `uri`, `uriRegexRewrite` or `authority`");
        }
        _ => {}
    }
}

fn check_pattern(judge: &mut Judge<'_, '_, '_>, pattern: Node<'_>, key: Node<'_>) {
    let (matched, put) = (filled(pattern, "match"), filled(pattern, "rewrite"));
    match matched {
        Some(node) if put.is_some() => regex(judge, node),
        _ => {
            let name = if matched.is_none() { "match" } else { "rewrite" };
            let place = key_of(pattern, name).unwrap_or(key);
            judge
                .refuse(place, format!("`uriRegexRewrite` needs `{name}`"))
                .help("write `match` and `rewrite`");
        }
    }
}

/// More bytes than these are refused, and more than these doubted.
const LARGEST: usize = 1024 * 1024;
const LARGE: usize = 100 * 1024;

/// Judges a response that a route gives by itself. Istio 1.30, `validateHTTPDirectResponse`.
pub(super) fn direct_response(judge: &mut Judge<'_, '_, '_>, response: Node<'_>) {
    if let Some(status) = response.get("status") {
        http_status(judge, status);
    }
    let Some(body) = response.get("body") else { return };
    // Four characters of base64 are three bytes.
    let bytes = |text: &str| text.trim_end_matches('=').len() * 3 / 4;
    let text = key_of(body, "string").zip(body.str_at("string").map(str::len));
    let Some((key, size)) = text.or_else(|| key_of(body, "bytes").zip(body.str_at("bytes").map(bytes)))
    else {
        return;
    };
    if size > LARGEST {
        let finding = judge.refuse(key, format!("the body is {} KiB long, more than 1024", size / 1024));
        finding.help("serve it from a workload");
    } else if size > LARGE {
        let finding = judge.doubt(key, format!("the body is {} KiB long", size / 1024));
        finding.label("part of the configuration of every proxy that has the route");
        finding.help("serve it from a workload");
    }
}
