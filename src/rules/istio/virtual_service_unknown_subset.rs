use crate::finding::{RuleMeta, Severity};
use crate::model::routing::Routed;
use crate::model::view::DestinationRule;
use crate::model::{Exports, Host, Kind, Lookup, Resource};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "virtual-service-unknown-subset",
        codes: &["IST0101"],
        analyzers: &["virtualservice.DestinationRuleAnalyzer"],
        summary: "a VirtualService routes to a subset that no DestinationRule defines",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService, Kind::DestinationRule, Kind::Service, Kind::ServiceEntry],
        page: include_str!("virtual_service_unknown_subset.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for routed in cx.each_routed() {
        let subset = routed.destination.subset.and_then(|node| Some((node.as_str()?, node)));
        // Another rule tells of what cannot be a name.
        if let Some((name, node)) = subset.filter(|(name, _)| value::istio_label(name).is_ok()) {
            check_subset(cx, Named { routed, name, node });
        }
    }
}

/// A subset that a destination names.
#[derive(Clone, Copy)]
struct Named<'m> {
    routed: &'m Routed<'m>,
    name: &'m str,
    node: Node<'m>,
}

fn check_subset<'m>(cx: &mut Context<'m, '_>, named: Named<'m>) {
    let Named { routed, name, .. } = named;
    let reach = Reach { routed, root: &cx.world().mesh_namespace };
    let mut hidden = None;
    for rule in cx.destination_rules_for(routed.host) {
        if subsets(rule).any(|(subset, _)| subset == name) {
            if reach.sees(rule.0) {
                return;
            }
            hidden = hidden.or(Some(rule));
        }
    }
    let Lookup::Missing = cx.lookup(None::<()>) else { return };
    match hidden {
        Some(rule) => out_of_sight(cx, named, rule),
        None => undefined(cx, named, reach),
    }
}

fn out_of_sight<'m>(cx: &mut Context<'m, '_>, named: Named<'m>, rule: DestinationRule<'m>) {
    let Named { routed, name, node } = named;
    let (written, namespace) = (routed.destination.host, routed.service.namespace);
    let exported = Exports::of(rule.0).to(namespace);
    let state = if exported { "out of sight from" } else { "not exported to namespace" };
    let message = format!("subset `{name}` of `{written}` is {state} `{namespace}`");
    let finding = cx.report(&routed.service, node, message);
    finding.severity(Severity::Warning);
    finding.label("defined, but not for clients in this namespace");
    let (why, help) = match exported {
        true => (
            "Istio does not look here",
            "Istio takes subsets from the client's namespace, the service's, and the root namespace".to_owned(),
        ),
        false => ("not exported to it", format!("add `{namespace}` to the DestinationRule's `exportTo`")),
    };
    let place = subsets(rule).find(|(subset, _)| *subset == name).map_or(rule.0.name_node(), |(_, node)| node);
    finding.also(place.span(), format!("{why}: DestinationRule in `{}`", rule.0.namespace)).help(help);
}

fn undefined<'m>(cx: &mut Context<'m, '_>, named: Named<'m>, reach: Reach<'m>) {
    let Named { routed, name, node } = named;
    let (written, host) = (routed.destination.host, routed.host);
    let own: Vec<_> = cx.destination_rules_for(host).filter(|rule| !is_wildcard(rule.0)).collect();
    // A host that nothing is known of is one mistake, and another rule's.
    if own.is_empty() && matches!(cx.host(host), Lookup::Missing) {
        return;
    }
    let seen = cx.destination_rules_for(host).filter(|rule| reach.sees(rule.0));
    let rich: Vec<_> = seen.filter(|rule| subsets(*rule).next().is_some()).collect();
    let meant = nearest(name, rich.iter().flat_map(|rule| subsets(*rule)).map(|(subset, _)| subset));
    let finding = cx.report(&routed.service, node, format!("subset `{name}` of `{written}` does not exist"));
    finding.label("no DestinationRule for the host defines it");
    for &rule in &rich {
        let names: Vec<_> = subsets(rule).map(|(subset, _)| format!("`{subset}`")).collect();
        let place = subsets(rule).next().map_or(rule.0.name_node(), |(_, node)| node);
        finding.also(place.span(), format!("DestinationRule `{}` defines {}", rule.0.name, names.join(", ")));
    }
    match (meant, own.iter().find(|rule| reach.sees(rule.0))) {
        (Some(meant), _) => finding.help(format!("did you mean `{meant}`?")),
        (None, _) if !rich.is_empty() => finding.help(format!("define `{name}` there, or correct the name")),
        (None, Some(rule)) => finding
            .also(rule.0.name_node().span(), "this DestinationRule for the host defines no subsets")
            .help(format!("define `{name}` there by the labels of its pods")),
        (None, None) => finding
            .help(format!("no DestinationRule for `{host}` defines subsets"))
            .help(format!("add one that defines `{name}` by the labels of its pods")),
    };
}

/// From where a VirtualService's clients look for DestinationRules.
struct Reach<'m> {
    routed: &'m Routed<'m>,
    root: &'m str,
}

impl Reach<'_> {
    /// Istio looks in the client's namespace, the service's and the root namespace (`destinationRule` in
    /// `push_context.go`).
    fn sees(&self, rule: &Resource<'_>) -> bool {
        let namespace = self.routed.service.namespace;
        if self.routed.by_gateway {
            return true;
        }
        let beside = match self.routed.host {
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
