use crate::finding::{RuleMeta, Severity};
use crate::model::routing::Routed;
use crate::model::{HostTarget, Kind, Lookup};
use crate::rules::istio_ports::{Ports, ports_of};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-port-required",
        codes: &["IST0112"],
        analyzers: &["virtualservice.DestinationHostAnalyzer"],
        summary: "a VirtualService routes to a host of several ports and names none",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService, Kind::Service, Kind::ServiceEntry],
        page: include_str!("virtual_service_port_required.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for routed in cx.each_routed() {
        if routed.destination.node.get("port").is_none() {
            check_destination(cx, routed);
        }
    }
}

fn check_destination<'m>(cx: &mut Context<'m, '_>, routed: &'m Routed<'m>) {
    let Routed { service, destination, host, by_gateway } = *routed;
    let Lookup::Found(target) = cx.host(host) else { return };
    let several = {
        let mut ports = ports_of(cx, host, target);
        ports.next().is_some_and(|first| ports.any(|port| port.number != first.number))
    };
    if !several {
        return;
    }
    let known = Ports::of(ports_of(cx, host, target));
    let message = format!("`{}` has several ports, and the route names none", destination.host);
    let finding = cx.report(&service, destination.host_node, message);
    finding.label(format!("it has {known}"));
    finding.help("add `port: {number: …}` to the destination");
    // Istio takes the port that the client called, in a gateway the gateway's own (`GetDestinationCluster`).
    let taken = if by_gateway { "gateway's own port number" } else { "port number that the client used" };
    let kind = match target {
        HostTarget::Service(_) => "Service",
        HostTarget::Entry(_) => "ServiceEntry",
    };
    finding.help(format!(
        "without it a request goes to the {taken}, and fails with 503 where the {kind} lacks that port"
    ));
    if !by_gateway {
        finding.severity(Severity::Info);
    }
}
