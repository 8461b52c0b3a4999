use crate::finding::{RuleMeta, Severity};
use crate::model::view::{DestinationRule, Subset};
use crate::model::{Exports, Host, Kind, Resource, View};
use crate::rules::http_match::equal;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "destination-rule-duplicate-host",
        codes: &[],
        analyzers: &[],
        summary: "two DestinationRules for one host, of which Istio drops settings",
        severity: Severity::Warning,
        inputs: &[Kind::DestinationRule],
        page: include_str!("destination_rule_duplicate_host.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for (host, rules) in cx.crowded_rules() {
        let mut rest = rules;
        while let Some(first) = rest.next() {
            let mut behind = rest.clone();
            // Each is held against the nearest behind it, so that three give two findings.
            let Some((later, loss)) = behind.find_map(|later| Some((later, loss(first, later)?))) else { continue };
            report(cx, *host, first, later, loss);
        }
    }
}

/// What Istio drops when it merges two.
enum Loss<'m> {
    /// The traffic policy of the younger one.
    Policy,
    /// The subset of the younger one.
    Subset(Subset<'m>, Subset<'m>),
}

/// What is lost in a merge: Istio takes subsets from both and the older one's policy (`mergeDestinationRule`).
fn loss<'m>(first: &'m Resource<'m>, later: &'m Resource<'m>) -> Option<Loss<'m>> {
    let apart = first.namespace != later.namespace
        || !Exports::of(first).meets(Exports::of(later))
        || !same_field(first, later, "workloadSelector");
    if apart {
        return None;
    }
    let policies = first.spec_at("trafficPolicy").zip(later.spec_at("trafficPolicy"));
    if policies.is_some_and(|(first, later)| !equal(first, later)) {
        return Some(Loss::Policy);
    }
    DestinationRule::of(later).subsets().find_map(|later| {
        let twin = |first: &Subset<'m>| first.name == later.name && !equal(first.node, later.node);
        DestinationRule::of(first).subsets().find(twin).map(|first| Loss::Subset(first, later))
    })
}

fn same_field(one: &Resource<'_>, other: &Resource<'_>, key: &str) -> bool {
    match (one.spec_at(key), other.spec_at(key)) {
        (None, None) => true,
        (Some(one), Some(other)) => equal(one, other),
        _ => false,
    }
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    host: Host<'m>,
    first: &'m Resource<'m>,
    later: &'m Resource<'m>,
    loss: Loss<'m>,
) {
    let named = match host {
        Host::Service { name, namespace } => format!("{name}.{namespace}"),
        Host::Name(name) => name.to_owned(),
    };
    let (what, kept, here, there) = match loss {
        Loss::Policy => ("traffic policy".to_owned(), "policy", later.name_node(), first.name_node()),
        Loss::Subset(one, other) => {
            let name = |subset: Subset<'m>| subset.node.get("name").unwrap_or(subset.node);
            (format!("subset `{}`", other.name), "subset", name(other), name(one))
        }
    };
    let message = format!("two DestinationRules for `{named}`; only one {what} takes effect");
    let finding = cx.report(later, here, message);
    finding.label(format!("Istio keeps the older object's {kept} and drops the other's"));
    finding.also(there.span(), "the other one");
    finding.help("put both into one DestinationRule");
}
