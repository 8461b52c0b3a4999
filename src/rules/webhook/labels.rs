//! Labels, and selectors of workloads by label.

use super::{doubt, refuse};
use crate::model::Resource;
use crate::rules::Context;
use crate::schema::value::{label_key, label_value};
use crate::yaml::Node;

/// Names and values of labels (Istio 1.30, `labels.Instance.Validate`): as Kubernetes takes them, but that domains may
/// have capitals, and values any length.
pub(in crate::rules) fn check_labels(cx: &mut Context<'_, '_>, resource: &Resource<'_>, labels: Node<'_>) {
    for (key, value) in labels.entries() {
        let fault = |name: &str| label_key(&name.to_ascii_lowercase()).err();
        if let Some((name, fault)) = key.text().and_then(|name| Some((name, fault(name)?))) {
            let label = format!("Istio refuses the {}", resource.kind_name());
            refuse(cx, resource, key, format!("the label `{name}` {fault}")).label(label);
        }
        let fault = |text: &str| label_value(text).err().filter(|_| !is_long_value(text));
        if let Some((text, fault)) = value.as_str().and_then(|text| Some((text, fault(text)?))) {
            let label = format!("Istio refuses the {}", resource.kind_name());
            refuse(cx, resource, value, format!("the label's value `{text}` {fault}")).label(label);
        }
    }
}

/// Whether a value has nothing but its length against it.
fn is_long_value(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let ends = text.as_bytes().first().zip(text.as_bytes().last());
    let plain =
        ends.is_some_and(|(first, last)| first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    text.len() > 63 && plain && text.bytes().all(inner)
}

/// The labels of a `workloadSelector` (Istio 1.30, `ValidateAlphaWorkloadSelector`). Wildcards in values are left to
/// the CRD, which refuses them itself.
pub(in crate::rules) fn check_workload_selector(cx: &mut Context<'_, '_>, resource: &Resource<'_>) {
    let Some((key, selector)) = resource.spec().and_then(|spec| spec.entry("workloadSelector")) else {
        return;
    };
    let labels = selector.get("labels");
    for (key, _) in labels.into_iter().flat_map(Node::entries) {
        match key.text() {
            Some("") => {
                refuse(cx, resource, key, "a label of the selector has no name");
            }
            Some(name) if name.contains('*') => {
                refuse(cx, resource, key, format!("the label `{name}` has a wildcard"))
                    .label("selectors compare names as they are");
            }
            _ => {}
        }
    }
    check_not_empty(cx, resource, (key, selector), labels);
}

/// A selector without labels selects every workload of the namespace, which is seldom meant.
pub(in crate::rules) fn check_not_empty(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    (key, selector): (Node<'_>, Node<'_>),
    labels: Option<Node<'_>>,
) {
    let empty = labels.is_none_or(|labels| labels.is_map() && labels.entries().next().is_none());
    if !selector.is_map() || !empty {
        return;
    }
    let name = key.text().unwrap_or("selector");
    let finding = doubt(cx, resource, key, format!("`{name}` has no labels"));
    finding.label("it takes every workload of the namespace");
    finding.help(format!("name labels, or leave `{name}` out if every workload is meant"));
}
