//! What an installation of Istio says about injection: the injector's ConfigMap, and its webhooks.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::model::membership::REVISION;
use crate::model::selector::label;
use crate::model::{Kind, Resource, Selector};
use crate::rules::Context;
use crate::yaml::{Node, parse_embedded};

/// The name of the injector's ConfigMap; with a revision, `-` and that behind it.
pub(super) const CONFIG_MAP: &str = "istio-sidecar-injector";

/// The name of the ConfigMap of the injector of a revision.
pub(super) fn config_map_name(revision: &str) -> Cow<'static, str> {
    match revision {
        "" | "default" => Cow::Borrowed(CONFIG_MAP),
        revision => Cow::Owned(format!("{CONFIG_MAP}-{revision}")),
    }
}

/// What the values of an injector say.
pub(super) struct Injector<'m, 'a> {
    /// The ConfigMap.
    pub(super) resource: &'m Resource<'a>,
    /// Whether namespaces get sidecars that say nothing about it.
    pub(super) takes_all: bool,
    /// The proxy's image; none where the values do not give it.
    pub(super) image: Option<String>,
    /// The name of its cluster.
    pub(super) cluster: Option<String>,
}

/// The injectors of the input. Declare [`Kind::ConfigMap`].
pub(super) fn injectors<'m, 'a>(cx: &Context<'m, 'a>) -> Vec<Injector<'m, 'a>> {
    let maps = cx.of_kind(Kind::ConfigMap).filter(|map| map.name.starts_with(CONFIG_MAP));
    maps.filter_map(Injector::of).collect()
}

impl<'m, 'a> Injector<'m, 'a> {
    fn of(resource: &'m Resource<'a>) -> Option<Self> {
        let tree = parse_embedded(resource.root.at(&["data", "values"])?)?;
        let values = tree.root(tree.documents.first()?)?;
        let takes_all = values.at(&["sidecarInjectorWebhook", "enableNamespacesByDefault"]);
        Some(Self {
            resource,
            takes_all: takes_all.and_then(Node::as_bool) == Some(true),
            image: values.get("global").and_then(image),
            cluster: values
                .at(&["global", "multiCluster", "clusterName"])
                .and_then(Node::text)
                .map(str::to_owned),
        })
    }
}

/// The image that the sidecar's template makes of the values: `proxy.image` is a name below `hub`, or a whole image.
fn image(global: Node<'_>) -> Option<String> {
    let image = global.at(&["proxy", "image"])?.text()?;
    if image.contains('/') {
        return Some(image.to_owned());
    }
    let text = |key| global.get(key).and_then(Node::text);
    Some(format!("{}/{image}:{}", text("hub")?, text("tag")?))
}

/// One of the webhooks that bring sidecars.
#[derive(Clone, Copy)]
pub(super) struct Webhook<'m, 'a> {
    /// The MutatingWebhookConfiguration.
    pub(super) resource: &'m Resource<'a>,
    /// The entry of `webhooks`.
    pub(super) node: Node<'a>,
}

/// The webhooks of a configuration.
pub(super) fn webhooks_of<'m, 'a>(resource: &'m Resource<'a>) -> impl Iterator<Item = Webhook<'m, 'a>> {
    let webhooks = resource.root.get("webhooks").into_iter().flat_map(Node::items);
    webhooks.map(move |node| Webhook { resource, node })
}

impl<'a> Webhook<'_, 'a> {
    /// `name`
    pub(super) fn name(self) -> &'a str {
        self.node.str_at("name").unwrap_or("")
    }

    /// Whether the name is one of Istio's.
    pub(super) fn is_of_istio(self) -> bool {
        self.name().ends_with("istio.io")
    }

    /// Which namespaces it takes: all where nothing is written.
    pub(super) fn namespaces(self) -> Selector<'a> {
        Selector::of_object(self.node.get("namespaceSelector"))
    }

    /// Which pods it takes: all where nothing is written.
    pub(super) fn objects(self) -> Selector<'a> {
        Selector::of_object(self.node.get("objectSelector"))
    }
}

/// Whether the object was read from a cluster, after admission. Of a manifest that somebody wrote nobody knows yet what
/// the webhooks will make of it.
pub(super) fn is_live(resource: &Resource<'_>) -> bool {
    let paths: [&[&str]; 3] = [&["metadata", "uid"], &["spec", "nodeName"], &["status", "phase"]];
    paths.into_iter().any(|path| resource.root.at(path).is_some())
}

/// Whether it is a part of Istio itself (Istio's analysers: `util.IsIstioControlPlane`).
pub(super) fn is_of_istio(resource: &Resource<'_>) -> bool {
    let labels = resource.labels();
    label(labels, "istio").is_some() || label(labels, "release") == Some("istio")
}

/// The webhooks of the configurations that belong to Istio, each configuration once: a folder may hold several
/// renderings of one.
pub(super) fn injection_webhooks<'m, 'a>(cx: &Context<'m, 'a>) -> Vec<Webhook<'m, 'a>> {
    let mut names = FxHashSet::default();
    let configurations = cx.of_kind(Kind::MutatingWebhookConfiguration);
    let configurations = configurations.filter(|it| is_injection(it) && names.insert(it.name));
    configurations.flat_map(webhooks_of).collect()
}

/// Whether a configuration names a revision, or has a webhook of Istio's.
fn is_injection(configuration: &Resource<'_>) -> bool {
    label(configuration.labels(), REVISION).is_some()
        || webhooks_of(configuration)
            .any(|webhook| webhook.is_of_istio() || revisions_of(webhook).next().is_some())
}

/// The revisions that a webhook's selectors and its configuration's label name.
pub(super) fn revisions_of<'a>(webhook: Webhook<'_, 'a>) -> impl Iterator<Item = &'a str> {
    let selected = webhook.namespaces().values_of(REVISION).chain(webhook.objects().values_of(REVISION));
    label(webhook.resource.labels(), REVISION).into_iter().chain(selected)
}
