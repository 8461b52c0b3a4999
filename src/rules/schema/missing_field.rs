use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "missing-field",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "a field that has to be there and is not",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("missing_field.md"),
    },
    check: Check::Schema(Class::MissingField),
};
