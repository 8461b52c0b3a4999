//! Limits of connections, of a DestinationRule or a Sidecar. Istio 1.30, `validateConnectionPool`.

use super::judge::{Judge, MILLISECOND, is_blank, key_of, shown};
use crate::schema::value;
use crate::yaml::Node;

/// Judges the pool in a field of `holder`.
pub(in crate::rules) fn connection_pool(judge: &mut Judge<'_, '_, '_>, holder: Node<'_>, field: &str) {
    let Some(pool) = holder.get(field) else { return };
    if is_blank(pool) {
        let place = key_of(holder, field).unwrap_or(pool);
        judge.refuse(place, format!("`{field}` is empty")).help("set `tcp` or `http` in it, or remove it");
    }
    if let Some(http) = pool.get("http") {
        check_http(judge, http);
    }
    if let Some(tcp) = pool.get("tcp") {
        check_tcp(judge, tcp);
    }
}

fn check_http(judge: &mut Judge<'_, '_, '_>, http: Node<'_>) {
    let limits = [
        "http1MaxPendingRequests",
        "http2MaxRequests",
        "maxRequestsPerConnection",
        "maxRetries",
        "maxConcurrentStreams",
    ];
    for limit in limits {
        judge.within(http, limit, 0..=i64::MAX);
    }
    judge.milliseconds_at(http, "idleTimeout");
    let upgrades = http.str_at("h2UpgradePolicy") == Some("UPGRADE");
    let follows = http.get("useClientProtocol").filter(|node| upgrades && node.as_bool() == Some(true));
    if let Some((node, policy)) = follows.zip(http.get("h2UpgradePolicy")) {
        let finding =
            judge.refuse(node, "`useClientProtocol` cannot be true with `h2UpgradePolicy: UPGRADE`");
        finding.also(policy.span(), "HTTP/2, whatever the client speaks").help("keep one of the two");
    }
}

fn check_tcp(judge: &mut Judge<'_, '_, '_>, tcp: Node<'_>) {
    judge.within(tcp, "maxConnections", 0..=i64::MAX);
    judge.milliseconds_at(tcp, "connectTimeout");
    judge.milliseconds_at(tcp, "maxConnectionDuration");
    if let Some(idle) = tcp.get("idleTimeout") {
        idle_timeout(judge, idle);
    }
    if let Some(keepalive) = tcp.get("tcpKeepalive") {
        judge.milliseconds_at(keepalive, "time");
        judge.milliseconds_at(keepalive, "interval");
    }
}

/// The CRD says nothing of this one, since 0 switches it off.
fn idle_timeout(judge: &mut Judge<'_, '_, '_>, node: Node<'_>) {
    let Some(text) = node.as_str() else { return };
    match value::duration(text) {
        Err(fault) => {
            judge.refuse(node, format!("{} {fault}", shown(text)));
        }
        Ok(nanos) if nanos <= -MILLISECOND => {
            judge.refuse(node, format!("{} is negative", shown(text))).help("write `0s` to never time out");
        }
        Ok(_) => judge.milliseconds(node),
    }
}
