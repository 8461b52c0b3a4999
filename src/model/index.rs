//! What rules ask for again and again, computed once and only when asked for.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::chains::Chains;
use super::host::Host;
use super::kinds::{KINDS, Kind};
use super::resource::Resource;
use super::routing::Routing;
use super::selector::{Selector, pairs};
use super::set::{ResourceSet, within};
use super::view::{Service, ServiceEntry, View};
use crate::yaml::Node;

/// An object that runs pods, and the template they come from.
#[derive(Clone, Copy)]
pub struct Workload<'a> {
    /// The Deployment, StatefulSet, Job, Pod, ….
    pub resource: Resource<'a>,
    /// `metadata` and `spec` of its pods; for a Pod the object itself.
    pub template: Node<'a>,
    labels: Option<Node<'a>>,
}

impl<'a> Workload<'a> {
    /// The reading of an object that runs pods; `None` for others.
    pub fn of(resource: &Resource<'a>) -> Option<Self> {
        Some(Self::new(resource, resource.root.at(resource.kind.pod_template()?)?))
    }

    fn new(resource: &Resource<'a>, template: Node<'a>) -> Self {
        Self { resource: *resource, template, labels: template.at(&["metadata", "labels"]) }
    }

    /// The pods' labels.
    pub fn labels(&self) -> Option<Node<'a>> {
        self.labels
    }

    /// The value of an annotation of the pods.
    pub fn annotation(&self, key: &str) -> Option<Node<'a>> {
        self.template.at(&["metadata", "annotations"])?.get(key)
    }

    /// The pods' `spec`.
    pub fn spec(&self) -> Option<Node<'a>> {
        self.template.get("spec")
    }

    /// The service account that the pods run as; Kubernetes takes `default` where none is given.
    pub fn service_account(&self) -> &'a str {
        let spec = self.spec();
        let name = |key| spec.and_then(|spec| spec.str_at(key)).filter(|name| !name.is_empty());
        name("serviceAccountName").or_else(|| name("serviceAccount")).unwrap_or("default")
    }
}

/// What answers to a host.
#[derive(Clone, Copy)]
pub enum HostTarget<'a> {
    /// A Kubernetes Service.
    Service(Service<'a>),
    /// A host of a ServiceEntry, perhaps through a wildcard.
    Entry(ServiceEntry<'a>),
}

#[derive(Default)]
pub(super) struct Index<'a> {
    workloads: OnceLock<Workloads<'a>>,
    entries: OnceLock<Entries<'a>>,
    accounts: OnceLock<FxHashSet<(&'a str, &'a str)>>,
    labelled: OnceLock<Chains<(&'a str, &'a str), u32>>,
    pub(super) routing: Routing<'a>,
}

#[derive(Default)]
struct Workloads<'a> {
    all: Vec<Workload<'a>>,
    /// By namespace.
    places: FxHashMap<&'a str, Vec<u32>>,
    /// By namespace, label and value: a selector looks only where its rarest label is.
    labels: Chains<(&'a str, &'a str, &'a str), u32>,
}

#[derive(Default)]
struct Entries<'a> {
    exact: FxHashMap<Host<'a>, Vec<Resource<'a>>>,
    wild: Vec<(Host<'a>, Resource<'a>)>,
}

impl<'a> ResourceSet<'a> {
    /// Every object that runs pods. Pods and ReplicaSets that a controller made are left out where a dump holds both:
    /// their owner stands for them.
    pub fn workloads(&self) -> &[Workload<'a>] {
        &self.workload_index().all
    }

    /// Those of them that are in a stretch of all resources.
    pub fn workloads_within(&self, stretch: &Range<u32>) -> &[Workload<'a>] {
        within(self.workloads(), stretch, |workload| workload.resource.at)
    }

    /// The workloads of a namespace.
    pub fn workloads_in(&self, namespace: &str) -> impl Iterator<Item = &Workload<'a>> {
        let index = self.workload_index();
        index.places.get(namespace).into_iter().flatten().map(|&at| &index.all[at as usize])
    }

    /// The workloads of a namespace whose pods a selector selects.
    pub fn selected<'m>(
        &'m self,
        namespace: &'m str,
        selector: Selector<'m>,
    ) -> impl Iterator<Item = &'m Workload<'a>> + use<'m, 'a> {
        let index = self.workload_index();
        let labelled = |(key, value)| index.labels.get(&(namespace, key, value));
        // Long ones are all alike: what counts is to find a short one.
        let rarest = selector.labels().map(labelled).min_by_key(|places| places.clone().take(16).count());
        let everywhere = index.places.get(namespace).filter(|_| rarest.is_none());
        let places = rarest.into_iter().flatten().chain(everywhere.into_iter().flatten());
        let all = places.map(move |&at| &index.all[at as usize]);
        all.filter(move |workload| selector.matches(workload.labels()))
    }

    /// The workloads of all namespaces whose pods a selector selects, as Istio's Gateways select them.
    pub fn selected_anywhere<'m>(
        &'m self,
        selector: Selector<'m>,
    ) -> impl Iterator<Item = &'m Workload<'a>> + use<'m, 'a> {
        let all = self.workloads();
        let labelled = self.index.labelled.get_or_init(|| {
            let mut labelled = Chains::default();
            for (at, workload) in all.iter().enumerate() {
                pairs(workload.labels()).for_each(|label| labelled.push(label, at as u32));
            }
            labelled
        });
        let chains = selector.labels().map(|label| labelled.get(&label));
        let rarest = chains.min_by_key(|places| places.clone().take(16).count());
        let everywhere = rarest.is_none().then_some(all).into_iter().flatten();
        let found = rarest.into_iter().flatten().map(|&at| &all[at as usize]).chain(everywhere);
        found.filter(move |workload| selector.matches(workload.labels()))
    }

    /// Whether pods of a namespace run as a service account: those of workloads, and of objects of unknown kinds that
    /// hold a pod template where workloads do (an Argo Rollout, a Knative Service).
    pub fn runs_as(&self, namespace: &str, account: &str) -> bool {
        let accounts = self.index.accounts.get_or_init(|| {
            let of_workload =
                |workload: &Workload<'a>| (workload.resource.namespace, workload.service_account());
            let unknown = self.of_kind(Kind::Unknown).filter_map(|resource| {
                let template = resource
                    .root
                    .at(&["spec", "template"])
                    .filter(|template| template.get("spec").is_some())?;
                Some(of_workload(&Workload::new(resource, template)))
            });
            self.workloads().iter().map(of_workload).chain(unknown).collect()
        });
        accounts.contains(&(namespace, account))
    }

    /// What answers to a host: a Service, or a ServiceEntry that names or covers it.
    pub fn host<'m>(&'m self, host: Host<'m>) -> Option<HostTarget<'m>> {
        if let Host::Service { name, namespace } = host
            && let Some(service) = self.get(Kind::Service, namespace, name)
        {
            return Some(HostTarget::Service(Service::of(service)));
        }
        self.entries_for(host).next().map(|entry| HostTarget::Entry(ServiceEntry::of(entry)))
    }

    /// The ServiceEntries that name or cover a host.
    pub fn entries_for<'m>(&'m self, host: Host<'m>) -> impl Iterator<Item = &'m Resource<'a>> + use<'m, 'a> {
        let index = self.entry_index();
        let wild = index.wild.iter().filter(move |(wild, _)| wild.covers(host)).map(|(_, entry)| entry);
        index.exact.get(&host).into_iter().flatten().chain(wild)
    }

    fn workload_index(&self) -> &Workloads<'a> {
        self.index.workloads.get_or_init(|| {
            let mut index = Workloads::default();
            for kind in KINDS.iter().map(|info| info.kind).filter(|kind| kind.pod_template().is_some()) {
                let of_kind = self.of_kind(kind).filter(|resource| !self.owner_is_here(resource));
                index.all.extend(of_kind.filter_map(Workload::of));
            }
            index.all.sort_by_key(|workload| workload.resource.at);
            for (at, workload) in index.all.iter().enumerate() {
                let (at, namespace) = (at as u32, workload.resource.namespace);
                index.places.entry(namespace).or_default().push(at);
                for (key, value) in pairs(workload.labels()) {
                    index.labels.push((namespace, key, value), at);
                }
            }
            index
        })
    }

    fn owner_is_here(&self, resource: &Resource<'a>) -> bool {
        let owners = resource.root.at(&["metadata", "ownerReferences"]);
        owners.into_iter().flat_map(Node::items).any(|owner| {
            let text = |key| owner.str_at(key).unwrap_or("");
            let (kind, _) = Kind::of(text("apiVersion"), text("kind"));
            kind != Kind::Unknown && self.get(kind, resource.namespace, text("name")).is_some()
        })
    }

    fn entry_index(&self) -> &Entries<'a> {
        self.index.entries.get_or_init(|| {
            let mut index = Entries::default();
            for entry in self.of_kind(Kind::ServiceEntry) {
                let hosts = entry.spec_at("hosts").into_iter().flat_map(Node::items).filter_map(Node::as_str);
                for text in hosts {
                    let host = Host::new(text, entry.namespace, &self.world.cluster_domain);
                    match host.is_wildcard() {
                        true => index.wild.push((host, *entry)),
                        false => index.exact.entry(host).or_default().push(*entry),
                    }
                }
            }
            index
        })
    }
}
