use crate::finding::{RuleMeta, Severity};
use crate::model::selector::label;
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "jwks-fetch-unrestricted",
        codes: &["IST0175"],
        analyzers: &["authn.BlockedCIDRsAnalyzer"],
        summary: "istiod fetches keys of tokens from any address",
        severity: Severity::Info,
        inputs: &[Kind::Deployment, Kind::RequestAuthentication],
        page: include_str!("jwks_fetch_unrestricted.md"),
    },
    check: Check::Each(check),
};

/// The variable of istiod that lists networks it fetches no keys from.
const BLOCKED: &str = "BLOCKED_CIDRS_IN_JWKS_URIS";

fn check(cx: &mut Context<'_, '_>) {
    for deployment in cx.each_of_kind(Kind::Deployment) {
        if label(deployment.labels(), "app") != Some("istiod") || is_restricted(deployment) {
            continue;
        }
        let mut fetching = cx.of_kind(Kind::RequestAuthentication).filter_map(fetched);
        let Some(first) = fetching.next() else { continue };
        let more = fetching.count();
        let from = match more {
            0 => "a RequestAuthentication".to_owned(),
            more => format!("{} RequestAuthentications", more + 1),
        };
        let message = format!("Deployment `{}` fetches keys from any address that {from} may name", deployment.name);
        let finding = cx.report(deployment, deployment.name_node(), message);
        finding.label("who may write one makes istiod send requests into its own network");
        finding.also(first.span(), "keys are fetched for this");
        finding.help(format!("list networks to keep out of in istiod's variable `{BLOCKED}`"));
    }
}

fn is_restricted(deployment: &Resource<'_>) -> bool {
    let containers = deployment.spec().and_then(|spec| spec.at(&["template", "spec", "containers"]));
    let mut env = containers.into_iter().flat_map(Node::items).filter_map(|container| container.get("env")).flat_map(Node::items);
    env.any(|variable| {
        let is_set = variable.str_at("value").is_some_and(|value| !value.is_empty()) || variable.get("valueFrom").is_some();
        variable.str_at("name") == Some(BLOCKED) && is_set
    })
}

/// The place of a rule whose keys are not in the manifest itself.
fn fetched<'m>(policy: &Resource<'m>) -> Option<Node<'m>> {
    let mut rules = policy.spec_at("jwtRules").into_iter().flat_map(Node::items);
    let rule = rules.find(|rule| rule.get("jwks").is_none())?;
    rule.get("jwksUri").or_else(|| rule.get("issuer"))
}
