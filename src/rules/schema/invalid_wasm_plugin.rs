use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::{CODES, target};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-wasm-plugin",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.WasmPlugin"],
        summary: "a WasmPlugin that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::WasmPlugin],
        page: include_str!("invalid_wasm_plugin.md"),
    },
    check: Check::Each(check),
};

/// The address of the module, its sum, its environment and the ports are the schema's business.
fn check(cx: &mut Context<'_, '_>) {
    for plugin in cx.each_of_kind(Kind::WasmPlugin) {
        check_annotations(cx, plugin);
        target::check_target(cx, plugin);
    }
}
