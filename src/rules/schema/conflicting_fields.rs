use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "conflicting-fields",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "fields that exclude each other, or none where one is needed",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("conflicting_fields.md"),
    },
    check: Check::Schema(Class::ConflictingFields),
};
