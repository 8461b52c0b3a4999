//! Which pods are in the mesh, and what decided it: Istio's injection webhook and ambient mode on files.
//!
//! The conditions are those of the injection webhook's selectors and of the injector behind it (Istio 1.30,
//! `istio-sidecar-injector`): a label on the pod or its namespace decides whether the webhook is asked at all; the
//! annotation is read only then.

use super::index::Workload;
use super::kinds::Kind;
use super::resource::Resource;
use super::selector::label;
use super::set::{Lookup, ResourceSet};
use crate::yaml::Node;

/// The label and the annotation that ask for a sidecar.
pub const INJECT: &str = "sidecar.istio.io/inject";
/// The label of a namespace that asks for sidecars.
pub const NAMESPACE_INJECTION: &str = "istio-injection";
/// The label of a namespace or a pod that names a revision of the control plane.
pub const REVISION: &str = "istio.io/rev";
/// The label of a namespace or a pod that asks for ambient mode.
pub const DATAPLANE_MODE: &str = "istio.io/dataplane-mode";

/// How a pod takes part in the mesh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// It has, or will get, a sidecar.
    Sidecar,
    /// Its traffic goes through its node's ztunnel.
    Ambient,
    /// It has no part in the mesh.
    Outside,
    /// The namespace, which decides, is not in the input.
    Unknown,
}

/// Namespaces that the injector passes over whatever their labels are (Istio, `inject.IgnoredNamespaces`).
pub const IGNORED_NAMESPACES: &[&str] =
    &["kube-system", "kube-public", "kube-node-lease", "local-path-storage"];

impl<'a> ResourceSet<'a> {
    /// Whether and how the pods of a workload take part in the mesh.
    pub fn membership(&self, workload: &Workload<'a>) -> Membership {
        if has_proxy(workload) {
            return Membership::Sidecar;
        }
        let labels = workload.labels();
        let namespace = self.namespace(workload.resource.namespace);
        let mode = label(labels, DATAPLANE_MODE).or_else(|| match namespace {
            Lookup::Found(namespace) => label(namespace.labels(), DATAPLANE_MODE),
            _ => None,
        });
        if is_host_network(workload) || IGNORED_NAMESPACES.contains(&workload.resource.namespace) {
            return Membership::Outside;
        }
        match (self.webhook_takes(workload), mode) {
            (Lookup::Found(true), _) if annotation_allows(workload) => Membership::Sidecar,
            (_, Some("ambient")) => Membership::Ambient,
            (Lookup::Unknown, None) => Membership::Unknown,
            _ => Membership::Outside,
        }
    }

    /// Whether a webhook's selectors take the pods: `Unknown` where the namespace decides and is not in the input.
    pub fn webhook_takes(&self, workload: &Workload<'a>) -> Lookup<bool> {
        let labels = workload.labels();
        if label(labels, INJECT) == Some("false") {
            return Lookup::Found(false);
        }
        let namespace = match self.namespace(workload.resource.namespace) {
            Lookup::Found(namespace) => namespace.labels(),
            Lookup::Missing => None,
            Lookup::Unknown => return asked_by_pod(labels),
        };
        let by_namespace = match label(namespace, NAMESPACE_INJECTION) {
            Some(value) => return Lookup::Found(value == "enabled"),
            None => label(namespace, REVISION).is_some(),
        };
        Lookup::Found(
            by_namespace || label(labels, INJECT) == Some("true") || label(labels, REVISION).is_some(),
        )
    }

    /// A namespace by name; `Unknown` where its manifest is not in a partial input.
    pub fn namespace(&self, name: &str) -> Lookup<&Resource<'a>> {
        self.lookup(self.get(Kind::Namespace, "", name))
    }
}

/// The pod's own labels can say yes for any namespace that does not say no.
fn asked_by_pod(labels: Option<Node<'_>>) -> Lookup<bool> {
    match label(labels, INJECT) == Some("true") || label(labels, REVISION).is_some() {
        true => Lookup::Found(true),
        false => Lookup::Unknown,
    }
}

/// The injector reads the annotation only where no label answers.
fn annotation_allows(workload: &Workload<'_>) -> bool {
    let annotation = workload.annotation(INJECT).and_then(Node::text);
    label(workload.labels(), INJECT).is_some() || annotation != Some("false")
}

/// Whether the manifest holds a proxy already: as a container, or as a native sidecar among the init containers.
pub fn has_proxy(workload: &Workload<'_>) -> bool {
    let Some(spec) = workload.spec() else { return false };
    let named = |key: &str, name: &str| {
        let mut containers = spec.get(key).into_iter().flat_map(Node::items);
        containers.any(|container| {
            container.str_at("name") == Some(name) && container.str_at("image") != Some("auto")
        })
    };
    named("containers", "istio-proxy") || named("initContainers", "istio-proxy")
}

/// Whether the pods use their node's network, which the injector passes over.
pub fn is_host_network(workload: &Workload<'_>) -> bool {
    workload.spec().and_then(|spec| spec.get("hostNetwork")).and_then(Node::as_bool) == Some(true)
}
