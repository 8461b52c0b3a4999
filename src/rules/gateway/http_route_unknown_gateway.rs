use crate::finding::{RuleMeta, Severity};
use crate::model::view::HttpRoute;
use crate::model::{Kind, Lookup, View};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "http-route-unknown-gateway",
        codes: &[],
        analyzers: &[],
        summary: "an HTTPRoute attaches to a Gateway that does not exist",
        severity: Severity::Error,
        inputs: &[Kind::HttpRoute, Kind::KubernetesGateway, Kind::Gateway],
        page: include_str!("http_route_unknown_gateway.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for route in cx.each::<HttpRoute>() {
        // Parents of other kinds (a Service for the mesh, a ListenerSet) are not judged here.
        for parent in route.parents().filter(|parent| parent.kind == Some(Kind::KubernetesGateway)) {
            let (namespace, name) = (parent.namespace, parent.name);
            let Lookup::Missing = cx.find_kind(Kind::KubernetesGateway, namespace, name) else { continue };
            let gateways = || cx.of_kind(Kind::KubernetesGateway);
            let beside = gateways().filter(|gateway| gateway.namespace == namespace);
            let meant = nearest(name, beside.map(|gateway| gateway.name));
            let elsewhere = gateways().find(|gateway| gateway.name == name).map(|gateway| gateway.namespace);
            let of_istio =
                cx.of_kind(Kind::Gateway).find(|other| other.name == name && other.namespace == namespace);
            let of_istio = of_istio.map(|gateway| gateway.name_node().span());
            let node = parent.node.get("name").unwrap_or(parent.node);
            let finding = cx.report(route.resource(), node, format!("gateway `{name}` does not exist"));
            finding.label(format!("no Gateway of the Gateway API of this name in `{namespace}`"));
            if let Some(span) = of_istio {
                finding.also(span, "this is Istio's own kind, which takes VirtualServices only");
            }
            match (meant, elsewhere) {
                (Some(meant), _) => finding.help(format!("there is `{meant}` in `{namespace}`")),
                (None, Some(elsewhere)) => finding
                    .help(format!("there is one in `{elsewhere}`: name it with `namespace: {elsewhere}`")),
                (None, None) => finding.help("create the Gateway, or correct the name"),
            };
        }
    }
}
