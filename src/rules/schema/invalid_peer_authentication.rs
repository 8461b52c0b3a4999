use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::{CODES, target};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-peer-authentication",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.PeerAuthentication"],
        summary: "a PeerAuthentication that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::PeerAuthentication],
        page: include_str!("invalid_peer_authentication.md"),
    },
    check: Check::Each(check),
};

/// Modes and ports are the schema's business.
fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.each_of_kind(Kind::PeerAuthentication) {
        check_annotations(cx, policy);
        target::check_selector(cx, policy);
    }
}
