use crate::finding::{RuleMeta, Severity};
use crate::model::routing::Binding;
use crate::model::view::{Gateway, Protocol, VirtualService};
use crate::model::{Kind, Lookup, Resource, Selector, View, Workload};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-claim-unchecked",
        codes: &["IST0149"],
        analyzers: &["virtualservice.JWTClaimRouteAnalyzer"],
        summary: "a route depends on a token's claim that nothing at the gateway reads",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService, Kind::Gateway, Kind::Pod, Kind::RequestAuthentication],
        page: include_str!("virtual_service_claim_unchecked.md"),
    },
    check: Check::Each(check),
};

/// The header that stands for a claim of the token that was checked: `@request.auth.claims.group` or
/// `@request.auth.claims[group]` (Istio 1.30, `jwt.ToRoutingClaim`).
const CLAIMS: &str = "@request.auth.claims";

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        let Some(key) = claim(service) else { continue };
        for (written, node) in service.gateways() {
            let binding = Binding::of(written, service.0.namespace);
            let Binding::Gateway { namespace, name } = binding else { continue };
            let Lookup::Found(gateway) = cx.find::<Gateway>(namespace, name) else { continue };
            let pods: Vec<_> = cx.selected_anywhere(gateway.selector()).collect();
            let Some(pod) = pods.into_iter().find(|pod| !is_authenticated(cx, pod)) else { continue };
            if let Lookup::Missing = cx.lookup(None::<()>) {
                report(cx, service, key, node, pod);
            }
        }
    }
}

/// The first claim that a match names.
fn claim<'m>(service: VirtualService<'m>) -> Option<Node<'m>> {
    let routes = service.routes().filter(|route| route.protocol == Protocol::Http);
    let maps = routes.flat_map(|route| route.matches()).flat_map(|entry| {
        ["headers", "withoutHeaders"].into_iter().filter_map(move |key| entry.get(key))
    });
    maps.flat_map(Node::entries).map(|(key, _)| key).find(|key| key.text().is_some_and(is_claim))
}

fn is_claim(header: &str) -> bool {
    let Some((head, rest)) = header.split_at_checked(CLAIMS.len()) else { return false };
    let dotted = rest.len() > 1 && rest.starts_with('.');
    let bracketed = rest.len() > 2 && rest.starts_with('[') && rest.ends_with(']');
    head.eq_ignore_ascii_case(CLAIMS) && (dotted || bracketed)
}

/// Whether a RequestAuthentication reads tokens at these pods: one of their namespace or of the mesh's. What one with
/// `targetRefs` attaches to is not decided by labels.
fn is_authenticated(cx: &Context<'_, '_>, pod: &Workload<'_>) -> bool {
    let applies = |policy: &Resource<'_>| {
        let is_near = [pod.resource.namespace, &cx.world().mesh_namespace].contains(&policy.namespace);
        is_near && Selector::of_object(policy.spec_at("selector")).matches(pod.labels())
    };
    cx.of_kind(Kind::RequestAuthentication).any(applies)
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    service: VirtualService<'m>,
    key: Node<'m>,
    gateway: Node<'m>,
    pod: &Workload<'m>,
) {
    let header = key.text().unwrap_or(CLAIMS);
    let message = format!("`{header}` is never set: no RequestAuthentication checks tokens at the gateway");
    let (name, namespace) = (pod.resource.name, pod.resource.namespace);
    let finding = cx.report(service.resource(), key, message);
    finding.label("without a checked token there is no claim to match");
    finding.also(gateway.span(), format!("the pods of {} `{name}` serve it", pod.resource.kind_name()));
    finding.help(format!("create a RequestAuthentication in `{namespace}` that selects the gateway's pods"));
}
