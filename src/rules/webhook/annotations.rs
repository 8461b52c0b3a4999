//! Annotations that Istio's webhook refuses on objects of its kinds (Istio 1.30, `validateMetadata`).

use super::refuse;
use crate::model::Resource;
use crate::rules::Context;

/// Asks that an AuthorizationPolicy is only logged.
pub(in crate::rules) const DRY_RUN: &str = "istio.io/dry-run";

/// What istiod writes on objects of its own making.
const INTERNAL: [&str; 3] = [
    "internal.istio.io/parents",
    "internal.istio.io/parent-namespace",
    "internal.istio.io/webhook-always-reject",
];

/// Annotations that no object of a user's may have.
pub(in crate::rules) fn check_internal(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    let Some(annotations) = resource.root.at(&["metadata", "annotations"]) else { return };
    for name in INTERNAL {
        if let Some((key, _)) = annotations.entry(name) {
            let finding =
                refuse(cx, resource, key, format!("the annotation `{name}` is for Istio's own use"));
            finding.label("Istio refuses objects that have it");
            finding.help("remove it");
        }
    }
}

/// Annotations that no object but an AuthorizationPolicy may have.
pub(in crate::rules) fn check_annotations(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    check_internal(cx, resource);
    let annotations = resource.root.at(&["metadata", "annotations"]);
    let Some((key, _)) = annotations.and_then(|annotations| annotations.entry(DRY_RUN)) else { return };
    let message = format!("a {} cannot be tried with `{DRY_RUN}`", resource.kind_name());
    let finding = refuse(cx, resource, key, message);
    finding.label("Istio refuses the annotation on all but an AuthorizationPolicy");
    finding.help("remove it: only authorization can be tried without being enforced");
}
