//! What Gateways and Sidecars listen on: addresses and hosts.

use super::judge::{Judge, shown};
use crate::schema::value;
use crate::yaml::Node;

/// What may be written, for the help.
pub(in crate::rules) const PROTOCOLS: &str =
    "write one of `HTTP`, `HTTP2`, `GRPC`, `GRPC-WEB`, `HTTPS`, `TLS`, `TCP`, `MONGO`, `REDIS`, `MYSQL`";

/// What stands before the path of a Unix socket.
pub(in crate::rules) const UNIX: &str = "unix://";

/// Judges the path of a Unix socket; `node` is where it is written, with or without `unix://`.
pub(in crate::rules) fn unix_path(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, path: &str) {
    // A name that begins with `@` is one of the abstract namespace, which has no paths.
    if !path.starts_with('@') && (!path.starts_with('/') || path.ends_with('/')) {
        let message = format!("{} is no absolute path of a Unix socket", shown(path));
        judge.refuse(node, message).help("write `unix:///PATH`, or `unix://@NAME` for an abstract socket");
    }
}

/// Judges the address to listen on, where it is an IP address.
pub(in crate::rules) fn bind(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    if node.as_str() != Some("") {
        judge.text(node, value::ip);
    }
}

/// Whose hosts they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Listens {
    /// A server of a Gateway: a host may stand without a namespace, and may be an address.
    Gateway,
    /// An egress listener of a Sidecar: a host stands behind a namespace, which may be `~` for none.
    Sidecar,
}

/// Judges a host with the namespace that it is to be found in. Istio 1.30, `ValidateNamespaceSlashWildcardHostname`.
pub(in crate::rules) fn listener_host(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, listens: Listens) {
    let Some(text) = node.as_str() else { return };
    let Some((namespace, host)) = text.split_once('/') else {
        match listens {
            Listens::Gateway => dns_name(judge, node, text, listens),
            Listens::Sidecar => {
                let finding = judge.refuse(node, format!("{} has no namespace", shown(text)));
                finding.help("write `NAMESPACE/HOST`, with `*` for every namespace or `.` for the own");
            }
        }
        return;
    };
    let word = matches!(namespace, "*" | ".") || (namespace == "~" && listens == Listens::Sidecar);
    if !word && value::istio_label(namespace).is_err() {
        let message = format!("{} is no name of a namespace", shown(namespace));
        judge.refuse(node, message).help("write a name, `*` for every namespace, or `.` for the own");
    }
    dns_name(judge, node, host, listens);
}

fn dns_name(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, host: &str, listens: Listens) {
    let address = || listens == Listens::Gateway && value::ip(host).is_ok();
    if host == "*" {
        return;
    }
    if let Err(fault) = value::wildcard_domain(host)
        && !address()
    {
        judge.refuse(node, format!("{} {fault}", shown(host)));
    } else if host.contains('*') && !host.starts_with("*.") {
        let message = format!("{} has a wildcard for a part of a label", shown(host));
        judge.refuse(node, message).help("write `*.` and a domain, or `*` alone");
    } else if !host.contains('.') {
        let finding = judge.refuse(node, format!("{} is a short name", shown(host)));
        finding.help("write the whole host, such as `reviews.default.svc.cluster.local`");
    }
}
