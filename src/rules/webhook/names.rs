//! Names of gateways, namespaces, subsets and labels.

use super::judge::{Judge, entries, items, key_of, shown};
use crate::schema::value;
use crate::yaml::Node;

/// Judges names of Gateways. Istio 1.30, `validateGatewayNames`.
pub(in crate::rules) fn gateway_names(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>) {
    for node in items(holder, "gateways") {
        let Some(name) = node.as_str() else { continue };
        let Some((namespace, own)) = name.split_once('/') else {
            bare_gateway(judge, node, name);
            // Istio ends its check at the first name without a namespace, and takes whatever follows.
            return;
        };
        for (part, what) in [(namespace, "namespace"), (own, "name")] {
            if value::istio_label(part).is_err() {
                let message = format!("{} is no {what} of a Gateway", shown(part));
                judge.refuse(node, message).help("write `NAMESPACE/NAME`, or `NAME` alone");
            }
        }
    }
}

fn bare_gateway(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, name: &str) {
    if value::fqdn(name).is_err() {
        let message = format!("{} is no name of a Gateway", shown(name));
        judge.refuse(node, message).help("write `NAMESPACE/NAME`, or `NAME` alone");
    } else if let [own, namespace, ..] = name.split('.').collect::<Vec<_>>()[..] {
        let finding = judge.doubt(node, format!("{} names a Gateway in the old way", shown(name)));
        finding.label("still read").help(format!("write `{namespace}/{own}`"));
    }
}

/// Judges the namespaces that see an object. Istio 1.30, `validateExportTo`. With `own`, only its own may.
pub(in crate::rules) fn export_to(judge: &mut Judge<'_, '_, '_>, own: bool) {
    let spec = judge.spec();
    let home = judge.resource.namespace;
    let mut seen: Vec<(&str, Node<'_>)> = vec![];
    for node in items(spec, "exportTo") {
        let Some(name) = node.as_str() else { return };
        let key = if name == "." { home } else { name };
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == key) {
            let first = first.span();
            judge.refuse(node, format!("namespace `{key}` is named twice")).also(first, "first here");
        } else if key == "~" {
            let finding = judge.refuse(node, "`~` (no namespace) is for a ServiceEntry only");
            finding.help("write `.` for the own namespace");
        } else if key != "*" && value::istio_label(key).is_err() {
            let message = format!("{} is no name of a namespace", shown(key));
            judge.refuse(node, message).help("write names of namespaces, `.` for the own, or `*` for all");
        } else {
            seen.push((key, node));
        }
    }
    if let Some((_, node)) = seen.iter().find(|(key, _)| *key == "*").filter(|_| seen.len() > 1) {
        judge.refuse(*node, "`*` stands beside other namespaces").help("keep one: `*` means every namespace");
    } else if let Some((_, node)) = seen.iter().find(|(key, _)| *key != home).filter(|_| own) {
        let finding = judge.refuse(*node, "a DestinationRule with a `workloadSelector` is exported");
        finding.help("write `exportTo: [\".\"]`: it can only be seen in its own namespace");
    }
}

/// Judges labels to select by. Istio 1.30, `labels.Instance.Validate`.
pub(in crate::rules) fn labels(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, field: &str) {
    for (key, node) in entries(holder, field) {
        // Unlike Kubernetes, Istio takes capitals before the `/`.
        judge.text(key, |key| value::label_key(&key.to_ascii_lowercase()));
        judge.text(node, value::label_value);
    }
}

/// Judges the name of a subset.
pub(in crate::rules) fn subset_name(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    let Some(name) = node.as_str() else { return };
    if value::istio_label(name).is_err() {
        let message = format!("{} is no name of a subset", shown(name));
        judge
            .refuse(node, message)
            .help("use at most 63 letters, digits and `-`, the latter not at the ends");
    }
}

/// Judges what any object may not have: annotations that Istio keeps for itself. Istio 1.30, `validateMetadata`.
pub(in crate::rules) fn annotations(judge: &mut Judge<'_, '_, '_>) {
    let Some(annotations) = judge.resource.root.at(&["metadata", "annotations"]) else { return };
    for name in [
        "internal.istio.io/webhook-always-reject",
        "internal.istio.io/parents",
        "internal.istio.io/parent-namespace",
    ] {
        if let Some(key) = key_of(annotations, name) {
            judge.refuse(key, format!("the annotation `{name}` is Istio's own")).help("remove it");
        }
    }
    if let Some(key) = key_of(annotations, "istio.io/dry-run") {
        let finding =
            judge.refuse(key, "the annotation `istio.io/dry-run` is for an AuthorizationPolicy only");
        finding.help("remove it");
    }
}
