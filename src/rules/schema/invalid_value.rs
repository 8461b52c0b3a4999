use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-value",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "a value that the field cannot have",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("invalid_value.md"),
    },
    check: Check::Schema(Class::InvalidValue),
};
