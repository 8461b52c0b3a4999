use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::workload_scope::{SIDECAR, check_defaults};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "sidecar-second-default",
        codes: &["IST0111"],
        analyzers: &["sidecar.SelectorAnalyzer"],
        summary: "two Sidecars for the whole of one namespace",
        severity: Severity::Error,
        inputs: &[Kind::Sidecar],
        page: include_str!("sidecar_second_default.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    check_defaults(cx, SIDECAR, "of these two Istio takes the older one");
}
