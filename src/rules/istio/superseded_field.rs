use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Protocol, VirtualService};
use crate::model::{Kind, View};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "superseded-field",
        codes: &[],
        analyzers: &[],
        summary: "a field of Istio's that another one has replaced",
        severity: Severity::Warning,
        inputs: &[Kind::VirtualService],
        page: include_str!("superseded_field.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        for route in service.routes().filter(|route| route.protocol == Protocol::Http) {
            let entry = route.node.get("corsPolicy").and_then(|policy| policy.entry("allowOrigin"));
            if let Some((key, _)) = entry.filter(|(_, value)| !value.is_null()) {
                let finding = cx.report(service.resource(), key, "`allowOrigin` is deprecated").label("still read");
                finding.help("write `allowOrigins`, a list of `exact`, `prefix` or `regex`");
            }
        }
    }
}
