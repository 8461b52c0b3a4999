//! One Kubernetes object: an untyped tree with places. Typing is a view.

use super::kinds::Kind;
use super::manifest::{Outline, Part};
use crate::yaml::{Node, Tree};

/// One Kubernetes object.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its namespace, the default one where the manifest gives none; empty for cluster-scoped kinds.
    pub namespace: &'a str,
    /// `metadata.name`; empty where there is none (`generateName`).
    pub name: &'a str,
    /// The whole object.
    pub root: Node<'a>,
    /// The document it lies in, from 0 in its file.
    pub document: u32,
    /// Whether its `apiVersion` is, to the letter, one that is served for its kind.
    pub served: bool,
    /// Its place among the resources of its set.
    pub(super) at: u32,
    spec: Part,
}

impl<'a> Resource<'a> {
    pub(super) fn new(tree: &'a Tree, outline: &Outline, default_namespace: &'a str) -> Self {
        let text = |at: Part| at.and_then(|at| tree.node(at.get()).text()).unwrap_or("");
        let namespace = match text(outline.namespace) {
            _ if !outline.kind.is_namespaced() => "",
            "" => default_namespace,
            namespace => namespace,
        };
        Self {
            kind: outline.kind,
            served: outline.served,
            namespace,
            name: text(outline.name),
            root: tree.node(outline.root),
            spec: outline.spec,
            document: outline.document,
            at: 0,
        }
    }

    /// `apiVersion` as written.
    pub fn api_version(&self) -> &'a str {
        self.root.str_at("apiVersion").unwrap_or("")
    }

    /// `kind` as written.
    pub fn kind_name(&self) -> &'a str {
        self.root.str_at("kind").unwrap_or("")
    }

    /// `spec`, if it is there.
    pub fn spec(&self) -> Option<Node<'a>> {
        self.spec.map(|at| self.root.tree().node(at.get()))
    }

    /// A field of `spec`.
    pub fn spec_at(&self, key: &str) -> Option<Node<'a>> {
        self.spec()?.get(key)
    }

    /// `metadata.labels`
    pub fn labels(&self) -> Option<Node<'a>> {
        self.root.at(&["metadata", "labels"])
    }

    /// The value of an annotation.
    pub fn annotation(&self, key: &str) -> Option<Node<'a>> {
        self.root.at(&["metadata", "annotations"])?.get(key)
    }

    /// The place that names it: `metadata.name`, else `kind`, else the whole.
    pub fn name_node(&self) -> Node<'a> {
        self.root.at(&["metadata", "name"]).or_else(|| self.root.get("kind")).unwrap_or(self.root)
    }

    /// Whether both are the same object of the tree.
    pub fn is(&self, other: &Resource<'_>) -> bool {
        self.root.span() == other.root.span()
    }
}
