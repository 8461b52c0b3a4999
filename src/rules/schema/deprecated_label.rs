use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::labels;
use crate::model::Kind;
use crate::rules::istio_names::{Found, INPUTS, Names};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "deprecated-label",
        codes: &[],
        analyzers: &[],
        summary: "a label of Istio's that is deprecated",
        severity: Severity::Info,
        inputs: INPUTS,
        page: include_str!("deprecated_label.md"),
    },
    check: Check::Name(Names::Labels, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    // Pods in a cluster have them from the injector.
    if found.holder.resource.kind == Kind::Pod {
        return;
    }
    let Some(instead) = labels::find(found.name).and_then(|label| label.deprecated) else { return };
    let message = format!("the label `{}` is deprecated", found.name);
    let finding = cx.report(found.holder.resource, found.key, message);
    match instead {
        "" => finding.label("the injector writes it where it is needed").help("take it out"),
        instead => finding.help(format!("use {instead}")),
    };
}
