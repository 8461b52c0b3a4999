use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::annotations;
use crate::model::Kind;
use crate::rules::istio_names::{Found, INPUTS, Names};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-annotation",
        codes: &["IST0125"],
        analyzers: &["annotations.K8sAnalyzer"],
        summary: "an annotation of Istio's with a value that Istio cannot read",
        severity: Severity::Error,
        inputs: INPUTS,
        page: include_str!("invalid_annotation.md"),
    },
    check: Check::Name(Names::Annotations, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let Some(annotation) = annotations::find(found.name).filter(|known| found.is_in_place(known)) else { return };
    let Some(text) = found.value.text() else { return };
    let Err(fault) = annotation.value.check(text) else { return };
    let is_validated = annotations::is_validated(annotation);
    let is_refused = annotation.kinds.contains(&Kind::Pod);
    let message = format!("the value of `{}` {fault}", found.name);
    let finding = cx.report(found.holder.resource, found.value, message);
    finding.codes(if is_validated { found.codes(RULE.meta.codes) } else { &[] });
    match is_refused {
        true => finding.label("the injector refuses pods with it"),
        false => finding.severity(Severity::Warning).label("has no effect"),
    };
    finding.help(format!("write {}", annotation.value.says()));
}
