use rustc_hash::FxHashSet;

use crate::finding::{Finding, RuleMeta, Severity};
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Resource};
use crate::rules::embedded::{self, What};
use crate::rules::injector::injectors;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "unknown-network-registry",
        codes: &["IST0126"],
        analyzers: &["meshnetworks.MeshNetworksAnalyzer"],
        summary: "a network of the mesh that takes endpoints from an unknown cluster",
        severity: Severity::Error,
        inputs: &[Kind::ConfigMap, Kind::Secret, Kind::IstioOperator, Kind::Pod],
        page: include_str!("unknown_network_registry.md"),
    },
    check: Check::Whole(check),
};

/// The label of Secrets that hold the way to other clusters; each key is the name of one.
const REMOTE: &str = "istio/multiCluster";
/// Registries that are always there (Istio 1.30, `provider.ID`): the own cluster's, and ServiceEntries.
const OWN: &[&str] = &["Kubernetes", "External", "Mock"];

/// Where an IstioOperator names its cluster.
const CLUSTER_NAME: &[&str] = &["values", "global", "multiCluster", "clusterName"];

fn check(cx: &mut Context<'_, '_>) {
    let clusters = clusters(cx);
    if let Some(root) = cx.mesh_networks_file() {
        for (network, name) in registries(root) {
            if is_unknown(cx, &clusters, name) {
                let finding = cx.report_networks(name, message(network, name));
                explain(finding);
            }
        }
        return;
    }
    for map in cx.of_kind(Kind::ConfigMap) {
        let texts = embedded::texts(map, cx.world()).into_iter();
        for text in texts.filter(|text| text.what == What::MeshNetworks) {
            let Some(tree) = text.read() else { continue };
            let Some(root) = embedded::root(&tree) else { continue };
            for (network, name) in registries(root) {
                if is_unknown(cx, &clusters, name) {
                    let finding = cx.report(map, name, message(network, name));
                    explain(finding);
                }
            }
        }
    }
}

/// The clusters that the Secrets of the input lead to, and its own by the name that it was given.
fn clusters(cx: &Context<'_, '_>) -> FxHashSet<String> {
    let is_remote = |secret: &&Resource<'_>| label(secret.labels(), REMOTE) == Some("true");
    let secrets = cx.of_kind(Kind::Secret).filter(is_remote);
    let data = secrets.flat_map(|secret| ["data", "stringData"].map(|key| secret.root.get(key)));
    let remote = data.flatten().flat_map(Node::entries).filter_map(|(key, _)| key.text());
    let operators = cx.of_kind(Kind::IstioOperator).filter_map(|operator| operator.spec());
    let operators = operators.filter_map(|spec| spec.at(CLUSTER_NAME)?.text());
    let istiods = cx.workloads_in(&cx.world().mesh_namespace).filter_map(|workload| workload.spec());
    let own = remote.chain(operators).chain(istiods.flat_map(cluster_ids)).map(str::to_owned);
    own.chain(injectors(cx).into_iter().filter_map(|injector| injector.cluster)).collect()
}

/// The variable by which istiod learns the name of its cluster.
fn cluster_ids(pod: Node<'_>) -> impl Iterator<Item = &str> {
    let containers = pod.get("containers").into_iter().flat_map(Node::items);
    let variables = containers.filter_map(|container| container.get("env")).flat_map(Node::items);
    variables.filter(|it| it.str_at("name") == Some("CLUSTER_ID")).filter_map(|it| it.get("value")?.text())
}

/// The networks' names, and the clusters that they name.
fn registries(root: Node<'_>) -> impl Iterator<Item = (&str, Node<'_>)> {
    let networks = root.get("networks").into_iter().flat_map(Node::entries);
    networks.flat_map(|(name, network)| {
        let endpoints = network.get("endpoints").into_iter().flat_map(Node::items);
        endpoints.filter_map(move |endpoint| Some((name.text().unwrap_or(""), registry_of(endpoint)?)))
    })
}

/// Both spellings are read, as with all messages of Istio's configuration.
fn registry_of(endpoint: Node<'_>) -> Option<Node<'_>> {
    endpoint.get("fromRegistry").or_else(|| endpoint.get("from_registry"))
}

fn is_unknown(cx: &mut Context<'_, '_>, clusters: &FxHashSet<String>, registry: Node<'_>) -> bool {
    let Some(name) = registry.text().filter(|name| !name.is_empty()) else { return false };
    let known = OWN.contains(&name) || clusters.contains(name);
    matches!(cx.lookup(known.then_some(())), Lookup::Missing)
}

fn message(network: &str, registry: Node<'_>) -> String {
    format!("network `{network}` takes endpoints from `{}`, which is unknown", registry.text().unwrap_or(""))
}

fn explain(finding: &mut Finding) {
    finding.label("no Secret for this cluster: its endpoints belong to no network, and are called directly");
    finding.help(format!(
        "name a key of a Secret with the label `{REMOTE}: \"true\"`, or `Kubernetes` for the own cluster"
    ));
}
