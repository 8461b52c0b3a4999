use crate::finding::{RuleMeta, Severity};
use crate::model::routing::Binding;
use crate::model::view::{Gateway, VirtualService};
use crate::model::{Kind, Lookup, View};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unserved-host",
        codes: &["IST0132"],
        analyzers: &["virtualservice.GatewayAnalyzer"],
        summary: "a VirtualService has hosts that its Gateway does not serve",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService, Kind::Gateway],
        page: include_str!("virtual_service_unserved_host.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        let Some((_, first)) = service.hosts().next() else { continue };
        for (written, node) in service.gateways() {
            let binding = Binding::of(written, service.0.namespace);
            let Binding::Gateway { namespace, name } = binding else { continue };
            let Lookup::Found(gateway) = cx.find::<Gateway>(namespace, name) else { continue };
            let of = service.0.namespace;
            if service.hosts().any(|(host, _)| serves(gateway, of, host)) {
                continue;
            }
            let message = match service.hosts().count() {
                1 => format!("Gateway `{name}` does not serve host `{}`", first.as_str().unwrap_or("")),
                count => format!("Gateway `{name}` serves none of the {count} hosts"),
            };
            let closed = gateway_hosts(gateway).find(|(_, host)| service.hosts().any(|(own, _)| meet(host, own)));
            let finding = cx.report(service.resource(), first, message);
            finding.label("no request for it gets here through this Gateway");
            finding.also(node.span(), "bound to it here");
            match (closed, gateway_hosts(gateway).next()) {
                (Some((place, _)), _) => {
                    finding.also(place.span(), "this serves it, for VirtualServices of another namespace");
                    finding.help(format!("allow `{of}` there, or move the VirtualService"));
                }
                (None, place) => {
                    let place = place.map_or(gateway.0.name_node(), |(place, _)| place);
                    finding.also(place.span(), "what the Gateway serves");
                    finding.help("add the host to a server of the Gateway, or correct it");
                }
            }
        }
    }
}

/// The hosts of a Gateway's servers, as written and without the namespace before them.
fn gateway_hosts<'m>(gateway: Gateway<'m>) -> impl Iterator<Item = (Node<'m>, &'m str)> {
    let nodes = gateway.servers().filter_map(|server| server.get("hosts")).flat_map(Node::items);
    nodes.filter_map(|node| Some((node, node.as_str()?.rsplit('/').next()?)))
}

/// Whether a server takes a host from VirtualServices of a namespace: `ns/host`, `./host`, `*/host`.
fn serves(gateway: Gateway<'_>, namespace: &str, host: &str) -> bool {
    gateway_hosts(gateway).any(|(node, served)| {
        let from = node.as_str().and_then(|written| written.split_once('/')).map_or("*", |(from, _)| from);
        let from = if from == "." { gateway.0.namespace } else { from };
        (from == "*" || from == namespace) && meet(served, host)
    })
}

/// Whether two hosts, perhaps wildcards, have a name in common (Istio 1.30, `host.Name.Matches`).
fn meet(one: &str, other: &str) -> bool {
    match (one.strip_prefix('*'), other.strip_prefix('*')) {
        (Some(one), Some(other)) => one.ends_with(other) || other.ends_with(one),
        (Some(end), None) => other.ends_with(end),
        (None, Some(end)) => one.ends_with(end),
        (None, None) => one.eq_ignore_ascii_case(other),
    }
}
