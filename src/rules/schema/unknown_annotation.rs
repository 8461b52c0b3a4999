use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::{annotations, labels};
use crate::rules::istio_names::{Found, INPUTS, Names, elsewhere, slip};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "unknown-annotation",
        codes: &["IST0108"],
        analyzers: &["annotations.K8sAnalyzer"],
        summary: "an annotation in a domain of Istio's that Istio does not know",
        severity: Severity::Warning,
        inputs: INPUTS,
        page: include_str!("unknown_annotation.md"),
    },
    check: Check::Name(Names::Annotations, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let name = found.name;
    if !annotations::is_unknown(name) {
        return;
    }
    let slip = slip(name, annotations::ANNOTATIONS);
    let label = labels::find(name);
    let is_pod = found.holder.resource.kind.pod_template().is_some();
    // Other kinds hold annotations of other tools in Istio's domains: there only a slip is told.
    if !found.holder.is_looked_at_by_istioctl() && !is_pod && slip.is_none() && label.is_none() {
        return;
    }
    let finding = cx.report(found.holder.resource, found.key, format!("Istio has no annotation `{name}`"));
    finding.codes(found.codes(RULE.meta.codes)).label("has no effect");
    if label.is_some() {
        finding.help(format!("`{name}` is a label: put it under `labels`"));
    } else if let Some(slip) = slip {
        finding.help(format!("did you mean `{slip}`?"));
        finding.replace(found.key.span(), slip, format!("write `{slip}`"));
    } else if let Some(other) = elsewhere(name, annotations::ANNOTATIONS) {
        finding.help(format!("did you mean `{other}`?"));
    }
}
