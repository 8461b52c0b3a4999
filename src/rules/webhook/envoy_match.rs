//! What a patch of an EnvoyFilter matches, and whether that goes with what it applies to.

use super::{doubt, refuse};
use crate::model::Resource;
use crate::rules::Context;
use crate::schema::value::re2;
use crate::yaml::Node;

const CONNECTION_MANAGER: &str = "envoy.filters.network.http_connection_manager";

/// Istio compiles no longer expression.
const LONGEST_VERSION: usize = 1024;

/// Former names of filters and those of today (Istio 1.30, `ReverseDeprecatedFilterNames`).
const RENAMED: &[(&str, &str)] = &[
    ("envoy.buffer", "envoy.filters.http.buffer"),
    ("envoy.cors", "envoy.filters.http.cors"),
    ("envoy.csrf", "envoy.filters.http.csrf"),
    ("envoy.http_dynamo_filter", "envoy.filters.http.dynamo"),
    ("envoy.fault", "envoy.filters.http.fault"),
    ("envoy.grpc_http1_bridge", "envoy.filters.http.grpc_http1_bridge"),
    ("envoy.grpc_json_transcoder", "envoy.filters.http.grpc_json_transcoder"),
    ("envoy.grpc_web", "envoy.filters.http.grpc_web"),
    ("envoy.gzip", "envoy.filters.http.gzip"),
    ("envoy.health_check", "envoy.filters.http.health_check"),
    ("envoy.ip_tagging", "envoy.filters.http.ip_tagging"),
    ("envoy.lua", "envoy.filters.http.lua"),
    ("envoy.rate_limit", "envoy.filters.http.ratelimit"),
    ("envoy.router", "envoy.filters.http.router"),
    ("envoy.squash", "envoy.filters.http.squash"),
    ("envoy.listener.http_inspector", "envoy.filters.listener.http_inspector"),
    ("envoy.listener.original_dst", "envoy.filters.listener.original_dst"),
    ("envoy.listener.original_src", "envoy.filters.listener.original_src"),
    ("envoy.listener.proxy_protocol", "envoy.filters.listener.proxy_protocol"),
    ("envoy.listener.tls_inspector", "envoy.filters.listener.tls_inspector"),
    ("envoy.client_ssl_auth", "envoy.filters.network.client_ssl_auth"),
    ("envoy.http_connection_manager", CONNECTION_MANAGER),
    ("envoy.mongo_proxy", "envoy.filters.network.mongo_proxy"),
    ("envoy.ratelimit", "envoy.filters.network.ratelimit"),
    ("envoy.redis_proxy", "envoy.filters.network.redis_proxy"),
    ("envoy.tcp_proxy", "envoy.filters.network.tcp_proxy"),
];

/// The match of a patch (Istio 1.30, `ValidateEnvoyFilter`). False where Istio looks no further.
pub(in crate::rules) fn check_match(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    apply_to: &str,
    config: Node<'_>,
) -> bool {
    let Some(found) = config.get("match") else { return true };
    let version = found.at(&["proxy", "proxyVersion"]).and_then(|node| Some((node, node.as_str()?)));
    if let Some((node, version)) = version.filter(|(_, version)| version.len() <= LONGEST_VERSION)
        && let Err(fault) = re2(version)
    {
        refuse(cx, resource, node, format!("`{version}` {fault}"));
        return false;
    }
    let wanted = match apply_to {
        "LISTENER" | "FILTER_CHAIN" | "NETWORK_FILTER" | "HTTP_FILTER" => "listener",
        "ROUTE_CONFIGURATION" | "VIRTUAL_HOST" | "HTTP_ROUTE" => "routeConfiguration",
        "CLUSTER" => "cluster",
        _ => return true,
    };
    let other = |name: &&str| **name != *wanted && found.get(name).is_some();
    let other = ["listener", "routeConfiguration", "cluster"].into_iter().find(other);
    // More than one is the CRD's.
    if let Some((key, _)) = other.and_then(|name| found.entry(name)).filter(|_| found.get(wanted).is_none()) {
        let message = format!("{apply_to} does not match by `{}`", key.text().unwrap_or_default());
        refuse(cx, resource, key, message).help(format!("match by `{wanted}`, or leave the match out"));
        return wanted != "listener";
    }
    let filter = found.at(&["listener", "filterChain"]).filter(|_| wanted == "listener");
    match filter.and_then(|chain| chain.entry("filter")).filter(|(_, filter)| filter.is_map()) {
        Some(filter) => check_filter(cx, resource, apply_to, filter),
        None => true,
    }
}

fn check_filter(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    apply_to: &str,
    (key, filter): (Node<'_>, Node<'_>),
) -> bool {
    if matches!(apply_to, "LISTENER" | "FILTER_CHAIN") {
        doubt(cx, resource, key, format!("{apply_to} does not look at filters"))
            .label("this part of the match has no effect");
    }
    let Some(name) = filter.str_at("name").filter(|name| !name.is_empty()) else {
        // A name of a wrong type is the CRD's.
        if filter.get("name").is_none_or(|name| name.as_str().is_some()) {
            refuse(cx, resource, key, "the match of a filter has no name");
        }
        return false;
    };
    let sub = filter.entry("subFilter").filter(|(_, sub)| sub.is_map());
    if let Some(sub) = sub
        && !check_sub_filter(cx, resource, (apply_to, name), filter, sub)
    {
        return false;
    }
    check_renamed(cx, resource, filter.get("name"), "envoy.filters.network.ext_authz");
    let inner = sub.and_then(|(_, sub)| sub.get("name"));
    check_renamed(cx, resource, inner, "envoy.filters.http.ext_authz");
    true
}

fn check_sub_filter(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    (apply_to, name): (&str, &str),
    filter: Node<'_>,
    (key, sub): (Node<'_>, Node<'_>),
) -> bool {
    if apply_to != "HTTP_FILTER" {
        let finding = refuse(cx, resource, key, format!("{apply_to} does not look at filters of HTTP"));
        finding.help("write `applyTo: HTTP_FILTER`, or leave `subFilter` out");
    } else if name != CONNECTION_MANAGER && name != "envoy.http_connection_manager" {
        let place = filter.get("name").unwrap_or(filter);
        let finding = refuse(cx, resource, place, format!("`{name}` has no filters of HTTP"));
        finding.also(key.span(), "which this looks for").help(format!("write `{CONNECTION_MANAGER}`"));
    } else if sub.get("name").is_none_or(|name| name.as_str() == Some("")) {
        refuse(cx, resource, key, "the match of a filter of HTTP has no name");
    } else {
        return true;
    }
    false
}

/// `envoy.ext_authz` was the name of two filters: where it stands tells which.
fn check_renamed(cx: &mut Context<'_, '_>, resource: &Resource<'_>, node: Option<Node<'_>>, ext_authz: &str) {
    let Some((node, name)) = node.and_then(|node| Some((node, node.as_str()?))) else { return };
    let renamed = RENAMED.iter().find(|(former, _)| *former == name).map(|(_, now)| *now);
    if let Some(now) = renamed.or_else(|| (name == "envoy.ext_authz").then_some(ext_authz)) {
        let finding = doubt(cx, resource, node, format!("`{name}` is a former name of `{now}`"));
        finding.rewrite(node, now);
    }
}
