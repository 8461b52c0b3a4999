use rustc_hash::FxHashMap;

use crate::finding::{RuleMeta, Severity};
use crate::model::membership::Membership;
use crate::model::view::{Service, ServicePort};
use crate::model::{Kind, View, Workload};
use crate::rules::{Check, Context, Rule};
use crate::source::Span;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "target-port-with-two-protocols",
        codes: &["IST0116", "IST0137"],
        analyzers: &["deployment.MultiServiceAnalyzer"],
        summary: "Services that give one port of a pod different protocols",
        severity: Severity::Warning,
        inputs: &[Kind::Service, Kind::Pod, Kind::Namespace],
        page: include_str!("target_port_with_two_protocols.md"),
    },
    check: Check::Whole(check),
};

/// What a proxy makes of a port's traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// Requests.
    Http,
    /// Connections.
    Opaque,
}

/// A port of a Service that leads to a port of a workload.
#[derive(Clone, Copy)]
struct Way<'m> {
    service: Service<'m>,
    port: ServicePort<'m>,
    family: Family,
}

fn check(cx: &mut Context<'_, '_>) {
    let mut ways: FxHashMap<Span, (&Workload<'_>, Vec<Way<'_>>)> = FxHashMap::default();
    for service in cx.all::<Service<'_>>() {
        let Some(selector) = service.selector() else { continue };
        let known = |port| Some(Way { service, port, family: family(port)? });
        for way in service.ports().filter_map(known) {
            for workload in cx.selected(service.resource().namespace, selector) {
                let entry = ways.entry(workload.resource.root.span()).or_insert((workload, vec![]));
                entry.1.push(way);
            }
        }
    }
    for (workload, ways) in ways.into_values().filter(|(_, ways)| ways.len() > 1) {
        check_workload(cx, workload, &ways);
    }
}

fn check_workload<'m, 'a>(cx: &mut Context<'m, 'a>, workload: &'m Workload<'a>, ways: &[Way<'m>]) {
    let mut told: Vec<Target<'_>> = vec![];
    for (at, way) in ways.iter().enumerate() {
        let target = Target::of(way.port, workload);
        let leads_there = |other: &&Way<'_>| Target::of(other.port, workload) == target;
        let other = ways[at + 1..].iter().filter(leads_there).find(|other| other.family != way.family);
        let Some(other) = other.filter(|_| !told.contains(&target)) else { continue };
        told.push(target);
        // Without a sidecar nobody asks for the protocol; in a gateway there is no application.
        if runs_application(workload) && cx.membership(workload) == Membership::Sidecar {
            report(cx, workload, target, [way, other]);
        }
    }
}

fn runs_application(workload: &Workload<'_>) -> bool {
    let containers = workload.spec().and_then(|spec| spec.get("containers"));
    containers.is_none_or(|list| list.items().any(|it| it.str_at("name") != Some("istio-proxy")))
}

/// A port of a pod: by number, or by a name that none of its containers has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target<'m> {
    Number(i64),
    Name(&'m str),
}

impl<'m> Target<'m> {
    fn of(port: ServicePort<'m>, workload: &Workload<'m>) -> Self {
        match (port.target(), port.node.str_at("targetPort")) {
            (Some(0), _) => Self::Number(port.number),
            (Some(number), _) => Self::Number(number),
            (None, Some(name)) => numbered(workload, name).map_or(Self::Name(name), Self::Number),
            (None, None) => Self::Number(port.number),
        }
    }
}

impl std::fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

fn numbered(workload: &Workload<'_>, name: &str) -> Option<i64> {
    let containers = workload.spec()?.get("containers")?.items();
    let mut ports = containers.filter_map(|container| container.get("ports")).flat_map(Node::items);
    ports.find(|port| port.str_at("name") == Some(name))?.get("containerPort")?.as_int()
}

/// What a port says that it carries; none where the proxy finds out by itself, and for what it does not carry. TLS is
/// as good as TCP to a server's proxy, which does not open it (Istio 1.30, `buildInboundListeners`).
fn family(port: ServicePort<'_>) -> Option<Family> {
    let protocol = port.node.str_at("protocol").unwrap_or("TCP");
    let by_name = || port.name.unwrap_or("").split('-').next().unwrap_or("");
    let word = match protocol {
        "TCP" => port.node.str_at("appProtocol").unwrap_or_else(by_name),
        other => other,
    };
    match word.to_ascii_lowercase().as_str() {
        "http" | "http2" | "grpc" | "grpc-web" | "http_proxy" | "kubernetes.io/h2c" | "kubernetes.io/ws" => {
            Some(Family::Http)
        }
        "tcp" | "tls" | "https" | "mongo" | "redis" | "mysql" | "kubernetes.io/wss" => Some(Family::Opaque),
        _ => None,
    }
}

fn report(cx: &mut Context<'_, '_>, workload: &Workload<'_>, target: Target<'_>, ways: [&Way<'_>; 2]) {
    let [one, other] = ways;
    let resource = &workload.resource;
    let message = format!("port {target} of `{}` gets two protocols from its Services", resource.name);
    let finding = cx.report(resource, resource.name_node(), message);
    finding.codes(if one.port.number == other.port.number { &["IST0116"] } else { &["IST0137"] });
    finding.label("its sidecar has one listener for the port, and follows one of the two");
    for way in ways {
        let name = way.service.resource().name;
        let text = match way.family {
            Family::Http => format!("Service `{name}` says HTTP"),
            Family::Opaque => format!("Service `{name}` says TCP"),
        };
        finding.also(way.port.node.get("name").unwrap_or(way.port.node).span(), text);
    }
    finding.help("give both the same protocol, or let the container listen on another port for one of them");
}
