use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-api-outdated-crd",
        codes: &["IST0176"],
        analyzers: &["k8sgateway.CRDVersionAnalyzer"],
        summary: "a definition of the Gateway API that is too old for Istio to read",
        severity: Severity::Warning,
        inputs: &[Kind::CustomResourceDefinition],
        page: include_str!("gateway_api_outdated_crd.md"),
    },
    check: Check::Each(check),
};

/// The annotation with the release of the Gateway API that a definition is of.
const BUNDLE: &str = "gateway.networking.k8s.io/bundle-version";

/// The oldest releases that Istio 1.30 reads, by definition (`gatewayapi.MinimumCRDVersions`).
const OLDEST: &[(&str, [u64; 3])] = &[
    ("grpcroutes.gateway.networking.k8s.io", [1, 1, 0]),
    ("backendtlspolicies.gateway.networking.k8s.io", [1, 4, 0]),
    ("tlsroutes.gateway.networking.k8s.io", [1, 5, 0]),
];

fn check(cx: &mut Context<'_, '_>) {
    for definition in cx.each_of_kind(Kind::CustomResourceDefinition) {
        let Some((_, [major, minor, patch])) = OLDEST.iter().find(|(name, _)| *name == definition.name) else {
            continue;
        };
        let Some((release, version)) = release(definition) else { continue };
        if version >= [*major, *minor, *patch] {
            continue;
        }
        let kind = definition.spec().and_then(|spec| spec.at(&["names", "kind"])?.as_str()).unwrap_or("these");
        let message = format!("the definition of {kind} objects is of release {}", release.text().unwrap_or(""));
        let finding = cx.report(definition, release, message);
        finding.label(format!("Istio 1.30 reads it from v{major}.{minor}.{patch} on, and ignores such objects until then"));
        finding.help("install a newer release of the Gateway API before Istio");
    }
}

/// The release, and its number without what is behind a `-` or `+`.
fn release<'m>(definition: &Resource<'m>) -> Option<(Node<'m>, [u64; 3])> {
    let node = definition.annotation(BUNDLE)?;
    let text = node.as_str()?;
    let number = text.strip_prefix('v').unwrap_or(text).split(['-', '+']).next()?;
    let mut parts = number.split('.').map(|part| part.parse::<u64>().ok());
    let mut next = || parts.next().unwrap_or(Some(0));
    Some((node, [next()?, next()?, next()?]))
}
