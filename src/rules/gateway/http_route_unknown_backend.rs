use crate::finding::{RuleMeta, Severity};
use crate::model::view::{HttpRoute, Service};
use crate::model::{Kind, Lookup, View};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "http-route-unknown-backend",
        codes: &[],
        analyzers: &[],
        summary: "an HTTPRoute sends traffic to a Service that does not exist",
        severity: Severity::Error,
        inputs: &[Kind::HttpRoute, Kind::Service],
        page: include_str!("http_route_unknown_backend.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for route in cx.each::<HttpRoute>() {
        // Backends of other kinds (ServiceImport, InferencePool, Hostname) are known to their controllers only.
        for backend in route.backends().filter(|backend| backend.kind == Some(Kind::Service)) {
            let (namespace, name) = (backend.namespace, backend.name);
            let Lookup::Missing = cx.find::<Service>(namespace, name) else { continue };
            let services = || cx.of_kind(Kind::Service);
            let beside = services().filter(|service| service.namespace == namespace);
            let meant = nearest(name, beside.map(|service| service.name));
            let elsewhere = services().find(|service| service.name == name).map(|service| service.namespace);
            let node = backend.node.get("name").unwrap_or(backend.node);
            let finding = cx.report(route.resource(), node, format!("service `{name}` does not exist"));
            finding.label(format!("no Service of this name in `{namespace}`"));
            match (meant, elsewhere) {
                (Some(meant), _) => finding
                    .help(format!("there is `{meant}` in `{namespace}`"))
                    .help("until then these requests are answered with 500"),
                (None, Some(elsewhere)) => finding.help(format!(
                    "there is one in `{elsewhere}`: name it with `namespace: {elsewhere}`; a ReferenceGrant there has to allow it"
                ))
                .help("until then these requests are answered with 500"),
                (None, None) => finding.help(
                    "create the Service or correct the name; until then these requests are answered with 500",
                ),
            };
        }
    }
}
