use crate::finding::{RuleMeta, Severity};
use crate::model::view::{Destination, DestinationRule, VirtualService};
use crate::model::{Exports, Host, Kind, Lookup, Resource, View};
use crate::rules::nearest::nearest;
use crate::rules::{Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unknown-subset",
        codes: &["IST0101"],
        analyzers: &["virtualservice.DestinationRuleAnalyzer"],
        summary: "a VirtualService routes to a subset that no DestinationRule defines",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService, Kind::DestinationRule],
        page: include_str!("virtual_service_unknown_subset.md"),
    },
    check,
};

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.all::<VirtualService>() {
        for route in service.routes() {
            for destination in route.destinations() {
                let subset = destination.subset.and_then(|node| Some((node.as_str()?, node)));
                let Some((name, node)) = subset.filter(|(name, _)| !name.is_empty()) else { continue };
                check_subset(cx, service, destination, name, node);
            }
        }
    }
}

fn check_subset<'m>(
    cx: &mut Context<'m, '_>,
    service: VirtualService<'m>,
    destination: Destination<'m>,
    name: &'m str,
    node: Node<'m>,
) {
    let host = cx.host_name(destination.host, service.0.namespace);
    let defines = |rule: &DestinationRule<'m>| subsets(*rule).any(|(subset, _)| subset == name);
    let reach = Reach { service, host, root: &cx.world().mesh_namespace };
    let rules = || cx.destination_rules_for(host);
    if rules().filter(defines).any(|rule| reach.sees(rule.0)) {
        return;
    }
    let hidden = rules().find(defines);
    let exact: Vec<_> = rules().filter(|rule| subsets(*rule).next().is_some() && reach.sees(rule.0)).collect();
    let fallback = rules().find(|rule| !is_wildcard(rule.0) && reach.sees(rule.0));
    let Lookup::Missing = cx.lookup(None::<()>) else { return };
    let written = destination.host;
    let finding = cx.report(service.resource(), node, format!("subset `{name}` of `{written}` does not exist"));
    finding.label("no DestinationRule for the host defines it");
    if let Some(rule) = hidden {
        let namespace = service.0.namespace;
        finding.message = format!("subset `{name}` of `{written}` is out of sight from `{namespace}`");
        finding.severity(Severity::Warning);
        finding.label("defined, but not for clients in this namespace");
        let place = subsets(rule).find(|(subset, _)| *subset == name).map_or(rule.0.root, |(_, node)| node);
        let why = match Exports::of(rule.0).to(namespace) {
            true => "Istio does not look here",
            false => "not exported to it",
        };
        finding.also(place.span(), format!("{why}: DestinationRule in `{}`", rule.0.namespace));
        match Exports::of(rule.0).to(namespace) {
            true => finding.help(
                "Istio takes subsets from the client's namespace, the service's, and the root namespace",
            ),
            false => finding.help(format!("add `{namespace}` to the DestinationRule's `exportTo`")),
        };
        return;
    }
    for &rule in &exact {
        let names: Vec<_> = subsets(rule).map(|(subset, _)| format!("`{subset}`")).collect();
        let place = rule.0.spec_at("subsets").map_or(rule.0.root, first_name);
        finding.also(place.span(), format!("DestinationRule `{}` defines {}", rule.0.name, names.join(", ")));
    }
    match (nearest(name, exact.iter().flat_map(|rule| subsets(*rule)).map(|(subset, _)| subset)), fallback) {
        (Some(meant), _) => finding.help(format!("there is `{meant}`")),
        (None, _) if !exact.is_empty() => finding.help(format!("define `{name}` there, or correct the name")),
        (None, Some(rule)) => finding
            .also(rule.0.name_node().span(), "this DestinationRule for the host defines no subsets")
            .help(format!("define `{name}` there by the labels of its pods")),
        (None, None) => finding.help(format!(
            "no DestinationRule for `{host}` defines subsets: add one that defines `{name}` by the labels of its pods"
        )),
    };
}

/// From where a VirtualService's clients look for DestinationRules.
struct Reach<'m> {
    service: VirtualService<'m>,
    host: Host<'m>,
    root: &'m str,
}

impl Reach<'_> {
    /// Istio looks in the client's namespace, the service's and the root namespace (`destinationRule` in
    /// `push_context.go`). Behind a gateway the client is the gateway, which may be anywhere.
    fn sees(&self, rule: &Resource<'_>) -> bool {
        let namespace = self.service.0.namespace;
        if self.service.gateways().any(|(name, _)| name != "mesh") {
            return true;
        }
        let beside = match self.host {
            Host::Service { namespace: of, .. } => [namespace, of, self.root].contains(&rule.namespace),
            // Where a ServiceEntry lies is the service's namespace; there may be several.
            Host::Name(_) => true,
        };
        beside && Exports::of(rule).to(namespace)
    }
}

fn subsets<'m>(rule: DestinationRule<'m>) -> impl Iterator<Item = (&'m str, Node<'m>)> {
    let subsets = rule.0.spec_at("subsets").into_iter().flat_map(Node::items);
    subsets.filter_map(|subset| subset.get("name")).filter_map(|name| Some((name.as_str()?, name)))
}

fn is_wildcard(rule: &Resource<'_>) -> bool {
    rule.spec_at("host").and_then(Node::as_str).is_some_and(|host| host.starts_with('*'))
}

/// The name of the first entry, which is one short line.
fn first_name(list: Node<'_>) -> Node<'_> {
    list.items().next().and_then(|subset| subset.get("name")).unwrap_or(list)
}
