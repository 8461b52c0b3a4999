use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::labels;
use crate::model::membership::INJECT;
use crate::rules::istio_names::{Found, INPUTS, Names};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-label",
        codes: &[],
        analyzers: &[],
        summary: "a label of Istio's with a value that means nothing to it",
        severity: Severity::Warning,
        inputs: INPUTS,
        page: include_str!("invalid_label.md"),
    },
    check: Check::Name(Names::Labels, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let Some(label) = labels::find(found.name).filter(|known| found.is_in_place(known)) else { return };
    // An empty value is how templates leave a label out.
    let Some(text) = found.value.text().filter(|text| !text.is_empty()) else { return };
    let Err(fault) = label.value.check(text) else { return };
    let message = format!("the value of the label `{}` {fault}", found.name);
    let finding = cx.report(found.holder.resource, found.value, message);
    finding.label(match found.name {
        INJECT => "webhooks select pods by `true` and `false` only",
        _ => "means nothing to Istio",
    });
    finding.help(format!("write {}", label.value.says()));
}
