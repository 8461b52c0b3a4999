use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::endpoint::{Address, check_endpoint};
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::{Check, Context, Rule, webhook};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-workload-entry",
        codes: webhook::CODES,
        analyzers: &["schema.ValidationAnalyzer.WorkloadEntry"],
        summary: "a WorkloadEntry that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::WorkloadEntry],
        page: include_str!("invalid_workload_entry.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateWorkloadEntry`.
fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::WorkloadEntry) {
        check_annotations(cx, resource);
        if let Some(spec) = resource.spec().filter(|spec| spec.is_map()) {
            check_endpoint(cx, resource, spec, Address::Any);
        }
    }
}
