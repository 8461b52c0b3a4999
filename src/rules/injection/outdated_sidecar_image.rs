use std::collections::BTreeMap;

use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{NAMESPACE_INJECTION, REVISION};
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Resource, Workload};
use crate::rules::injector::{Injector, config_map_name, injectors};
use crate::rules::proxy_variant::Variants;
use crate::rules::{Check, Context, Rule};
use crate::yaml::{Node, parse_embedded};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "outdated-sidecar-image",
        codes: &["IST0158"],
        analyzers: &["injection.ImageAnalyzer"],
        summary: "pods whose sidecar has another image than the injector gives",
        severity: Severity::Warning,
        inputs: &[Kind::Pod, Kind::Namespace, Kind::ConfigMap, Kind::ProxyConfig, Kind::IstioOperator],
        page: include_str!("outdated_sidecar_image.md"),
    },
    check: Check::Whole(check),
};

/// A pod's annotation with the image of its sidecar.
const PROXY_IMAGE: &str = "sidecar.istio.io/proxyImage";
/// What the injector writes on a pod whose manifest had settings of its own for the sidecar.
const OVERRIDES: &str = "proxy.istio.io/overrides";
/// The variants that Istio releases.
const VARIANTS: &[&str] = &["distroless", "debug"];
/// How many pods of a namespace are pointed at.
const SHOWN: usize = 3;

/// A pod and the image of its sidecar.
type Outdated<'a> = (Workload<'a>, Node<'a>);

fn check(cx: &mut Context<'_, '_>) {
    let injectors = injectors(cx);
    if injectors.is_empty() {
        return;
    }
    let variants = Variants::new(cx);
    let mut found: BTreeMap<&str, (&Resource<'_>, &Injector<'_, '_>, Vec<Outdated<'_>>)> = BTreeMap::new();
    for pod in cx.of_kind(Kind::Pod).filter_map(Workload::of) {
        let Lookup::Found(namespace) = cx.namespace(pod.resource.namespace) else { continue };
        let Some(injector) = injector_of(namespace, &injectors) else { continue };
        let (Some(wanted), Some(image)) = (injector.image.as_deref(), sidecar_image(&pod)) else { continue };
        if !is_own_choice(&pod) && !is_made_of(wanted, variants.of(&pod).as_deref(), image.text().unwrap_or("")) {
            let entry = found.entry(namespace.name).or_insert((namespace, injector, vec![]));
            entry.2.push((pod, image));
        }
    }
    for (namespace, injector, pods) in found.into_values() {
        report(cx, namespace, injector, &pods);
    }
}

/// The injector that takes a namespace; webhooks of a revision leave out those with the older label.
fn injector_of<'i, 'm, 'a>(
    namespace: &Resource<'_>,
    injectors: &'i [Injector<'m, 'a>],
) -> Option<&'i Injector<'m, 'a>> {
    let labels = namespace.labels();
    let revision = match (label(labels, REVISION), label(labels, NAMESPACE_INJECTION)) {
        (Some(revision), None) => revision,
        (_, Some("enabled")) => "default",
        _ => return None,
    };
    let name = config_map_name(revision);
    injectors.iter().find(|injector| injector.resource.name == name)
}

fn sidecar_image<'a>(pod: &Workload<'a>) -> Option<Node<'a>> {
    let spec = pod.spec()?;
    let lists = ["containers", "initContainers"].into_iter().filter_map(|key| spec.get(key));
    let mut own = lists.flat_map(Node::items).filter(|it| it.str_at("name") == Some("istio-proxy"));
    own.find_map(|container| container.get("image").filter(|image| image.text() != Some("auto")))
}

/// Whether the pod's author chose the image: by annotation, or in the manifest that was injected.
fn is_own_choice(pod: &Workload<'_>) -> bool {
    pod.annotation(PROXY_IMAGE).is_some() || overrides_image(pod).unwrap_or(false)
}

fn overrides_image(pod: &Workload<'_>) -> Option<bool> {
    let tree = parse_embedded(pod.annotation(OVERRIDES)?)?;
    let root = tree.root(tree.documents.first()?)?;
    let lists = ["containers", "initContainers"].into_iter().filter_map(|key| root.get(key));
    let mut own = lists.flat_map(Node::items).filter(|it| it.str_at("name") == Some("istio-proxy"));
    let image = |it: Node<'_>| it.str_at("image").is_some_and(|image| image != "auto");
    Some(own.any(image))
}

/// Whether an image is the one wanted, plain or in the variant; in any variant where that is not known.
fn is_made_of(wanted: &str, variant: Option<&str>, image: &str) -> bool {
    let Some(rest) = image.strip_prefix(wanted) else { return false };
    let suffix = rest.strip_prefix('-');
    rest.is_empty() || suffix.is_some_and(|suffix| variant.map_or(VARIANTS.contains(&suffix), |it| it == suffix))
}

fn report(
    cx: &mut Context<'_, '_>,
    namespace: &Resource<'_>,
    injector: &Injector<'_, '_>,
    pods: &[Outdated<'_>],
) {
    let noun = if pods.len() == 1 { "pod" } else { "pods" };
    let message = format!(
        "{} {noun} in `{}` with another image of the sidecar than the injector's",
        pods.len(),
        namespace.name
    );
    let wanted = injector.image.as_deref().unwrap_or("");
    let finding = cx.report(namespace, namespace.name_node(), message);
    finding.label(format!("the ConfigMap `{}` says `{wanted}`", injector.resource.name));
    for (pod, image) in pods.iter().take(SHOWN) {
        finding.also(image.span(), format!("pod `{}`", pod.resource.name));
    }
    finding.help(format!(
        "restart the workloads: `kubectl rollout restart deployment --namespace {}`",
        namespace.name
    ));
}

#[cfg(test)]
mod tests {
    use super::is_made_of;

    #[test]
    fn a_variant_is_a_suffix_of_its_own() {
        let wanted = "hub/proxyv2:1.30.3";
        assert!(is_made_of(wanted, Some(""), wanted));
        assert!(is_made_of(wanted, Some("distroless"), wanted));
        assert!(is_made_of(wanted, Some("distroless"), "hub/proxyv2:1.30.3-distroless"));
        assert!(!is_made_of(wanted, Some(""), "hub/proxyv2:1.30.3-distroless"));
        assert!(!is_made_of(wanted, Some("distroless"), "hub/proxyv2:1.30.30"));
        assert!(!is_made_of(wanted, Some(""), "hub/proxyv2:1.30.2"));
        assert!(is_made_of(wanted, None, "hub/proxyv2:1.30.3-distroless"));
        assert!(!is_made_of(wanted, None, "hub/proxyv2:1.30.3-ours"));
    }
}
