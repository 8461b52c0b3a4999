//! Checks a document against the schema of its kind, as the API server would: all that is wrong, each at its place.

mod cel;
mod constraint;
pub(super) mod describe;
mod json;
mod lists;
mod metadata;
mod path;
mod patterns;
mod problem;
mod scalar;
mod unknown;
mod walk;
mod wrong_type;

pub use problem::{Class, Problem};

use self::walk::Walk;
use super::catalog;
use super::types::{Dialect, TypeRef};
use crate::yaml::Node;

/// What is checked against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Releases {
    /// The minor release of Kubernetes (36 for 1.36): fields that it does not have are unknown. Without it, a field of
    /// any release that weft knows will do.
    pub kubernetes: Option<u32>,
}

/// Checks an object of a kind; nothing where weft has no schema for it.
pub fn object<'a>(
    group: &str,
    version: &str,
    kind: &str,
    root: Node<'a>,
    releases: Releases,
) -> Vec<Problem<'a>> {
    let Some((schema, definition)) = catalog::kind(group, kind) else { return vec![] };
    let of = definition.versions.iter().find(|known| known.name == version);
    // Another version of a known kind is another rule's business. A mesh's versions have the same fields, most likely;
    // those of Kubernetes that are gone had others.
    let likely = definition.versions.iter().find(|known| known.storage && schema.dialect == Dialect::Custom);
    let Some(of) = of.or(likely) else { return vec![] };
    let top = TypeRef { schema, at: of.root };
    let mut walk = Walk::new(top, releases, root);
    if schema.dialect == Dialect::Custom {
        walk.custom(top, root, of.status)
    } else {
        walk.value(top, None, root)
    }
    metadata::check(&mut walk, root);
    walk.problems
}

/// Checks a value against a type: a mesh configuration, values of a chart, the text of an annotation.
pub fn value<'a>(of: TypeRef, root: Node<'a>, releases: Releases) -> Vec<Problem<'a>> {
    let mut walk = Walk::new(of, releases, root);
    walk.value(of, None, root);
    walk.problems
}
