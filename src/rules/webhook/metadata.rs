//! What the webhook asks of every object's metadata (Istio 1.30, `validateMetadata`).

use super::refuse;
use crate::model::Resource;
use crate::rules::Context;
use crate::yaml::Node;

/// Asks that an AuthorizationPolicy is only logged.
pub(in crate::rules) const DRY_RUN: &str = "istio.io/dry-run";

/// What istiod writes on objects of its own making.
const INTERNAL: [&str; 3] = [
    "internal.istio.io/parents",
    "internal.istio.io/parent-namespace",
    "internal.istio.io/webhook-always-reject",
];

/// Annotations for which Istio refuses any object but an AuthorizationPolicy.
pub(in crate::rules) fn check_annotations(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    if let Some(key) = annotation_key(resource, DRY_RUN) {
        let message = format!("`{DRY_RUN}` does not go with {}", resource.kind_name());
        let finding = refuse(cx, resource, key, message);
        finding.label("an AuthorizationPolicy alone has a dry run");
        finding.help("remove it");
    }
    check_internal(cx, resource);
}

/// Annotations for which Istio refuses any object.
pub(in crate::rules) fn check_internal(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    for name in INTERNAL {
        if let Some(key) = annotation_key(resource, name) {
            let finding =
                refuse(cx, resource, key, format!("the annotation `{name}` is for Istio's own use"));
            finding.label("Istio refuses objects that have it");
            finding.help("remove it");
        }
    }
}

fn annotation_key<'a>(resource: &Resource<'a>, name: &str) -> Option<Node<'a>> {
    let annotations = resource.root.at(&["metadata", "annotations"])?;
    annotations.entry(name).map(|(key, _)| key)
}
