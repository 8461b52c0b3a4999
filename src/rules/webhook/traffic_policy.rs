//! What a DestinationRule says of a host, a subset or a port of it. Istio 1.30, `validateTrafficPolicy`.

use super::client_tls::client_tls;
use super::connection_pool::connection_pool;
use super::judge::{Judge, is_blank, items, key_of, shown};
use super::load_balancer::load_balancer;
use crate::schema::value;
use crate::yaml::Node;

/// Judges the policy of a rule or of a subset.
pub(in crate::rules) fn traffic_policy(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>) {
    let Some((key, policy)) = holder.entry("trafficPolicy").filter(|(_, policy)| policy.is_map()) else {
        return;
    };
    if is_blank(policy) {
        judge.refuse(key, "the traffic policy is empty").help("set something in it, or remove it");
        return;
    }
    let (tunnel, proxy) = (policy.entry("tunnel"), policy.entry("proxyProtocol"));
    if let (Some((first, a)), Some((second, b))) = (tunnel, proxy)
        && !a.is_null()
        && !b.is_null()
    {
        let finding = judge.refuse(second, "`proxyProtocol` cannot be set beside `tunnel`");
        finding.also(first.span(), "the tunnel").help("keep one of the two");
        return;
    }
    settings(judge, policy);
    for port in items(policy, "portLevelSettings") {
        judge.unvoiced(|judge| port_policy(judge, port));
    }
    if let Some(tunnel) = policy.get("tunnel") {
        check_tunnel(judge, tunnel);
    }
}

/// What hosts and ports have in common.
fn settings(judge: &mut Judge<'_, '_, '_>, policy: Node<'_>) {
    if let Some(outliers) = policy.get("outlierDetection") {
        outlier_detection(judge, outliers);
    }
    connection_pool(judge, policy, "connectionPool");
    if let Some(balancer) = policy.get("loadBalancer") {
        load_balancer(judge, balancer, policy.get("outlierDetection").is_some());
    }
    if let Some(tls) = policy.get("tls") {
        client_tls(judge, tls);
    }
}

fn port_policy(judge: &mut Judge<'_, '_, '_>, policy: Node<'_>) {
    if policy.is_map() && policy.get("port").is_none() {
        judge.refuse(policy, "the settings name no port").help("write `port`, with `number` below it");
    }
    if policy.is_map() && policy.entries().all(|(key, value)| key.text() == Some("port") || value.is_null()) {
        let finding = judge.refuse(policy, "the settings of the port are empty");
        finding.help("set `connectionPool`, `loadBalancer`, `outlierDetection` or `tls`, or remove them");
    }
    settings(judge, policy);
}

fn outlier_detection(judge: &mut Judge<'_, '_, '_>, outliers: Node<'_>) {
    judge.milliseconds_at(outliers, "baseEjectionTime");
    judge.milliseconds_at(outliers, "interval");
    judge.within(outliers, "maxEjectionPercent", 0..=100);
    judge.within(outliers, "minHealthPercent", 0..=100);
    let errors =
        outliers.get("consecutiveErrors").filter(|node| node.as_int().is_some_and(|count| count != 0));
    if let Some(key) = errors.and_then(|_| key_of(outliers, "consecutiveErrors")) {
        // Istio's `applyOutlierDetection` reads the two newer fields only.
        let finding = judge.doubt(key, "`consecutiveErrors` is not read any more");
        finding.label("ignored: the default of 5 errors in a row applies");
        finding
            .help("write `consecutive5xxErrors`, or `consecutiveGatewayErrors` for 502, 503 and 504 alone");
    }
    let split = outliers.get("splitExternalLocalOriginErrors").and_then(Node::as_bool) == Some(true);
    let local = outliers.get("consecutiveLocalOriginFailures").filter(|node| node.as_int() > Some(0));
    if let Some(key) =
        local.filter(|_| !split).and_then(|_| key_of(outliers, "consecutiveLocalOriginFailures"))
    {
        let message = "`consecutiveLocalOriginFailures` needs `splitExternalLocalOriginErrors: true`";
        judge.refuse(key, message).help("add it, or remove the field");
    }
}

fn check_tunnel(judge: &mut Judge<'_, '_, '_>, tunnel: Node<'_>) {
    if let Some(node) = tunnel.get("protocol")
        && let Some(text) = node.as_str().filter(|text| !matches!(*text, "" | "CONNECT" | "POST"))
    {
        let message = format!("{} is no protocol of a tunnel", shown(text));
        judge.refuse(node, message).help("write `CONNECT` or `POST`");
    }
    if let Some(host) = tunnel.get("targetHost") {
        judge.text(host, |text| value::ip(text).map(drop).or_else(|_| value::fqdn(text)));
    }
    if let Some(port) = tunnel.get("targetPort") {
        judge.port(port);
    }
}
