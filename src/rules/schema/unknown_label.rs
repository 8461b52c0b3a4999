use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::{annotations, labels};
use crate::model::membership::NAMESPACE_INJECTION;
use crate::rules::istio_names::{Found, INPUTS, Names, slip};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "unknown-label",
        codes: &[],
        analyzers: &[],
        summary: "a label that is nearly one of Istio's, or an annotation's name as a label",
        severity: Severity::Warning,
        inputs: INPUTS,
        page: include_str!("unknown_label.md"),
    },
    check: Check::Name(Names::Labels, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let name = found.name;
    // Labels are free to invent; what differs by a slip is not meant to be another.
    let slip = match found.value.text() {
        _ if labels::is_unknown(name) => slip(name, labels::LABELS),
        Some("enabled" | "disabled") if name != NAMESPACE_INJECTION => nearest(name, [NAMESPACE_INJECTION]),
        _ => None,
    };
    let is_annotation = labels::is_unknown(name) && annotations::find(name).is_some();
    if slip.is_none() && !is_annotation {
        return;
    }
    let finding = cx.report(found.holder.resource, found.key, format!("Istio has no label `{name}`"));
    finding.label("has no effect");
    if is_annotation {
        finding.help(format!("`{name}` is an annotation: put it under `annotations`"));
    } else if let Some(slip) = slip {
        finding.help(format!("did you mean `{slip}`?"));
        finding.replace(found.key.span(), slip, format!("write `{slip}`"));
    }
}
