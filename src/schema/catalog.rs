//! Which file has which kind, and the files that were read.

use std::sync::{LazyLock, OnceLock};

use super::read::read;
use super::types::{Definition, Schema, TypeRef};

/// A file of `api/` as it is embedded.
struct Packed {
    /// Its path below `api/`, without its ending.
    name: &'static str,
    /// Its size before compression.
    size: usize,
    /// Its bytes, deflated.
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/api.rs"));

static READ: [OnceLock<Schema>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// The schema of a file. It is read once and stays.
fn schema(file: usize) -> &'static Schema {
    READ[file].get_or_init(|| {
        let packed = &FILES[file];
        let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(packed.bytes, packed.size);
        // Both sides of this are weft's own, and a test reads every file.
        let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        read(Box::leak(text.into_boxed_str()))
    })
}

/// The schema of a kind and what is said about the kind; `None` where weft knows only its name, or nothing.
pub fn kind(group: &str, kind: &str) -> Option<(&'static Schema, &'static Definition)> {
    let at = KINDS.binary_search_by_key(&(kind, group), |(name, of, _)| (name, of)).ok()?;
    let (_, _, file) = KINDS.get(at)?;
    let schema = schema(*file);
    let definition = schema.kinds.iter().find(|known| known.kind == kind && known.group == group)?;
    Some((schema, definition))
}

/// Every kind with a schema: its name and its group.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS.iter().map(|(name, group, _)| (*name, *group))
}

/// The type of a document that is no Kubernetes object: `MeshConfig`, `Values` …
pub fn config(name: &str) -> Option<TypeRef> {
    let (_, file) = CONFIGS.iter().find(|(known, _)| *known == name)?;
    let schema = schema(*file);
    let (_, at) = schema.configs.iter().find(|(known, _)| *known == name)?;
    Some(TypeRef { schema, at: *at })
}

/// The type of every object's metadata: it is asked for with each.
pub(super) fn object_meta() -> Option<TypeRef> {
    static META: LazyLock<Option<TypeRef>> = LazyLock::new(|| elsewhere("core.ObjectMeta"));
    *META
}

/// Every document with a schema that is no Kubernetes object.
pub fn configs() -> impl Iterator<Item = &'static str> {
    CONFIGS.iter().map(|(name, _)| *name)
}

/// A type of another file: `core.Affinity` is the type `Affinity` of `kubernetes/core.api`.
pub(super) fn elsewhere(name: &str) -> Option<TypeRef> {
    let (file, name) = name.split_once('.')?;
    let last = |packed: &Packed| packed.name.rsplit('/').next() == Some(file);
    schema(FILES.iter().position(last)?).named(name)
}

/// The files' schemas, each with its name below `api/`.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static Schema)> {
    FILES.iter().enumerate().map(|(index, packed)| (packed.name, schema(index)))
}
