//! What istiod refuses in the networks of a mesh. Istio 1.30, `ValidateMeshNetworks`.

use super::judge::{Judge, filled, items, place};
use crate::schema::value::{self, Fault};
use crate::yaml::Node;

/// Judges networks by name.
pub(in crate::rules) fn mesh_networks(judge: &mut Judge<'_, '_, '_>, networks: Node<'_>) {
    for (_, network) in networks.entries() {
        for endpoint in items(network, "endpoints") {
            for (key, check) in [
                ("fromCidr", value::address_or_prefix as fn(&str) -> _),
                ("fromRegistry", value::istio_label),
            ] {
                if let Some(node) = endpoint.get(key) {
                    judge.text(node, check);
                }
            }
        }
        for gateway in items(network, "gateways").filter(|gateway| gateway.is_map() || gateway.is_null()) {
            check_gateway(judge, gateway);
        }
    }
}

fn check_gateway(judge: &mut Judge<'_, '_, '_>, gateway: Node<'_>) {
    for (key, check) in [("registryServiceName", value::fqdn as fn(&str) -> _), ("address", address)] {
        if let Some(node) = gateway.get(key) {
            judge.text(node, check);
        }
    }
    match gateway.get("port") {
        Some(port) => judge.port(port),
        None => {
            let node = filled(gateway, "address").or_else(|| filled(gateway, "registryServiceName"));
            let finding =
                judge.refuse(node.unwrap_or_else(|| place(gateway)), "the gateway of a network has no port");
            finding.help("write `port`, in most cases 15443");
        }
    }
}

/// Names are resolved too, unless istiod is told not to.
fn address(text: &str) -> Result<(), Fault> {
    match value::ip(text).is_ok() || value::fqdn(text).is_ok() {
        true => Ok(()),
        false => Err("is neither an IP address nor a host name".to_owned()),
    }
}
