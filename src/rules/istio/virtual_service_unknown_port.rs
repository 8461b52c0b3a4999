use crate::finding::{RuleMeta, Severity};
use crate::model::routing::Routed;
use crate::model::{HostTarget, Kind, Lookup};
use crate::rules::istio_ports::{Ports, ports_of};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unknown-port",
        codes: &["IST0101"],
        analyzers: &["virtualservice.DestinationHostAnalyzer"],
        summary: "a VirtualService routes to a port that the host does not have",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService, Kind::Service, Kind::ServiceEntry],
        page: include_str!("virtual_service_unknown_port.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for routed in cx.each_routed() {
        check_port(cx, routed);
    }
}

fn check_port<'m>(cx: &mut Context<'m, '_>, routed: &'m Routed<'m>) {
    let Routed { service, destination, host, .. } = routed;
    let written = destination.port.and_then(|node| Some((node, node.as_int()?)));
    // Another rule tells of what cannot be a port.
    let Some((node, number)) = written.filter(|(_, number)| value::port(*number).is_ok()) else { return };
    let Lookup::Found(target) = cx.host(*host) else { return };
    let ports = || ports_of(cx, *host, target);
    if ports().any(|port| port.number == number) || ports().next().is_none() {
        return;
    }
    let known = Ports::of(ports());
    // Other ServiceEntries may add ports to the host; a Service has its ports to itself.
    if matches!(target, HostTarget::Entry(_)) && !matches!(cx.lookup(None::<()>), Lookup::Missing) {
        return;
    }
    let behind = match target {
        HostTarget::Service(of) => of.ports().find(|port| port.target() == Some(number)),
        HostTarget::Entry(_) => None,
    };
    let message = format!("`{}` has no port {number}", destination.host);
    let finding = cx.report(service, node, message);
    let (kind, resource) = match target {
        HostTarget::Service(service) => ("Service", service.0),
        HostTarget::Entry(entry) => ("ServiceEntry", entry.0),
    };
    finding.label(format!("the {kind} has {known}"));
    match behind {
        Some(port) => {
            let place = port.node.get("targetPort").unwrap_or(port.node);
            finding.also(place.span(), format!("{number} is where the pods of port {} listen", port.number));
            finding.help(format!("name the Service's port, {}", port.number));
        }
        None => {
            let place = resource.spec_at("ports").and_then(|ports| ports.items().next());
            let number = place.and_then(|port| port.get("port").or_else(|| port.get("number")));
            finding.also(number.unwrap_or(resource.name_node()).span(), format!("the ports of `{}`", resource.name));
            finding.help("name one of them, or add the port");
        }
    }
}
