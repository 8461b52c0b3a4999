use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Gateway, VirtualService};
use crate::model::{Kind, Lookup, View};
use crate::rules::nearest::nearest;
use crate::rules::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unknown-gateway",
        codes: &["IST0101"],
        analyzers: &["virtualservice.GatewayAnalyzer"],
        summary: "a VirtualService binds to a Gateway that does not exist",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService, Kind::Gateway],
        page: include_str!("virtual_service_unknown_gateway.md"),
    },
    check,
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.all::<VirtualService>() {
        for (written, node) in service.gateways() {
            // `mesh` stands for every sidecar and is not a resource.
            if written == "mesh" {
                continue;
            }
            let (namespace, name) = written.split_once('/').unwrap_or((service.0.namespace, written));
            // `./name` names the VirtualService's own namespace.
            let namespace = if namespace == "." { service.0.namespace } else { namespace };
            let Lookup::Missing = cx.find::<Gateway>(namespace, name) else { continue };
            let beside = cx.all::<Gateway>().map(|gateway| gateway.0).filter(|other| other.namespace == namespace);
            let meant = nearest(name, beside.map(|other| other.name));
            let finding = cx.report(service.resource(), node, format!("gateway `{name}` does not exist"));
            finding.label(format!("no Gateway of this name in `{namespace}`"));
            match meant {
                Some(meant) => finding.help(format!("there is `{meant}` in `{namespace}`")),
                None => finding.help("create the Gateway, or correct the name"),
            };
        }
    }
}
