use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Destination, VirtualService};
use crate::model::{Kind, Lookup, View};
use crate::rules::istio_ports::{Ports, ports_of};
use crate::rules::{Context, Rule};

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
    check,
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.all::<VirtualService>() {
        for route in service.routes() {
            for destination in route.destinations() {
                if destination.node.get("port").is_none() {
                    check_destination(cx, service, destination);
                }
            }
        }
    }
}

fn check_destination<'m>(
    cx: &mut Context<'m, '_>,
    service: VirtualService<'m>,
    destination: Destination<'m>,
) {
    let host = cx.host_name(destination.host, service.0.namespace);
    let Lookup::Found(target) = cx.host(host) else { return };
    let Some(first) = ports_of(cx, host, target).next() else { return };
    if ports_of(cx, host, target).all(|port| port.number == first.number) {
        return;
    }
    let known = Ports::of(ports_of(cx, host, target));
    let message = format!("`{}` has several ports, and the route names none", destination.host);
    let in_gateway = service.gateways().any(|(name, _)| name != "mesh");
    let finding = cx.report(service.resource(), destination.host_node, message);
    finding.label(format!("it has {known}"));
    // Istio then takes the port that the client called, in a gateway the gateway's own (`GetDestinationCluster`).
    if in_gateway {
        finding.help("requests of a gateway go to the port of the gateway's own number, or fail with 503");
    } else {
        finding.severity(Severity::Info);
        finding.help("each request goes to the port of the number that its client called, or fails with 503");
    }
    finding.help("add `port: {number: …}` to the destination");
}
