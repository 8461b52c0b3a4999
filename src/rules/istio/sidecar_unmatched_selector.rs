use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::workload_scope::{SIDECAR, check_unmatched};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "sidecar-unmatched-selector",
        codes: &["IST0101"],
        analyzers: &["sidecar.SelectorAnalyzer"],
        summary: "a Sidecar that selects no pod",
        severity: Severity::Warning,
        inputs: &[Kind::Sidecar, Kind::Pod],
        page: include_str!("sidecar_unmatched_selector.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    check_unmatched(cx, SIDECAR);
}
