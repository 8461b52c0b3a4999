use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "failed-validation",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "a validation rule of the kind that does not hold",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("failed_validation.md"),
    },
    check: Check::Schema(Class::FailedValidation),
};
