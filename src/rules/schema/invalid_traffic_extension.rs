use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::{CODES, target};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-traffic-extension",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.TrafficExtension"],
        summary: "a TrafficExtension that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::TrafficExtension],
        page: include_str!("invalid_traffic_extension.md"),
    },
    check: Check::Each(check),
};

/// The code, whether it is Wasm or Lua, and the ports are the schema's business.
fn check(cx: &mut Context<'_, '_>) {
    for extension in cx.each_of_kind(Kind::TrafficExtension) {
        check_annotations(cx, extension);
        target::check_target(cx, extension);
    }
}
