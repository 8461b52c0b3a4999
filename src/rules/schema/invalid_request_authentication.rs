use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::{CODES, doubt, has_only, refuse, target};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-request-authentication",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.RequestAuthentication"],
        summary: "a RequestAuthentication that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::RequestAuthentication],
        page: include_str!("invalid_request_authentication.md"),
    },
    check: Check::Each(check),
};

/// What a rule is made of.
const FIELDS: [&str; 13] = [
    "issuer",
    "audiences",
    "jwksUri",
    "jwks_uri",
    "jwks",
    "fromHeaders",
    "fromParams",
    "fromCookies",
    "outputPayloadToHeader",
    "forwardOriginalToken",
    "outputClaimToHeaders",
    "spaceDelimitedClaims",
    "timeout",
];

const MILLISECOND: i64 = 1_000_000;

fn check(cx: &mut Context<'_, '_>) {
    for policy in cx.each_of_kind(Kind::RequestAuthentication) {
        check_annotations(cx, policy);
        target::check_target(cx, policy);
        for rule in policy.spec_at("jwtRules").into_iter().flat_map(Node::items) {
            if rule.is_map() {
                check_rule(cx, policy, rule);
            }
        }
    }
}

fn check_rule(cx: &mut Context<'_, '_>, policy: &Resource<'_>, rule: Node<'_>) {
    // An issuer that is written but empty is the schema's business.
    if has_only(rule, &FIELDS) && ["issuer", "jwksUri", "jwks_uri"].iter().all(|key| rule.get(key).is_none()) {
        let finding = refuse(cx, policy, rule, "the rule has neither an `issuer` nor a `jwksUri`");
        finding.label("Istio cannot tell whose tokens these are");
        finding.help("write the `issuer` as the tokens have it in their claim `iss`");
    }
    if let Some(jwks) = rule.get("jwks") {
        check_jwks(cx, policy, jwks);
    }
    if let Some(timeout) = rule.get("timeout") {
        check_timeout(cx, policy, timeout);
    }
}

fn check_jwks(cx: &mut Context<'_, '_>, policy: &Resource<'_>, jwks: Node<'_>) {
    let Some(text) = jwks.as_str().filter(|text| !text.is_empty()) else { return };
    match value::jwks(text) {
        Err(fault) => {
            let finding = refuse(cx, policy, jwks, format!("`jwks` {fault}"));
            finding.label("not a set of JSON web keys");
            finding.help("write `{\"keys\": [...]}` with the issuer's public keys, or name its `jwksUri`");
        }
        Ok(private) => {
            for place in private {
                let message = format!("key {} of `jwks` has its private part", place + 1);
                let finding = doubt(cx, policy, jwks, message);
                finding.label("who reads this can sign tokens");
                finding.help("leave the public part only, and let the issuer sign with another key");
            }
        }
    }
}

/// Durations below a millisecond are the schema's business.
fn check_timeout(cx: &mut Context<'_, '_>, policy: &Resource<'_>, timeout: Node<'_>) {
    let Some(text) = timeout.as_str() else { return };
    if value::duration(text).is_ok_and(|nanos| nanos >= MILLISECOND && nanos % MILLISECOND != 0) {
        let finding = refuse(cx, policy, timeout, format!("`timeout` is no whole number of milliseconds: `{text}`"));
        finding.label("finer than a millisecond");
        finding.help("round it to milliseconds, such as `1500ms`");
    }
}
