use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "kong-ingress-deprecated",
        codes: &[],
        analyzers: &[],
        summary: "a KongIngress, which Kong is giving up",
        severity: Severity::Warning,
        inputs: &[Kind::KongIngress],
        page: include_str!("kong_ingress_deprecated.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::KongIngress) {
        let Some(node) = resource.root.get("kind") else { continue };
        let finding = cx.report(resource, node, "KongIngress is deprecated");
        finding.label("deprecated since Kong Ingress Controller 3.5, removed in Kong Operator 2.0");
        // Kong's own migration guide: developer.konghq.com/kubernetes-ingress-controller/migrate/kongingress
        if resource.root.get("upstream").is_some() {
            finding.help(
                "`upstream` moves to a KongUpstreamPolicy, which the Service names in `konghq.com/upstream-policy`",
            );
        }
        finding.help("`proxy` moves to annotations of the Service, `route` to annotations of the Ingress");
    }
}
