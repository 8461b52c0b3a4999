use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::workload_scope::{TELEMETRY, check_defaults};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "telemetry-second-default",
        codes: &["IST0160"],
        analyzers: &["telemetry.DefaultSelectorAnalyzer"],
        summary: "two Telemetries for the whole of one namespace",
        severity: Severity::Error,
        inputs: &[Kind::Telemetry],
        page: include_str!("telemetry_second_default.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    check_defaults(cx, TELEMETRY, "of these two Istio takes the older one");
}
