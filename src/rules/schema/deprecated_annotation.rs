use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::annotations;
use crate::model::Kind;
use crate::model::membership::INJECT;
use crate::rules::istio_names::{Found, INPUTS, Names};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "deprecated-annotation",
        codes: &["IST0135"],
        analyzers: &["annotations.K8sAnalyzer"],
        summary: "an annotation of Istio's that is deprecated",
        severity: Severity::Info,
        inputs: INPUTS,
        page: include_str!("deprecated_annotation.md"),
    },
    check: Check::Name(Names::Annotations, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let Some(annotation) = annotations::find(found.name) else { return };
    let Some(instead) = annotation.deprecated else { return };
    // On pods, injection-by-annotation tells what becomes of this one.
    if found.name == INJECT && found.holder.kind == Kind::Pod {
        return;
    }
    let message = format!("the annotation `{}` is deprecated", found.name);
    let finding = cx.report(found.holder.resource, found.key, message);
    finding.codes(found.codes(RULE.meta.codes));
    if !instead.is_empty() {
        finding.help(format!("use {instead}"));
    }
}
