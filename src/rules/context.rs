//! What a rule may see and do.

use std::ops::Range;

use crate::finding::{Finding, ResourceRef, RuleMeta};
use crate::model::chains::{Chain, Chains};
use crate::model::membership::Membership;
use crate::model::routing::{Binding, Claim, Routed};
use crate::model::view::{DestinationRule, ServiceEntry};
use crate::model::{Host, HostTarget, Kind, Lookup, Resource, ResourceSet, Selector, View, Workload, World};
use crate::source::Span;
use crate::yaml::{Node, Tree};

/// What a rule may see and do. Everything it reads is declared in [`RuleMeta::inputs`]; reading another kind panics in
/// debug builds, since the declaration decides what is fetched from a cluster.
pub struct Context<'m, 'a> {
    set: &'m ResourceSet<'a>,
    meta: &'static RuleMeta,
    /// The places of the resources that are to be judged now.
    stretch: Range<u32>,
    pub(super) findings: Vec<Finding>,
    /// How often something was searched for that may lie outside the input.
    pub(super) unresolved: usize,
}

impl<'m, 'a> Context<'m, 'a> {
    pub(super) fn new(set: &'m ResourceSet<'a>, meta: &'static RuleMeta, stretch: Range<u32>) -> Self {
        Self { set, meta, stretch, findings: vec![], unresolved: 0 }
    }

    /// The resources of a view's kind that are to be judged now.
    pub fn each<V: View<'m>>(&self) -> impl Iterator<Item = V> + use<'m, 'a, V> {
        self.each_of_kind(V::KIND).map(|resource| V::of(resource))
    }

    /// The resources of a kind that are to be judged now.
    pub fn each_of_kind(&self, kind: Kind) -> impl Iterator<Item = &'m Resource<'a>> + use<'m, 'a> {
        self.declared(kind);
        self.set.of_kind_in(kind, &self.stretch)
    }

    /// The objects that are to be judged now, known or not.
    pub fn each_resource(&self) -> &'m [Resource<'a>] {
        &self.set.resources()[self.stretch.start as usize..self.stretch.end as usize]
    }

    /// The workloads that are to be judged now. Declare [`Kind::Pod`], which stands for all of them.
    pub fn each_workload(&self) -> &'m [Workload<'a>] {
        self.declared(Kind::Pod);
        self.set.workloads_within(&self.stretch)
    }

    /// The destinations of the VirtualServices that are to be judged now. Declare [`Kind::VirtualService`].
    pub fn each_routed(&self) -> &'m [Routed<'a>] {
        self.declared(Kind::VirtualService);
        self.set.routed_within(&self.stretch)
    }

    /// What is known beside the manifests.
    pub fn world(&self) -> &'m World {
        self.set.world
    }

    /// The parsed inputs, for rules about the text itself.
    pub fn trees(&self) -> impl Iterator<Item = &'m Tree> + use<'m, 'a> {
        self.set.manifests.iter().map(|manifest| &manifest.tree)
    }

    /// Every object of the input, known or not, for rules about objects as such.
    pub fn every_resource(&self) -> &'m [Resource<'a>] {
        self.set.resources()
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> &'m str {
        self.set.sources.slice(span)
    }

    /// The resources of a view's kind, in the order of reading.
    pub fn all<V: View<'m>>(&self) -> impl ExactSizeIterator<Item = V> + use<'m, 'a, V> {
        self.declared(V::KIND);
        self.set.all::<V>()
    }

    /// The resources of a kind, in the order of reading.
    pub fn of_kind(&self, kind: Kind) -> impl ExactSizeIterator<Item = &'m Resource<'a>> + use<'m, 'a> {
        self.declared(kind);
        self.set.of_kind(kind)
    }

    /// Searches a resource by name.
    pub fn find<V: View<'m>>(&mut self, namespace: &str, name: &str) -> Lookup<V> {
        self.declared(V::KIND);
        let found = self.set.get(V::KIND, namespace, name).map(|resource| V::of(resource));
        self.lookup(found)
    }

    /// Searches a resource of a kind by name.
    pub fn find_kind(&mut self, kind: Kind, namespace: &str, name: &str) -> Lookup<&'m Resource<'a>> {
        self.declared(kind);
        let found = self.set.get(kind, namespace, name);
        self.lookup(found)
    }

    /// What a search of the rule's own means: not found is [`Lookup::Missing`] only where the input is all there is,
    /// else it is counted, so that weft can say how much it could not judge.
    pub fn lookup<T>(&mut self, found: Option<T>) -> Lookup<T> {
        let answer = self.set.lookup(found);
        self.unresolved += usize::from(matches!(answer, Lookup::Unknown));
        answer
    }

    /// Normalises a host that an object in `namespace` names.
    pub fn host_name(&self, text: &'m str, namespace: &'m str) -> Host<'m> {
        Host::new(text, namespace, &self.set.world.cluster_domain)
    }

    /// What answers to a host: a Service or a ServiceEntry.
    pub fn host(&mut self, host: Host<'m>) -> Lookup<HostTarget<'m>> {
        self.declared(Kind::Service);
        self.declared(Kind::ServiceEntry);
        let found = self.set.host(host);
        self.lookup(found)
    }

    /// The DestinationRules whose `host` names or covers a host: the exact ones first.
    #[expect(clippy::redundant_closure, reason = "the closure shortens the lifetime of what it is given")]
    pub fn destination_rules_for(
        &self,
        host: Host<'m>,
    ) -> impl Iterator<Item = DestinationRule<'m>> + use<'m, 'a> {
        self.declared(Kind::DestinationRule);
        self.set.destination_rules_for(host).map(|rule| DestinationRule::of(rule))
    }

    /// The ServiceEntries that name or cover a host.
    #[expect(clippy::redundant_closure, reason = "the closure shortens the lifetime of what it is given")]
    pub fn entries_for(&self, host: Host<'m>) -> impl Iterator<Item = ServiceEntry<'m>> + use<'m, 'a> {
        self.declared(Kind::ServiceEntry);
        self.set.entries_for(host).map(|entry| ServiceEntry::of(entry))
    }

    /// The hosts that two or more DestinationRules name, with those, in no order; wildcards are left out.
    pub fn crowded_rules(
        &self,
    ) -> impl Iterator<Item = (&'m Host<'a>, Chain<'m, Resource<'a>>)> + use<'m, 'a> {
        self.declared(Kind::DestinationRule);
        self.set.crowded_rules()
    }

    /// Who claims which host where: VirtualServices by binding and host.
    pub fn claims(&self) -> &'m Chains<(Binding<'a>, Host<'a>), Claim<'a>> {
        self.declared(Kind::VirtualService);
        self.set.claims()
    }

    /// The destinations of every VirtualService, mirrors among them, in the order of reading.
    pub fn routed(&self) -> &'m [Routed<'a>] {
        self.declared(Kind::VirtualService);
        self.set.routed()
    }

    /// Every object that runs pods. Declare [`Kind::Pod`], which stands for all of them.
    pub fn workloads(&self) -> &'m [Workload<'a>] {
        self.declared(Kind::Pod);
        self.set.workloads()
    }

    /// The workloads of a namespace. Declare [`Kind::Pod`].
    pub fn workloads_in(&self, namespace: &'m str) -> impl Iterator<Item = &'m Workload<'a>> + use<'m, 'a> {
        self.declared(Kind::Pod);
        self.set.workloads_in(namespace)
    }

    /// The workloads of a namespace whose pods a selector selects. Declare [`Kind::Pod`].
    pub fn selected(
        &self,
        namespace: &'m str,
        selector: Selector<'m>,
    ) -> impl Iterator<Item = &'m Workload<'a>> + use<'m, 'a> {
        self.declared(Kind::Pod);
        self.set.selected(namespace, selector)
    }

    /// Whether pods of a namespace run as a service account. Declare [`Kind::Pod`].
    pub fn runs_as(&self, namespace: &str, account: &str) -> bool {
        self.declared(Kind::Pod);
        self.set.runs_as(namespace, account)
    }

    /// Whether and how a workload's pods take part in the mesh. Declare [`Kind::Pod`] and [`Kind::Namespace`].
    pub fn membership(&self, workload: &Workload<'a>) -> Membership {
        self.declared(Kind::Pod);
        self.declared(Kind::Namespace);
        self.set.membership(workload)
    }

    /// Whether an injection webhook takes a workload's pods. Declare [`Kind::Pod`] and [`Kind::Namespace`].
    pub fn webhook_takes(&self, workload: &Workload<'a>) -> Lookup<bool> {
        self.declared(Kind::Pod);
        self.declared(Kind::Namespace);
        self.set.webhook_takes(workload)
    }

    /// Starts a finding about a resource at a node of it; chain on the result to add to it.
    pub fn report(
        &mut self,
        resource: &Resource<'_>,
        node: Node<'_>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.report_span(resource, node.span(), message)
    }

    /// Starts a finding about a resource at a place of its text.
    pub fn report_span(
        &mut self,
        resource: &Resource<'_>,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        let namespace = resource.kind.is_namespaced().then(|| resource.namespace.to_owned());
        let about = ResourceRef {
            api_version: resource.api_version().to_owned(),
            kind: resource.kind_name().to_owned(),
            namespace,
            name: resource.name.to_owned(),
            cluster: None,
        };
        self.report_at(Some(about), resource.document, span, message)
    }

    /// Starts a finding about a text.
    pub fn report_text(&mut self, document: u32, span: Span, message: impl Into<String>) -> &mut Finding {
        self.report_at(None, document, span, message)
    }

    fn report_at(
        &mut self,
        resource: Option<ResourceRef>,
        document: u32,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        let finding = Finding::new(self.meta, document, span, message);
        self.findings.push(Finding { resource, ..finding });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn declared(&self, kind: Kind) {
        debug_assert!(
            self.meta.inputs.contains(&kind),
            "{} reads {kind:?} without declaring it in its inputs",
            self.meta.name
        );
    }
}
