//! How the rules of Istio's admission webhook report: what it refuses is an error, what it warns of is a warning.

pub(super) mod endpoint;
pub(super) mod envoy;
pub(super) mod envoy_match;
pub(super) mod export_to;
pub(super) mod labels;
pub(super) mod metadata;
pub(super) mod probe;
pub(super) mod protocol;
pub(super) mod service_entry;
pub(super) mod target;

use super::Context;
use crate::finding::{Finding, Severity};
use crate::model::Resource;
use crate::yaml::Node;

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
