use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Protocol, VirtualService};
use crate::model::{Kind, View};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "deprecated-field",
        codes: &["IST0002"],
        analyzers: &["deprecation.DeprecationAnalyzer"],
        summary: "a field of Istio's that is deprecated",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService, Kind::Sidecar],
        page: include_str!("deprecated_field.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        for route in service.routes().filter(|route| route.protocol == Protocol::Http) {
            let Some(percent) = route.node.at(&["fault", "delay", "percent"]) else { continue };
            // 0 is what the field is without being written.
            let Some(value) = percent.as_int().filter(|value| *value > 0) else { continue };
            let finding = cx.report(service.resource(), percent, "`fault.delay.percent` is deprecated");
            finding.label("a whole number only");
            finding.help(format!("write `percentage`, with `value: {value}` below it"));
        }
    }
    for sidecar in cx.each_of_kind(Kind::Sidecar) {
        let policy = sidecar.spec_at("outboundTrafficPolicy");
        let proxy =
            policy.and_then(|policy| policy.entry("egressProxy")).filter(|(_, value)| !value.is_null());
        let Some((key, _)) = proxy else { continue };
        let finding = cx.report(sidecar, key, "`outboundTrafficPolicy.egressProxy` is deprecated");
        finding.label("undocumented; istioctl reports it as ignored");
        finding.help("send traffic to an egress gateway with a ServiceEntry and a VirtualService");
    }
}
