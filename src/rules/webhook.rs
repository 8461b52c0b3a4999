//! How the rules of Istio's admission webhook report: what it refuses is an error, what it warns of is a warning. The
//! modules below judge parts that several rules, or large objects, are made of.

mod client_tls;
pub(super) mod connection_pool;
mod cors;
pub(super) mod destination;
pub(super) mod endpoint;
pub(super) mod envoy;
pub(super) mod envoy_match;
pub(super) mod export_to;
mod fault;
mod headers;
pub(super) mod http_match;
pub(super) mod http_route;
pub(super) mod judge;
pub(super) mod labels;
pub(super) mod listener;
mod load_balancer;
mod locality;
mod mesh_address;
pub(super) mod mesh_config;
mod mesh_networks;
mod mesh_provider;
mod mesh_proxy;
pub(super) mod metadata;
pub(super) mod names;
pub(super) mod probe;
pub(super) mod protocol;
mod redirect;
mod retries;
pub(super) mod server_tls;
pub(super) mod service_entry;
pub(super) mod sidecar_hosts;
pub(super) mod sni;
mod string_match;
pub(super) mod target;
pub(super) mod traffic_policy;

use super::Context;
use crate::finding::{Finding, Severity};
use crate::model::Resource;
use crate::yaml::Node;

pub(super) use judge::Judge;

/// The codes of every rule of the webhook; a finding carries one of them.
pub(super) const CODES: &[&str] = &["IST0106", "IST0133"];

/// Istio refuses the object for this.
pub(super) fn refuse<'c>(
    cx: &'c mut Context<'_, '_>,
    resource: &Resource<'_>,
    node: Node<'_>,
    message: impl Into<String>,
) -> &'c mut Finding {
    cx.report(resource, node, message).codes(&CODES[..1])
}

/// Istio takes the object, with a warning.
pub(super) fn doubt<'c>(
    cx: &'c mut Context<'_, '_>,
    resource: &Resource<'_>,
    node: Node<'_>,
    message: impl Into<String>,
) -> &'c mut Finding {
    cx.report(resource, node, message).severity(Severity::Warning).codes(&CODES[1..])
}

/// Whether a mapping has no keys but these. The schema tells of another one, which may well be what seems to be missing.
pub(super) fn has_only(node: Node<'_>, keys: &[&str]) -> bool {
    node.is_map() && node.entries().all(|(key, _)| key.text().is_some_and(|key| keys.contains(&key)))
}
