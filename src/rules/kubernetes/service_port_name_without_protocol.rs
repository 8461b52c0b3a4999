use crate::finding::{RuleMeta, Severity};
use crate::model::view::Service;
use crate::model::{Kind, View};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "service-port-name-without-protocol",
        codes: &["IST0118"],
        analyzers: &["service.PortNameAnalyzer"],
        summary: "a Service port whose protocol Istio has to guess",
        severity: Severity::Info,
        inputs: &[Kind::Service],
        page: include_str!("service_port_name_without_protocol.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<Service>() {
        if service.service_type() == "ExternalName" || service.is_of_a_system() {
            continue;
        }
        for port in service.ports().filter(|port| !port.says_protocol()) {
            let (message, node) = match port.node.get("name") {
                Some(name) => {
                    (format!("port name `{}` does not say the protocol", port.name.unwrap_or("")), name)
                }
                None => (
                    format!("port {} has no name to say its protocol", port.number),
                    port.node.get("port").unwrap_or(port.node),
                ),
            };
            let finding = cx.report(service.resource(), node, message);
            finding.label("Istio guesses it from the first bytes of each connection");
            finding.help("set `appProtocol`, or begin the name with a protocol: `http-…`, `grpc-…`, `tcp-…`");
        }
    }
}
