use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "unknown-field",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "a field that the kind does not have",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("unknown_field.md"),
    },
    check: Check::Schema(Class::UnknownField),
};
