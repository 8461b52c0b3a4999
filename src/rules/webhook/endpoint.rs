//! Endpoints: those of a ServiceEntry, and WorkloadEntries, which are endpoints by themselves.

use super::labels::check_labels;
use super::{doubt, refuse};
use crate::model::Resource;
use crate::rules::Context;
use crate::schema::value::{fqdn, ip};
use crate::yaml::Node;

/// What the address of an endpoint may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Address {
    /// An IP address or a Unix socket: a ServiceEntry with `resolution: STATIC`.
    Static,
    /// An IP address or a name: a ServiceEntry that asks the DNS.
    Dns,
    /// Any of these: a WorkloadEntry does not know which ServiceEntry takes it.
    Any,
}

/// An endpoint by itself (Istio 1.30, `validateWorkloadEntry`, and `ValidateServiceEntry` for the DNS). Sockets and
/// numbers of ports are left to the CRD, whose rules say the same.
pub(in crate::rules) fn check_endpoint(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    endpoint: Node<'_>,
    address: Address,
) {
    match endpoint.get("address").map(|node| (node, node.as_str())) {
        None => check_absent(cx, resource, endpoint, address),
        Some((node, Some(""))) => check_empty(cx, resource, endpoint, node, address),
        Some((node, Some(text))) => check_address(cx, resource, node, text, address),
        Some((_, None)) => {}
    }
    if let Some(labels) = endpoint.get("labels") {
        check_labels(cx, resource, labels);
    }
}

/// Whether an address is that of a Unix socket.
pub(in crate::rules) fn is_socket(address: &str) -> bool {
    address.starts_with("unix://")
}

/// Without address and network the CRD refuses it.
fn check_absent(cx: &mut Context<'_, '_>, resource: &Resource<'_>, endpoint: Node<'_>, address: Address) {
    let Some(network) = endpoint.get("network") else { return };
    match network.as_str() {
        Some("") => {
            refuse(cx, resource, network, "the endpoint has neither an address nor a network");
        }
        Some(_) if address == Address::Dns => {
            refuse(cx, resource, network, "the endpoint has a network and no `address`")
                .label("the DNS can be asked for names alone");
        }
        Some(_) => only_network(cx, resource, network),
        None => {}
    }
}

fn check_empty(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    endpoint: Node<'_>,
    node: Node<'_>,
    address: Address,
) {
    match endpoint.get("network").filter(|network| network.as_str().is_some_and(|text| !text.is_empty())) {
        Some(network) if address != Address::Dns => only_network(cx, resource, network),
        _ => {
            refuse(cx, resource, node, "the endpoint's `address` is empty");
        }
    }
}

fn only_network(cx: &mut Context<'_, '_>, resource: &Resource<'_>, network: Node<'_>) {
    let finding = doubt(cx, resource, network, "the endpoint has a network and no `address`");
    finding.label("it is reached through the network's gateways alone");
}

fn check_address(
    cx: &mut Context<'_, '_>,
    resource: &Resource<'_>,
    node: Node<'_>,
    text: &str,
    address: Address,
) {
    if ip(text).is_ok() || is_socket(text) && (address != Address::Dns || !is_path(text)) {
        return;
    }
    let (message, help) = match address {
        Address::Static => {
            let help = match fqdn(text) {
                Ok(()) => "write `resolution: DNS` for endpoints with names",
                Err(_) => "write an IP address, or `unix://` and the path of a socket",
            };
            (format!("`{text}` is no IP address, and the resolution is STATIC"), help)
        }
        Address::Dns if is_socket(text) => {
            (format!("`{text}` is a socket, and the resolution asks the DNS"), "write `resolution: STATIC`")
        }
        Address::Dns | Address::Any if fqdn(text).is_ok() => return,
        Address::Dns => {
            (format!("`{text}` is neither an IP address nor a host name"), "ports stand under `ports`")
        }
        Address::Any => (
            format!("`{text}` is neither an IP address, nor a host name, nor a socket"),
            "ports stand under `ports`, sockets begin with `unix://`",
        ),
    };
    refuse(cx, resource, node, message).help(help);
}

/// Whether the CRD takes the path of a socket: absolute and no folder, or abstract.
fn is_path(text: &str) -> bool {
    let path = text.strip_prefix("unix://").unwrap_or(text);
    (path.starts_with('/') || path.starts_with('@')) && !path.ends_with('/')
}
