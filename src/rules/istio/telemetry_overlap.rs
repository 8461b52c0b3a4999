use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::workload_scope::{TELEMETRY, check_overlaps};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "telemetry-overlap",
        codes: &["IST0159"],
        analyzers: &["telemetry.SelectorAnalyzer"],
        summary: "two Telemetries that select one pod",
        severity: Severity::Error,
        inputs: &[Kind::Telemetry, Kind::Pod],
        page: include_str!("telemetry_overlap.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    check_overlaps(cx, TELEMETRY, "of these two the proxy takes the older one");
}
