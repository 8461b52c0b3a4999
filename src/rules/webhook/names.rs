//! Names of gateways and subsets.

use super::judge::{Judge, items, shown};
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
