use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::labels::check_labels;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::probe::check_probe;
use crate::rules::{Check, Context, Rule, webhook};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-workload-group",
        codes: webhook::CODES,
        analyzers: &["schema.ValidationAnalyzer.WorkloadGroup"],
        summary: "a WorkloadGroup that Istio refuses",
        severity: Severity::Error,
        inputs: &[Kind::WorkloadGroup],
        page: include_str!("invalid_workload_group.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateWorkloadGroup`. The template is not looked at: a workload that registers fills it in.
fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::WorkloadGroup) {
        check_annotations(cx, resource);
        let Some(spec) = resource.spec() else { continue };
        if let Some(labels) = spec.at(&["metadata", "labels"]) {
            check_labels(cx, resource, labels);
        }
        if let Some(probe) = spec.entry("probe").filter(|(_, probe)| !probe.is_null()) {
            check_probe(cx, resource, probe);
        }
    }
}
