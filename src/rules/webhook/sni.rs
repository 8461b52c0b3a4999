//! The names that TLS is asked for, and the hosts of VirtualServices.

use super::judge::{Judge, items, key_of, listed, shown};
use super::{destination::destinations, http_match::tls_match};
use crate::schema::value;
use crate::yaml::Node;

/// Judges a route of TLS. Istio 1.30, `validateTLSRoute`. `gateway` says whether it holds at gateways alone.
pub(in crate::rules) fn tls_route(judge: &mut Judge<'_, '_, '_>, route: Node<'_>, gateway: bool) {
    if let Some(key) = key_of(route, "match").filter(|_| listed(route, "match").is_none()) {
        judge.refuse(key, "the route matches nothing").help("write a match with `sniHosts`");
    }
    for matched in items(route, "match") {
        if let Some(key) = key_of(matched, "sniHosts").filter(|_| listed(matched, "sniHosts").is_none()) {
            judge.refuse(key, "the match names no host").help("list `sniHosts`");
        }
        for host in items(matched, "sniHosts") {
            sni_host(judge, host, gateway);
        }
        tls_match(judge, matched);
    }
    needs_route(judge, route);
    destinations(judge, route);
}

/// Refuses a route of connections that says no destination.
pub(in crate::rules) fn needs_route(judge: &mut Judge<'_, '_, '_>, route: Node<'_>) {
    if route.is_map() && listed(route, "route").is_none() {
        judge
            .refuse(route, "the route has no destination")
            .help("write `route`, with `destination` below it");
    }
}

fn sni_host(judge: &mut Judge<'_, '_, '_>, node: Node<'_>, gateway: bool) {
    let Some(name) = node.as_str() else { return };
    if let Err(fault) = wildcard_host(name, gateway) {
        if value::ip(name).is_ok() {
            let finding =
                judge.doubt(node, format!("`{name}` is an address, which clients do not send as a name"));
            finding
                .label("hardly ever matches")
                .help("match the address by `destinationSubnets` in a `tcp` route");
        } else {
            judge.refuse(node, format!("{} {fault}", shown(name)));
        }
        return;
    }
    let spec = judge.spec();
    let hosts = items(spec, "hosts");
    if !hosts.filter_map(Node::as_str).any(|host| covers(host, name)) {
        let finding =
            judge.refuse(node, format!("{} is not one of the hosts of the VirtualService", shown(name)));
        if let Some(hosts) = spec.get("hosts") {
            finding.also(super::judge::place(hosts).span(), "the hosts");
        }
        finding.help("add it to `hosts`, or match a name that these cover");
    }
}

/// Checks a host; with `sni`, the names that Istio makes for traffic between clusters pass too, such as
/// `outbound_.80_._.reviews.default.svc.cluster.local`.
pub(in crate::rules) fn wildcard_host(text: &str, sni: bool) -> Result<(), value::Fault> {
    let parts: Vec<_> = text.split('_').collect();
    if let (true, ["outbound", port, _, host, ..]) = (sni, &parts[..]) {
        let numbered = port.bytes().any(|byte| byte.is_ascii_digit());
        if numbered && host.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return Ok(());
        }
    }
    value::wildcard_domain(text)
}

/// Whether a host, which may begin with a wildcard, covers a name, which may too. Istio 1.30, `Name.SubsetOf`.
fn covers(host: &str, name: &str) -> bool {
    match (host.strip_prefix('*'), name.strip_prefix('*')) {
        (Some(host), Some(tail)) => tail.ends_with(host),
        (Some(host), None) => name.ends_with(host),
        (None, _) => host == name,
    }
}

/// Whether one of two hosts covers the other. Istio 1.30, `Name.Matches`.
pub(in crate::rules) fn meet(a: &str, b: &str) -> bool {
    covers(a, b) || covers(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_meet() {
        for (a, b) in
            [("a.com", "a.com"), ("*.com", "a.com"), ("a.com", "*.com"), ("*", "*.com"), ("*.com", "*.a.com")]
        {
            assert!(meet(a, b) && meet(b, a), "{a} {b}");
        }
        for (a, b) in [("a.com", "b.com"), ("*.a.com", "a.com"), ("*.a.com", "*.b.com")] {
            assert!(!meet(a, b) && !meet(b, a), "{a} {b}");
        }
    }

    #[test]
    fn names_between_clusters_pass_at_gateways() {
        let name = "outbound_.80_._.e2e.foobar.mesh";
        assert!(wildcard_host(name, true).is_ok());
        assert!(wildcard_host(name, false).is_err());
        assert!(wildcard_host("outbound_.x_._.e2e", true).is_err());
        assert!(wildcard_host("outbound_foobar.mesh", true).is_err());
    }
}
