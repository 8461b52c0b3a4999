use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::workload_scope::{SIDECAR, check_overlaps};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "sidecar-overlap",
        codes: &["IST0110"],
        analyzers: &["sidecar.SelectorAnalyzer"],
        summary: "two Sidecars that select one pod",
        severity: Severity::Error,
        inputs: &[Kind::Sidecar, Kind::Pod],
        page: include_str!("sidecar_overlap.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    check_overlaps(cx, SIDECAR, "of these two the proxy takes the older one");
}
