//! What an object of Istio's applies to: `selector`, `targetRef` and `targetRefs` (Istio 1.30,
//! `validateWorkloadSelector` and `validatePolicyTargetReference`).

use super::labels::check_not_empty;
use super::refuse;
use crate::model::Resource;
use crate::rules::Context;
use crate::yaml::Node;

const GATEWAYS: &str = "gateway.networking.k8s.io";

/// What may be a target, by group and kind. Versions do not matter.
const TARGETS: [(&str, &str); 5] = [
    ("", "Service"),
    ("core", "Service"),
    ("networking.istio.io", "ServiceEntry"),
    (GATEWAYS, "Gateway"),
    (GATEWAYS, "GatewayClass"),
];

/// Both the selector and the targets.
pub(in crate::rules) fn check_target(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    check_selector(cx, resource);
    if let Some(target) = resource.spec_at("targetRef") {
        check_reference(cx, resource, target);
    }
    for target in resource.spec_at("targetRefs").into_iter().flat_map(Node::items) {
        check_reference(cx, resource, target);
    }
}

/// A selector without labels. Of empty names and wildcards the schema tells.
pub(in crate::rules) fn check_selector(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    let entry = resource.spec().and_then(|spec| spec.entry("selector"));
    if let Some((key, selector)) = entry {
        check_not_empty(cx, resource, (key, selector), selector.get("matchLabels"));
    }
}

fn check_reference(cx: &mut Context<'_, '_>, resource: &Resource<'_>, target: Node<'_>) {
    let Some((kind_node, kind)) = target.get("kind").and_then(|node| Some((node, node.as_str()?))) else {
        return;
    };
    let group_node = target.get("group");
    let Some(group) = group_node.map_or(Some(""), Node::as_str) else { return };
    if TARGETS.contains(&(group, kind)) || !is_kind(kind) || !is_group(group) {
        return;
    }
    let meant = TARGETS.iter().find(|(_, known)| *known == kind).map(|(group, _)| *group);
    let place = group_node.filter(|_| meant.is_some()).unwrap_or(kind_node);
    let whole = if group.is_empty() { kind.to_owned() } else { format!("{kind}.{group}") };
    let finding = refuse(cx, resource, place, format!("`{whole}` cannot be a target"));
    finding.label(match (meant, group) {
        (Some(_), "") => "this kind needs its group".to_owned(),
        (Some(_), _) => format!("not the group of {kind}"),
        (None, _) => "Istio takes Service, ServiceEntry, Gateway and GatewayClass".to_owned(),
    });
    finding.help(match meant {
        Some("") => "write `group: \"\"`".to_owned(),
        Some(group) => format!("write `group: {group}`"),
        None => {
            format!("to select workloads by their labels, use `selector`; a Gateway is one of `{GATEWAYS}`")
        }
    });
}

/// What the definition's pattern takes; of the rest the schema tells.
fn is_kind(kind: &str) -> bool {
    let inner = kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    kind.len() <= 63 && inner && kind.starts_with(|c: char| c.is_ascii_alphabetic()) && !kind.ends_with('-')
}

/// As for the kind: labels of lower-case letters, digits and `-`.
fn is_group(group: &str) -> bool {
    let label = |label: &str| {
        let inner = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    group.is_empty() || (group.len() <= 253 && group.split('.').all(label))
}
