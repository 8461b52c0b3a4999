use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "duplicate-entry",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "two items of a list with the same key",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("duplicate_entry.md"),
    },
    check: Check::Schema(Class::DuplicateEntry),
};
