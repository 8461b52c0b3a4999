use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::target::check_selector;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::{Check, Context, Rule, webhook};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-proxy-config",
        codes: webhook::CODES,
        analyzers: &["schema.ValidationAnalyzer.ProxyConfig"],
        summary: "a ProxyConfig that Istio refuses or warns of",
        severity: Severity::Warning,
        inputs: &[Kind::ProxyConfig],
        page: include_str!("invalid_proxy_config.md"),
    },
    check: Check::Each(check),
};

/// Istio 1.30, `ValidateProxyConfig`. All else that it asks, the CRD asks too.
fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::ProxyConfig) {
        check_annotations(cx, resource);
        check_selector(cx, resource);
    }
}
