//! Where annotations and labels of Istio's stand, for the rules about them.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::nearest::nearest;
use super::{Context, Registered};
use crate::finding::Finding;
use crate::mesh::istio::Name;
use crate::model::{Kind, Resource, ResourceSet};
use crate::yaml::Node;

/// The kinds that are looked at.
pub(super) const INPUTS: &[Kind] = &[
    Kind::Namespace,
    Kind::Service,
    Kind::Pod,
    Kind::ServiceEntry,
    Kind::WorkloadEntry,
    Kind::KubernetesGateway,
    Kind::Ingress,
];

/// Where names stand: the metadata of an object, or of a pod template.
#[derive(Clone, Copy)]
pub struct Holder<'m> {
    /// The object.
    pub resource: &'m Resource<'m>,
    /// What the metadata belongs to: [`Kind::Pod`] for a template.
    pub kind: Kind,
    /// Annotations or labels.
    pub map: Node<'m>,
    /// Those of the pod template, for the metadata of an object that runs pods.
    pub template: Option<Node<'m>>,
}

/// An annotation or a label, and where it stands.
#[derive(Clone, Copy)]
pub struct Found<'m> {
    /// Where.
    pub holder: Holder<'m>,
    /// Its name.
    pub name: &'m str,
    /// The place of the name.
    pub key: Node<'m>,
    /// The value.
    pub value: Node<'m>,
}

/// What a rule about names judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Annotations.
    Annotations,
    /// Labels.
    Labels,
}

/// A rule about names: what it judges, and its check of one.
pub(super) type NameRule = (Names, NameCheck, Registered);
/// A check of one name.
pub(super) type NameCheck = fn(&mut Context<'_, '_>, Found<'_>);

/// Judges the names of a stretch by all rules about them: they are searched once.
pub(super) fn check(
    set: &ResourceSet<'_>,
    rules: &[NameRule],
    stretch: Range<u32>,
) -> Vec<(Registered, Vec<Finding>)> {
    let mut contexts: Vec<_> =
        rules.iter().map(|(_, _, entry)| Context::new(set, entry.meta(), stretch.clone())).collect();
    for names in [Names::Annotations, Names::Labels] {
        let found = contexts.first().map_or(vec![], |cx| each(cx, names));
        for found in found {
            for ((_, check, _), cx) in rules.iter().zip(&mut contexts).filter(|((of, ..), _)| *of == names) {
                check(cx, found);
            }
        }
    }
    rules.iter().zip(contexts).map(|((_, _, entry), cx)| (*entry, cx.findings)).collect()
}

/// The annotations, or the labels, of what is to be judged now, as far as they may be Istio's.
fn each<'m>(cx: &Context<'m, '_>, names: Names) -> Vec<Found<'m>> {
    let path = match names {
        Names::Annotations => ["metadata", "annotations"],
        Names::Labels => ["metadata", "labels"],
    };
    let mut holders: Vec<Holder<'m>> = vec![];
    for workload in cx.each_workload() {
        let (resource, template) = (&workload.resource, workload.template.at(&path));
        let is_pod = resource.kind == Kind::Pod;
        holders.extend(template.map(|map| Holder { resource, kind: Kind::Pod, map, template: None }));
        let own = resource.root.at(&path).filter(|_| !is_pod);
        holders.extend(own.map(|map| Holder { resource, kind: resource.kind, map, template }));
    }
    for kind in INPUTS.iter().copied().filter(|kind| *kind != Kind::Pod) {
        let of_kind = cx.each_of_kind(kind).filter_map(|resource| {
            Some(Holder { resource, kind, map: resource.root.at(&path)?, template: None })
        });
        holders.extend(of_kind);
    }
    // Nearly all names are others'.
    static ISTIO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("istio"));
    let concerns_istio =
        |name: &&str| ISTIO.find(name.as_bytes()).is_some() || *name == "kubernetes.io/ingress.class";
    let of_istio = |holder: Holder<'m>| {
        holder.map.entries().filter_map(move |(key, value)| {
            let name = key.text().filter(concerns_istio)?;
            Some(Found { holder, name, key, value })
        })
    };
    holders.into_iter().flat_map(of_istio).collect()
}

impl Holder<'_> {
    /// Whether `istioctl analyze` looks for annotations here (Istio 1.30, `annotations.K8sAnalyzer`).
    pub(super) fn is_looked_at_by_istioctl(self) -> bool {
        let is_template = self.kind == Kind::Pod && self.resource.kind != Kind::Pod;
        !is_template && [Kind::Namespace, Kind::Service, Kind::Pod, Kind::Deployment].contains(&self.kind)
    }

    /// Whether the object runs pods, and this is its own metadata.
    pub(super) fn is_above_template(self) -> bool {
        self.kind != Kind::Pod && self.kind.pod_template().is_some()
    }

    /// Whether Istio made the object for a Gateway: it carries the annotations and labels of the Gateway.
    pub(super) fn is_made_for_gateway(self) -> bool {
        let labels = self.resource.labels();
        labels.is_some_and(|labels| labels.get("gateway.networking.k8s.io/gateway-name").is_some())
    }

    /// What it is, with an article.
    pub(super) fn says(self) -> String {
        match self.kind {
            Kind::Pod => "a pod".to_owned(),
            kind => with_article(kind),
        }
    }
}

impl Found<'_> {
    /// The codes of a rule's that hold here: none where `istioctl analyze` does not look.
    pub(super) fn codes(self, codes: &'static [&'static str]) -> &'static [&'static str] {
        if self.holder.is_looked_at_by_istioctl() { codes } else { &[] }
    }

    /// Whether a name has an effect here. From a Gateway of the Gateway API Istio makes pods and a Service, and copies
    /// its annotations and labels to them.
    pub(super) fn is_in_place(self, name: &Name) -> bool {
        let is_copied = self.holder.kind == Kind::KubernetesGateway
            && name.kinds.iter().any(|kind| [Kind::Pod, Kind::Service].contains(kind));
        name.kinds.is_empty() || name.kinds.contains(&self.holder.kind) || is_copied
    }
}

/// Where a name has an effect, in words.
pub(super) fn places(name: &Name) -> String {
    let words: Vec<String> = name.kinds.iter().map(|kind| plural(*kind)).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// The known name that was probably meant: in the same domain one with nearly the same name behind it, or the same name
/// in nearly the same domain. A long domain makes no short name more alike.
pub(super) fn slip(name: &str, known: &'static [Name]) -> Option<&'static str> {
    let (domain, own) = name.split_once('/')?;
    let split = known.iter().filter_map(|known| Some((known.name, known.name.split_once('/')?)));
    let find = |wanted: (&str, &str)| split.clone().find(|(_, parts)| *parts == wanted).map(|(name, _)| name);
    let in_domain = split.clone().filter(|(_, parts)| parts.0 == domain).map(|(_, parts)| parts.1);
    let with_name = split.clone().filter(|(_, parts)| parts.1 == own).map(|(_, parts)| parts.0);
    match nearest(own, in_domain) {
        Some(own) => find((domain, own)),
        None => nearest(domain, with_name).and_then(|domain| find((domain, own))),
    }
}

/// The only known name that differs in its domain alone.
pub(super) fn elsewhere(name: &str, known: &'static [Name]) -> Option<&'static str> {
    let own = name.split_once('/')?.1;
    let mut same =
        known.iter().filter(|known| known.name.split_once('/').is_some_and(|(_, rest)| rest == own));
    same.next().map(|known| known.name).filter(|_| same.next().is_none())
}

fn with_article(kind: Kind) -> String {
    let name = kind.info().map_or("", |info| info.name);
    let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {name}")
}

fn plural(kind: Kind) -> String {
    match (kind, kind.info().map_or("", |info| info.name)) {
        (Kind::Pod, _) => "pods".to_owned(),
        (Kind::Ingress | Kind::GatewayClass, name) => format!("{name}es"),
        (_, name) => match name.strip_suffix('y') {
            Some(stem) if !name.ends_with("way") => format!("{stem}ies"),
            _ => format!("{name}s"),
        },
    }
}
