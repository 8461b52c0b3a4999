//! The probe of a WorkloadGroup.

use super::refuse;
use crate::model::Resource;
use crate::rules::Context;
use crate::yaml::Node;

/// A probe (Istio 1.30, `validateReadinessProbe`). Ports, schemes and thresholds are left to the CRD, which says the
/// same of them.
pub(in crate::rules) fn check_probe(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    (key, probe): (Node<'_>, Node<'_>),
) {
    let method = |name: &str| probe.entry(name).filter(|(_, value)| !value.is_null());
    if let Some((_, get)) = method("httpGet") {
        get.get("httpHeaders").into_iter().flat_map(Node::items).for_each(|header| {
            check_header(cx, resource, header);
        });
    } else if let Some((_, exec)) = method("exec") {
        let command = exec.get("command").filter(|command| command.is_seq());
        if let Some(command) = command.filter(|command| command.items().next().is_none()) {
            refuse(cx, resource, command, "the probe's command is empty");
        }
    } else if let Some((grpc, _)) = method("grpc") {
        // The CRD and the agent know it, the webhook takes any other method for an unknown one.
        let finding =
            refuse(cx, resource, grpc, "the probe is one of gRPC, which Istio's webhook does not take");
        finding.help("use `httpGet`, `tcpSocket` or `exec`");
    } else if method("tcpSocket").is_none() && probe.is_map() {
        let finding = refuse(cx, resource, key, "the probe has no method");
        finding.help("add `httpGet`, `tcpSocket` or `exec`");
    }
}

/// The CRD refuses names with other characters than letters, digits, `-` and `_`.
fn check_header(cx: &mut Context<'_, '_>, resource: &Resource<'_>, header: Node<'_>) {
    let name = header.get("name");
    if name.is_none() && header.is_map() {
        refuse(cx, resource, header, "the header has no name");
    }
    let Some((node, text)) = name.and_then(|node| Some((node, node.as_str()?))) else { return };
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain && text.contains('_') {
        let message = format!("the header `{text}` has an underscore");
        refuse(cx, resource, node, message).label("headers of probes have letters, digits and `-`");
    }
}
