//! A parsed text and the objects that it holds: what can be told of one file alone, told while it is at hand.

use std::num::NonZeroU32;

use super::kinds::Kind;
use crate::yaml::{Document, Node, Tree};

/// A parsed text and where its objects lie.
#[derive(Debug)]
pub struct Manifest {
    /// The parsed text.
    pub tree: Tree,
    /// Its objects, Lists taken apart, in the order written.
    pub(super) objects: Vec<Outline>,
    /// The values that are no Kubernetes objects (an Envoy configuration, Helm values).
    others: Vec<u32>,
}

/// Where an object's parts lie in its tree. Made when the text has just been parsed: later each look is a walk through
/// cold memory, and a large input has tens of thousands of objects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    pub(super) kind: Kind,
    pub(super) served: bool,
    pub(super) document: u32,
    pub(super) root: u32,
    pub(super) name: Part,
    pub(super) namespace: Part,
    pub(super) spec: Part,
}

/// The index of a node that is not a root, so never 0.
pub(super) type Part = Option<NonZeroU32>;

impl Manifest {
    /// Finds the objects of a parsed text.
    pub fn new(tree: Tree) -> Self {
        let (mut objects, mut others) = (vec![], vec![]);
        for document in &tree.documents {
            outline(&tree, document, &mut objects, &mut others);
        }
        objects.shrink_to_fit();
        Self { tree, objects, others }
    }

    /// The values that are no Kubernetes objects.
    pub fn others(&self) -> impl ExactSizeIterator<Item = Node<'_>> {
        self.others.iter().map(|&at| self.tree.node(at))
    }
}

/// The objects of a document: itself, or the items of a List.
fn outline(tree: &Tree, document: &Document, objects: &mut Vec<Outline>, others: &mut Vec<u32>) {
    let mut todo: Vec<Node<'_>> = tree.root(document).into_iter().filter(|root| !root.is_null()).collect();
    while let Some(node) = todo.pop() {
        if let Some(items) = list_items(node) {
            // Lists may hold lists; the stack is ours, so that no depth can overflow it.
            let from = todo.len();
            todo.extend(items.items().filter(|item| !item.is_null()));
            todo[from..].reverse();
        } else {
            match Outline::of(node, document.index) {
                Some(found) => objects.push(found),
                None => others.push(node.index()),
            }
        }
    }
}

/// The items of `kind: List` and of typed lists (`VirtualServiceList`), as `kubectl get -o yaml` writes them.
fn list_items(node: Node<'_>) -> Option<Node<'_>> {
    let is_list = node.str_at("kind")?.ends_with("List") && node.str_at("apiVersion").is_some();
    node.get("items").filter(|items| is_list && items.is_seq())
}

impl Outline {
    fn of(root: Node<'_>, document: u32) -> Option<Self> {
        let (kind, served) = Kind::of(root.str_at("apiVersion")?, root.str_at("kind")?);
        let metadata = root.get("metadata");
        let at = |node: Node<'_>| NonZeroU32::new(node.index());
        let text = |key| metadata?.get(key).filter(|node| node.text().is_some()).and_then(at);
        Some(Self {
            kind,
            served,
            document,
            root: root.index(),
            name: text("name"),
            namespace: text("namespace"),
            spec: root.get("spec").and_then(at),
        })
    }
}
