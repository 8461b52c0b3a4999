//! The resources of one cluster, found by kind and by name.

use std::ops::Range;
use std::sync::OnceLock;

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::index::Index;
use super::kinds::{self, Kind};
use super::manifest::Manifest;
use super::resource::Resource;
use super::view::View;
use crate::source::{FileId, Sources};
use crate::yaml::Node;

/// What is known beside the manifests, and how far they can be trusted to be all there is.
#[derive(Clone, Debug)]
pub struct World {
    /// Whether what is not in the input does not exist (`--complete`).
    pub complete: bool,
    /// The namespace of manifests that give none.
    pub namespace: String,
    /// The DNS domain of Services.
    pub cluster_domain: String,
    /// The namespace of the mesh's control plane and of mesh-wide settings.
    pub mesh_namespace: String,
    /// The time, where somebody looked at a clock.
    pub now: Option<Timestamp>,
    /// The minor release of Kubernetes that the manifests are for (36 for 1.36), where it is known.
    pub kubernetes: Option<u32>,
    /// The file with the MeshConfig, where a flag names one: it stands for the one in the mesh's ConfigMap.
    pub mesh_config: Option<FileId>,
    /// The file with the MeshNetworks, where a flag names one.
    pub mesh_networks: Option<FileId>,
}

impl Default for World {
    /// What Kubernetes and Istio take where nobody says otherwise, and an input that is only a part.
    fn default() -> Self {
        Self {
            complete: false,
            namespace: "default".into(),
            cluster_domain: "cluster.local".into(),
            mesh_namespace: "istio-system".into(),
            kubernetes: None,
            now: None,
            mesh_config: None,
            mesh_networks: None,
        }
    }
}

/// The answer to "does it exist?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// Here it is.
    Found(T),
    /// All there is was read, and it is not there.
    Missing,
    /// Only a part was read: it may exist elsewhere.
    Unknown,
}

type Names<'a> = FxHashMap<(&'a str, &'a str), u32>;

/// The resources of one cluster.
pub struct ResourceSet<'a> {
    /// The texts, for places.
    pub sources: &'a Sources,
    /// The parsed texts, in the order of their files.
    pub manifests: &'a [Manifest],
    /// What is known beside them.
    pub world: &'a World,
    resources: Vec<Resource<'a>>,
    by_kind: Vec<Vec<u32>>,
    /// Built for a kind when somebody first asks for one of it by name.
    names: Vec<OnceLock<Names<'a>>>,
    pub(super) index: Index<'a>,
}

impl<'a> ResourceSet<'a> {
    /// Collects the objects of all texts, in the order of the files.
    pub fn new(sources: &'a Sources, manifests: &'a [Manifest], world: &'a World) -> Self {
        let mut resources: Vec<Resource<'a>> =
            Vec::with_capacity(manifests.iter().map(|manifest| manifest.objects.len()).sum());
        let of_manifest = |manifest: &'a Manifest| {
            let objects = manifest.objects.iter();
            objects
                .map(|outline| Resource::new(&manifest.tree, outline, &world.namespace))
                .collect::<Vec<_>>()
        };
        resources.par_extend(manifests.par_iter().with_min_len(64).flat_map_iter(of_manifest));
        let mut by_kind = vec![vec![]; kinds::COUNT];
        for (at, resource) in resources.iter_mut().enumerate() {
            resource.at = at as u32;
            by_kind[resource.kind as usize].push(at as u32);
        }
        let names = (0..kinds::COUNT).map(|_| OnceLock::new()).collect();
        Self { sources, manifests, world, resources, by_kind, names, index: Index::default() }
    }

    /// Every resource, in the order of reading.
    pub fn resources(&self) -> &[Resource<'a>] {
        &self.resources
    }

    /// The resources of a kind, in the order of reading.
    pub fn of_kind<'m>(
        &'m self,
        kind: Kind,
    ) -> impl ExactSizeIterator<Item = &'m Resource<'a>> + use<'m, 'a> {
        self.by_kind[kind as usize].iter().map(|&at| &self.resources[at as usize])
    }

    /// Those of them whose places among all resources lie in a stretch.
    pub fn of_kind_in<'m>(
        &'m self,
        kind: Kind,
        stretch: &Range<u32>,
    ) -> impl Iterator<Item = &'m Resource<'a>> + use<'m, 'a> {
        let places = within(&self.by_kind[kind as usize], stretch, |at| *at);
        places.iter().map(|&at| &self.resources[at as usize])
    }

    /// The resources of a view's kind, typed.
    pub fn all<'m, V: View<'m>>(&'m self) -> impl ExactSizeIterator<Item = V> + use<'m, 'a, V> {
        self.of_kind(V::KIND).map(|resource| V::of(resource))
    }

    /// The first resource of a kind with this name.
    pub fn get(&self, kind: Kind, namespace: &str, name: &str) -> Option<&Resource<'a>> {
        let names = self.names[kind as usize].get_or_init(|| {
            let mut names = Names::default();
            for &at in &self.by_kind[kind as usize] {
                let resource = &self.resources[at as usize];
                names.entry((resource.namespace, resource.name)).or_insert(at);
            }
            names
        });
        names.get(&(namespace, name)).map(|&at| &self.resources[at as usize])
    }

    /// What a file of settings holds: its first document, unless that is empty.
    pub fn setting(&self, file: Option<FileId>) -> Option<Node<'a>> {
        let tree = &self.manifests.get(file?.index())?.tree;
        tree.root(tree.documents.first()?).filter(|root| !root.is_null())
    }

    /// What a name that was searched for and perhaps not found means.
    pub fn lookup<T>(&self, found: Option<T>) -> Lookup<T> {
        match found {
            Some(found) => Lookup::Found(found),
            None if self.world.complete => Lookup::Missing,
            None => Lookup::Unknown,
        }
    }
}

/// The part of a list, sorted by place, whose places lie in a stretch.
pub(super) fn within<'l, T>(list: &'l [T], stretch: &Range<u32>, place: impl Fn(&T) -> u32) -> &'l [T] {
    let from = list.partition_point(|item| place(item) < stretch.start);
    let to = list.partition_point(|item| place(item) < stretch.end);
    &list[from..to.max(from)]
}
