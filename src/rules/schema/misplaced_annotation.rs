use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::annotations;
use crate::model::Kind;
use crate::rules::istio_names::{Found, INPUTS, Names, places};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "misplaced-annotation",
        codes: &["IST0107"],
        analyzers: &["annotations.K8sAnalyzer"],
        summary: "an annotation of Istio's on a kind of object where it has no effect",
        severity: Severity::Warning,
        inputs: INPUTS,
        page: include_str!("misplaced_annotation.md"),
    },
    check: Check::Name(Names::Annotations, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let (holder, name) = (found.holder, found.name);
    let Some(annotation) = annotations::find(name) else { return };
    if annotations::is_written(name) || found.is_in_place(annotation) || holder.is_made_for_gateway() {
        return;
    }
    if ![Kind::Namespace, Kind::Service, Kind::Pod].contains(&holder.kind) && !holder.is_above_template() {
        return;
    }
    let is_for_pods = annotation.kinds.contains(&Kind::Pod);
    let is_repeated = holder.template.is_some_and(|template| template.get(name).is_some());
    let message = format!("the annotation `{name}` has no effect on {}", holder.says());
    let finding = cx.report(holder.resource, found.key, message);
    finding.codes(found.codes(RULE.meta.codes)).label(format!("Istio reads it on {}", places(annotation)));
    if is_repeated {
        finding.severity(Severity::Info).help("take it out: the pods' template has it");
    } else if is_for_pods && holder.is_above_template() {
        finding.help("move it to the `metadata.annotations` of the pods' template");
    }
}
