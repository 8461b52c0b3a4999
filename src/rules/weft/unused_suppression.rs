use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "unused-suppression",
        codes: &[],
        analyzers: &[],
        summary: "a suppression that silences nothing",
        severity: Severity::Warning,
        inputs: &[],
        page: include_str!("unused_suppression.md"),
    },
    // Only what the other rules found can tell: `suppress::apply` reports it after them.
    check: Check::Whole(|_| {}),
};
