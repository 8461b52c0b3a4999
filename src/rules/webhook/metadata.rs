//! What the webhook asks of every object's metadata.

use super::refuse;
use crate::model::Resource;
use crate::rules::Context;

/// Annotations for which Istio refuses any object but an AuthorizationPolicy (Istio 1.30, `validateMetadata`).
pub(in crate::rules) fn check_annotations(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    let annotations = resource.root.at(&["metadata", "annotations"]);
    let entry = |name| annotations.and_then(|annotations| annotations.entry(name));
    if let Some((key, _)) = entry("istio.io/dry-run") {
        let message = format!("`istio.io/dry-run` does not go with {}", resource.kind_name());
        refuse(cx, resource, key, message).label("an AuthorizationPolicy alone has a dry run");
    }
    if let Some((key, _)) = entry("internal.istio.io/webhook-always-reject") {
        refuse(cx, resource, key, "`internal.istio.io/webhook-always-reject` has Istio refuse the object");
    }
}
