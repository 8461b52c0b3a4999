use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Rule, schema_walk};
use crate::schema::check::Class;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "wrong-type",
        codes: &["IST0106"],
        analyzers: schema_walk::ANALYZERS,
        summary: "a value of another type than the field has",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("wrong_type.md"),
    },
    check: Check::Schema(Class::WrongType),
};
