use crate::finding::{RuleMeta, Severity};
use crate::model::view::Service;
use crate::model::{Kind, View};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "external-name-port-protocol",
        codes: &["IST0150"],
        analyzers: &["service.PortNameAnalyzer"],
        summary: "a port of an ExternalName Service that Istio takes for plain TCP",
        severity: Severity::Warning,
        inputs: &[Kind::Service],
        page: include_str!("external_name_port_protocol.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<Service>() {
        if service.service_type() != "ExternalName" || service.is_of_a_system() {
            continue;
        }
        for port in service.ports().filter(|port| port.name == Some("tcp") || !port.says_protocol()) {
            let node = port.node.get("name").or_else(|| port.node.get("port")).unwrap_or(port.node);
            let message = format!("port {} of an ExternalName Service is taken for plain TCP", port.number);
            let finding = cx.report(service.resource(), node, message);
            finding.label("as plain TCP it can capture traffic to this port of other hosts");
            finding.help("name it for its protocol: `https` or `tls` where clients speak TLS, `http` where they do not");
        }
    }
}
