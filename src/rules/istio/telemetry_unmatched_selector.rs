use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::workload_scope::{TELEMETRY, check_unmatched};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "telemetry-unmatched-selector",
        codes: &["IST0101"],
        analyzers: &["telemetry.SelectorAnalyzer"],
        summary: "a Telemetry that selects no pod",
        severity: Severity::Warning,
        inputs: &[Kind::Telemetry, Kind::Pod],
        page: include_str!("telemetry_unmatched_selector.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    check_unmatched(cx, TELEMETRY);
}
