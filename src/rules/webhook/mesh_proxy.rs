//! What Istio refuses in a ProxyConfig, whether of the mesh or of an annotation. Istio 1.30,
//! `ValidateMeshConfigProxyConfig`.

use super::client_tls::client_tls;
use super::judge::{Judge, MILLISECOND, filled, key_of, shown};
use super::mesh_address::{address, duration, host_and_port};
use super::mesh_config::{needed, not_empty};
use crate::schema::value;
use crate::yaml::Node;

/// Judges a ProxyConfig. What is not written has a default that is in order.
pub(in crate::rules) fn proxy_config(judge: &mut Judge<'_, '_, '_>, proxy: Node<'_>) {
    for key in ["configPath", "binaryPath", "serviceCluster", "discoveryAddress"] {
        not_empty(judge, proxy, key);
    }
    duration(judge, proxy, "drainDuration", 1000 * MILLISECOND, i64::MAX);
    for key in ["discoveryAddress", "statsdUdpAddress", "envoyMetricsServiceAddress"] {
        address(judge, proxy, key);
    }
    for service in ["envoyMetricsService", "envoyAccessLogService"] {
        if let Some(service) = proxy.get(service) {
            address(judge, service, "address");
        }
    }
    for key in ["proxyAdminPort", "statusPort"] {
        if let Some(port) = proxy.get(key) {
            judge.port(port);
        }
    }
    check_policy(judge, proxy);
    if let Some(tracing) = proxy.get("tracing") {
        check_tracing(judge, tracing);
    }
    if let Some((key, provider)) = proxy.entry("privateKeyProvider").filter(|(_, node)| node.is_map()) {
        check_provider(judge, key, provider);
    }
}

/// `NONE` and `MUTUAL_TLS`, by name or by number.
fn check_policy(judge: &mut Judge<'_, '_, '_>, proxy: Node<'_>) {
    let Some(node) = proxy.get("controlPlaneAuthPolicy") else { return };
    if node.as_str() == Some("INHERIT") || node.as_int().is_some_and(|number| !(0..=1).contains(&number)) {
        let text = node.text().unwrap_or_default();
        let finding = judge.refuse(node, format!("`controlPlaneAuthPolicy` cannot be `{text}` here"));
        finding.help("write `MUTUAL_TLS` or `NONE`");
    }
}

fn check_tracing(judge: &mut Judge<'_, '_, '_>, tracing: Node<'_>) {
    for name in ["lightstep", "zipkin", "datadog"] {
        let Some((key, tracer)) = tracing.entry(name).filter(|(_, tracer)| tracer.is_map()) else { continue };
        if needed(judge, tracer, "address", key) {
            check_tracer(judge, tracer, name);
        }
        if name == "lightstep" {
            needed(judge, tracer, "accessToken", key);
        }
    }
    if let Some(tls) = tracing.get("tlsSettings") {
        client_tls(judge, tls);
    }
}

/// A tracer's address may have the address of the node in it, which the injector fills in.
fn check_tracer(judge: &mut Judge<'_, '_, '_>, tracer: Node<'_>, name: &str) {
    let Some(node) = filled(tracer, "address").filter(|_| name != "lightstep") else {
        return address(judge, tracer, "address");
    };
    let text = node.text().unwrap_or_default();
    if let Err(fault) = host_and_port(&text.replacen("$(HOST_IP)", "127.0.0.1", 1)) {
        judge.refuse(node, format!("{} {fault}", shown(text))).help("write `HOST:PORT`");
    }
}

fn check_provider(judge: &mut Judge<'_, '_, '_>, place: Node<'_>, provider: Node<'_>) {
    let hardware = ["cryptomb", "qat"]
        .into_iter()
        .find_map(|name| provider.entry(name).filter(|(_, node)| node.is_map()));
    let Some((key, hardware)) = hardware else {
        if provider.get("cryptomb").is_none() && provider.get("qat").is_none() {
            judge.refuse(place, "`privateKeyProvider` names no hardware").help("write `cryptomb` or `qat`");
        }
        return;
    };
    let delay = hardware.get("pollDelay");
    let is_zero = delay.and_then(Node::as_str).is_some_and(|text| value::duration(text) == Ok(0));
    if delay.is_none() || is_zero {
        let place = key_of(hardware, "pollDelay").unwrap_or(key);
        judge.refuse(place, "`pollDelay` is missing, or zero").help("write how long to wait, such as `1ms`");
    }
}
