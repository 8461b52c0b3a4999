use crate::finding::{RuleMeta, Severity};
use crate::model::view::{BackendRef, HttpRoute, Service};
use crate::model::{Kind, Lookup, View};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "http-route-unknown-port",
        codes: &[],
        analyzers: &[],
        summary: "an HTTPRoute names a port that the Service does not have, or none",
        severity: Severity::Error,
        inputs: &[Kind::HttpRoute, Kind::Service],
        page: include_str!("http_route_unknown_port.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for route in cx.each::<HttpRoute>() {
        for backend in route.backends().filter(|backend| backend.kind == Some(Kind::Service)) {
            let Lookup::Found(service) = cx.find::<Service>(backend.namespace, backend.name) else {
                // The API itself asks for a port, whatever the Service is.
                if backend.node.get("port").is_none() {
                    report_none(cx, route, backend);
                }
                continue;
            };
            match backend.node.get("port") {
                None => {
                    let finding = report_none(cx, route, backend);
                    if let Some(ports) = ports_of(service) {
                        finding.help(format!("`{}` has {ports}", backend.name));
                    }
                }
                Some(port) => {
                    let Some(number) = port.as_int() else { continue };
                    if service.ports().any(|port| port.number == number) || ports_of(service).is_none() {
                        continue;
                    }
                    let ports = ports_of(service).unwrap_or_default();
                    let behind = service.ports().find(|port| {
                        port.node.get("targetPort").and_then(|target| target.as_int()) == Some(number)
                    });
                    let finding = cx.report(
                        route.resource(),
                        port,
                        format!("service `{}` has no port {number}", backend.name),
                    );
                    finding.label(format!("it has {ports}"));
                    finding.also(service.resource().name_node().span(), "this Service");
                    match behind {
                        Some(behind) => {
                            let right = behind.number.to_string();
                            finding.rewrite(port, &right);
                            finding.help(format!(
                                "{number} is a target port: routes name the Service's own, {right}"
                            ))
                        }
                        None => finding.help("name a port of the Service, not of its pods"),
                    };
                }
            }
        }
    }
}

fn report_none<'f>(
    cx: &'f mut Context<'_, '_>,
    route: HttpRoute<'_>,
    backend: BackendRef<'_>,
) -> &'f mut crate::finding::Finding {
    let node = backend.node.get("name").unwrap_or(backend.node);
    let message = format!("backend `{}` has no `port`", backend.name);
    let finding = cx.report(route.resource(), node, message);
    finding.label("a reference to a Service has to name one; the API server refuses the route")
}

/// The Service's ports in words; none where it has none or they are of an unusual form.
fn ports_of(service: Service<'_>) -> Option<String> {
    let numbers: Vec<String> = service.ports().map(|port| port.number.to_string()).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("port {one} only")),
        many => Some(format!("ports {}", many.join(", "))),
    }
}
