//! One Kubernetes object: an untyped tree with places. Typing is a view.

use super::kinds::Kind;
use crate::yaml::{Document, Node, Tree};

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
}

impl<'a> Resource<'a> {
    fn new(root: Node<'a>, document: u32, default_namespace: &'a str) -> Option<Self> {
        let api_version = root.str_at("apiVersion")?;
        let kind = Kind::of(api_version, root.str_at("kind")?);
        let metadata = root.get("metadata");
        let text = |key| metadata.and_then(|metadata| metadata.get(key)).and_then(Node::text).unwrap_or("");
        let namespace = match text("namespace") {
            _ if !kind.is_namespaced() => "",
            "" => default_namespace,
            namespace => namespace,
        };
        Some(Self { kind, namespace, name: text("name"), root, document })
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
        self.root.get("spec")
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

/// The objects of a document: itself, or the items of a List. Calls `other` for what is no object at all.
pub fn resources_of<'a>(
    tree: &'a Tree,
    document: &Document,
    default_namespace: &'a str,
    found: &mut Vec<Resource<'a>>,
    other: &mut impl FnMut(Node<'a>),
) {
    let mut todo: Vec<Node<'a>> = tree.root(document).into_iter().filter(|root| !root.is_null()).collect();
    while let Some(node) = todo.pop() {
        if let Some(items) = list_items(node) {
            // Lists may hold lists; the stack is ours, so that no depth can overflow it.
            let from = todo.len();
            todo.extend(items.items().filter(|item| !item.is_null()));
            todo[from..].reverse();
        } else {
            match Resource::new(node, document.index, default_namespace) {
                Some(resource) => found.push(resource),
                None => other(node),
            }
        }
    }
}

/// The items of `kind: List` and of typed lists (`VirtualServiceList`), as `kubectl get -o yaml` writes them.
fn list_items(node: Node<'_>) -> Option<Node<'_>> {
    let is_list = node.str_at("kind")?.ends_with("List") && node.str_at("apiVersion").is_some();
    node.get("items").filter(|items| is_list && items.is_seq())
}
