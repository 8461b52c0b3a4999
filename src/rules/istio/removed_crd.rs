use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "removed-crd",
        codes: &["IST0002"],
        analyzers: &["deprecation.DeprecationAnalyzer"],
        summary: "the definition of a kind that Istio has removed",
        severity: Severity::Warning,
        inputs: &[Kind::CustomResourceDefinition],
        page: include_str!("removed_crd.md"),
    },
    check: Check::Each(check),
};

/// Kinds of `rbac.istio.io`, which Istio 1.6 removed (Istio, `deprecation.FieldAnalyzer`).
const REMOVED: &[&str] = &["ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding"];

fn check(cx: &mut Context<'_, '_>) {
    for definition in cx.each_of_kind(Kind::CustomResourceDefinition) {
        if definition.spec().and_then(|spec| spec.str_at("group")) != Some("rbac.istio.io") {
            continue;
        }
        let Some(node) = definition.root.at(&["spec", "names", "kind"]) else { continue };
        let Some(kind) = node.as_str().filter(|kind| REMOVED.contains(kind)) else { continue };
        let finding =
            cx.report(definition, node, format!("`{kind}` of rbac.istio.io was removed in Istio 1.6"));
        finding.label("the API server takes such objects, and nobody reads them");
        finding.help("write the policies as AuthorizationPolicies, then delete this definition");
    }
}
