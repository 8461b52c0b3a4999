use crate::finding::{RuleMeta, Severity};
use crate::model::selector::{label, pairs};
use crate::model::view::{DestinationRule, Service, Subset};
use crate::model::{HostTarget, Kind, Lookup, Selector, View, Workload};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "subset-without-pods",
        codes: &["IST0173"],
        analyzers: &["destinationrule.SubsetSelectPodAnalyzer"],
        summary: "a subset of a DestinationRule that no pod is in",
        severity: Severity::Error,
        inputs: &[Kind::DestinationRule, Kind::Service, Kind::ServiceEntry, Kind::Pod, Kind::WorkloadEntry, Kind::Node],
        page: include_str!("subset_without_pods.md"),
    },
    check: Check::Each(check),
};

/// Labels that Istio adds to a pod's own from its node (Istio 1.30, `label.AugmentLabels`).
const OF_NODE: &[&str] = &[
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
    "topology.istio.io/subzone",
    "kubernetes.io/hostname",
];
/// Labels that Istio adds from where the cluster is.
const OF_CLUSTER: &[&str] = &["topology.istio.io/cluster", "topology.istio.io/network"];

fn check(cx: &mut Context<'_, '_>) {
    for rule in cx.each::<DestinationRule>() {
        let Some((written, _)) = rule.host().filter(|_| rule.subsets().next().is_some()) else { continue };
        let host = cx.host_name(written, rule.0.namespace);
        if host.is_wildcard() {
            continue;
        }
        let Lookup::Found(HostTarget::Service(service)) = cx.host(host) else { continue };
        let Some(selector) = service.selector() else { continue };
        let pods: Vec<_> = cx.selected(service.0.namespace, selector).collect();
        for subset in rule.subsets() {
            if pods.iter().any(|pod| is_in(cx, subset, pod)) {
                continue;
            }
            let Lookup::Missing = cx.lookup(None::<()>) else { continue };
            // Machines have labels that no selector of pods shows, and so have pods of kinds that weft does not know.
            if has_machines(cx, service) || has_strangers(cx, service, selector) {
                break;
            }
            report(cx, rule, subset, service, &pods);
        }
    }
}

fn has_machines(cx: &Context<'_, '_>, service: Service<'_>) -> bool {
    cx.of_kind(Kind::WorkloadEntry).any(|entry| entry.namespace == service.0.namespace)
}

fn has_strangers(cx: &Context<'_, '_>, service: Service<'_>, selector: Selector<'_>) -> bool {
    let mut unknown = cx.every_resource().iter().filter(|resource| resource.kind == Kind::Unknown);
    unknown.any(|resource| {
        let labels = resource.root.at(&["spec", "template", "metadata", "labels"]);
        resource.namespace == service.0.namespace && labels.is_some_and(|labels| selector.matches(Some(labels)))
    })
}

/// Whether the pods may be in a subset: labels of theirs count, and those that they get from elsewhere.
fn is_in(cx: &Context<'_, '_>, subset: Subset<'_>, pod: &Workload<'_>) -> bool {
    let node = pod.spec().and_then(|spec| spec.str_at("nodeName"));
    pairs(subset.labels).all(|(key, value)| {
        if label(pod.labels(), key) == Some(value) || OF_CLUSTER.contains(&key) {
            return true;
        }
        if key.ends_with("-template-hash") || key.ends_with("revision-hash") {
            return pod.resource.kind != Kind::Pod;
        }
        OF_NODE.contains(&key) && !value.is_empty() && may_have(cx, node, key, value)
    })
}

/// Whether the node has a label, or may have it: the node is not in the input, or a scheduler has yet to choose it.
fn may_have(cx: &Context<'_, '_>, node: Option<&str>, key: &str, value: &str) -> bool {
    let mut nodes = cx.of_kind(Kind::Node).filter(|resource| node.is_none_or(|name| name == resource.name)).peekable();
    nodes.peek().is_none() || nodes.any(|node| label(node.labels(), key) == Some(value))
}

fn report<'m>(
    cx: &mut Context<'m, '_>,
    rule: DestinationRule<'m>,
    subset: Subset<'m>,
    service: Service<'m>,
    pods: &[&Workload<'m>],
) {
    let (name, of) = (subset.name, service.0.name);
    let missing = pairs(subset.labels).find(|(key, value)| {
        !pods.iter().any(|pod| label(pod.labels(), key) == Some(value))
    });
    let meant = missing.and_then(|(key, value)| {
        let values = pods.iter().filter_map(|pod| label(pod.labels(), key));
        Some((key, nearest(value, values)?))
    });
    let place = missing.and_then(|(key, _)| subset.labels?.get(key));
    let place = place.or_else(|| subset.node.get("name")).unwrap_or(subset.node);
    let message = format!("no pod of `{of}` is in subset `{name}`");
    let finding = cx.report(rule.resource(), place, message);
    finding.label("requests to the subset fail with 503");
    let pods_node = service.0.spec_at("selector").map_or(service.0.name_node(), |selector: Node<'m>| selector);
    match (meant, pods.is_empty()) {
        (Some((key, meant)), _) => finding.help(format!("did you mean `{key}: {meant}`?")),
        (None, true) => finding.also(pods_node.span(), "this selects no pod at all"),
        (None, false) => finding.help("give the pods' template these labels, or remove the subset"),
    };
}
