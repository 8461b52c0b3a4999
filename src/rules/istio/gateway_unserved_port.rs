use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::{RuleMeta, Severity};
use crate::model::membership::is_host_network;
use crate::model::selector::pairs;
use crate::model::view::{Gateway, Service, ServicePort};
use crate::model::{Kind, Lookup, Resource, View, Workload};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-unserved-port",
        codes: &["IST0162"],
        analyzers: &["gateway.IngressGatewayPortAnalyzer"],
        summary: "a Gateway listens on a port that its pods' Service lacks",
        severity: Severity::Warning,
        inputs: &[Kind::Gateway, Kind::Pod, Kind::Service],
        page: include_str!("gateway_unserved_port.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(services) = Services::of(cx) else { return };
    for gateway in cx.all::<Gateway>() {
        let pods: Vec<_> = cx.selected_anywhere(gateway.selector()).collect();
        // Another rule tells of a Gateway without pods.
        if pods.is_empty() || pods.iter().any(|pod| opens_ports_of_its_node(pod)) {
            continue;
        }
        let behind: Vec<Service<'_>> = pods.iter().flat_map(|pod| services.of_pod(pod)).collect();
        let open: FxHashSet<i64> = behind.iter().flat_map(|service| reached(*service, &pods)).collect();
        for server in gateway.servers() {
            let Some(number) = server.at(&["port", "number"]) else { continue };
            let Some(port) = number.as_int().filter(|port| !open.contains(port)) else { continue };
            if let Lookup::Missing = cx.lookup(None::<()>) {
                report(cx, gateway, number, port, behind.first().map(|service| service.0));
            }
        }
    }
}

/// The Services with a selector, by namespace and the first label that they select.
struct Services<'m>(FxHashMap<(&'m str, &'m str, &'m str), Vec<Service<'m>>>);

impl<'m> Services<'m> {
    /// None where there is no Gateway to ask for.
    fn of(cx: &Context<'m, '_>) -> Option<Self> {
        cx.all::<Gateway>().next()?;
        let mut services: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for service in cx.all::<Service>() {
            let first = service.selector().and_then(|selector| selector.labels().next());
            let Some((key, value)) = first else { continue };
            services.entry((service.0.namespace, key, value)).or_default().push(service);
        }
        Some(Self(services))
    }

    fn of_pod(&self, pod: &Workload<'m>) -> impl Iterator<Item = Service<'m>> {
        let labels = pod.labels();
        let namespace = pod.resource.namespace;
        let listed = pairs(labels)
            .flat_map(move |(key, value)| self.0.get(&(namespace, key, value)).into_iter().flatten());
        listed
            .copied()
            .filter(move |service| service.selector().is_some_and(|selector| selector.matches(labels)))
    }
}

/// Whether clients may reach the pods without a Service.
fn opens_ports_of_its_node(pod: &Workload<'_>) -> bool {
    is_host_network(pod) || containers(pod).flat_map(ports).any(|port| port.get("hostPort").is_some())
}

/// The ports that a server may name so that clients of a Service reach it: the pods', or the Service's own, which Istio
/// translates (Istio 1.30, `model.mergeGateways`).
fn reached<'m>(service: Service<'m>, pods: &[&Workload<'m>]) -> impl Iterator<Item = i64> {
    let is_tcp = |port: &ServicePort<'m>| matches!(port.node.str_at("protocol"), None | Some("TCP"));
    let ports: Vec<_> = service.ports().filter(is_tcp).collect();
    let named: Vec<i64> = ports.iter().flat_map(|port| named_targets(*port, pods)).collect();
    ports.into_iter().flat_map(|port| [Some(port.number), port.target()]).flatten().chain(named)
}

/// The numbers that containers give the name of a `targetPort`.
fn named_targets(port: ServicePort<'_>, pods: &[&Workload<'_>]) -> Vec<i64> {
    let Some(name) = port.node.str_at("targetPort") else { return vec![] };
    let all = pods.iter().flat_map(|pod| containers(pod)).flat_map(ports);
    all.filter(|port| port.str_at("name") == Some(name))
        .filter_map(|port| port.get("containerPort")?.as_int())
        .collect()
}

fn containers<'m>(pod: &Workload<'m>) -> impl Iterator<Item = Node<'m>> {
    pod.spec().and_then(|spec| spec.get("containers")).into_iter().flat_map(Node::items)
}

fn ports(container: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    container.get("ports").into_iter().flat_map(Node::items)
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    gateway: Gateway<'m>,
    number: Node<'m>,
    port: i64,
    service: Option<&'m Resource<'m>>,
) {
    let message = format!("port {port} of Gateway `{}` cannot be reached from outside its pods", gateway.0.name);
    let finding = cx.report(gateway.resource(), number, message);
    match service {
        Some(service) => {
            finding.label(format!("Service `{}` has no such port", service.name));
            let place = service.spec_at("ports").unwrap_or(service.name_node());
            finding.also(place.span(), format!("the ports of `{}`", service.name));
            finding.help(format!("add port {port} to the Service, or listen on one that it has"));
        }
        None => {
            finding.label("no Service selects the pods");
            finding.help("create a Service for the pods of the gateway");
        }
    }
}
