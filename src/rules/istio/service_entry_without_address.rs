use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Lookup, Resource};
use crate::rules::mesh_settings::MeshSettings;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "service-entry-without-address",
        codes: &["IST0134"],
        analyzers: &["serviceentry.Analyzer"],
        summary: "a ServiceEntry for TCP whose traffic no address tells from others",
        severity: Severity::Warning,
        inputs: &[Kind::ServiceEntry, Kind::ConfigMap, Kind::IstioOperator],
        page: include_str!("service_entry_without_address.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let is_open = |entry: &&Resource<'_>| !has_address(entry) && tcp_ports(entry).next().is_some();
    let open: Vec<_> = cx.of_kind(Kind::ServiceEntry).filter(is_open).collect();
    if open.is_empty() {
        return;
    }
    let Lookup::Found(settings) = MeshSettings::of(cx) else { return };
    if settings.each().any(allocates) {
        return;
    }
    for (entry, port) in open.into_iter().flat_map(|entry| tcp_ports(entry).map(move |port| (entry, port))) {
        let number = port.get("number").unwrap_or(port);
        let written = number.as_int().map_or(String::new(), |number| format!(" {number}"));
        let message = format!("TCP port{written} of ServiceEntry `{}` has no address", entry.name);
        let finding = cx.report(entry, number, message);
        finding.label("the proxy takes all traffic to this port for it, whatever the address");
        finding.help("write the server's `addresses`, or have the proxies answer DNS: `ISTIO_META_DNS_CAPTURE`");
    }
}

fn has_address(entry: &Resource<'_>) -> bool {
    let some = |list: Option<Node<'_>>| list.is_some_and(|list| list.items().next().is_some());
    some(entry.spec_at("addresses")) || some(entry.root.at(&["status", "addresses"]))
}

/// TCP is what Istio takes where no protocol is written.
fn tcp_ports<'m>(entry: &Resource<'m>) -> impl Iterator<Item = Node<'m>> {
    let ports = entry.spec_at("ports").into_iter().flat_map(Node::items);
    ports.filter(|port| {
        let protocol = port.str_at("protocol").unwrap_or("");
        protocol.is_empty() || protocol.eq_ignore_ascii_case("tcp")
    })
}

/// Whether proxies answer DNS themselves: Istio then gives each host an address of its own, since 1.25 without being
/// asked to (`PILOT_ENABLE_IP_AUTOALLOCATE`).
fn allocates(mesh: Node<'_>) -> bool {
    let capture = mesh.at(&["defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE"]);
    capture.and_then(Node::text) == Some("true")
}
