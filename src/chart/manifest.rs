//! Rendered files, cut into objects and put into the order in which Helm installs them (3.21, `releaseutil`).

use std::fmt;

use super::Warnings;
use super::values::{first_document, place, single};
use crate::error::{Error, Result};
use crate::source::{FileId, Text};
use crate::template::Str;
use crate::yaml::{self, Node};

/// An object, as text, and the template that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The path of the template, the chart's name before it.
    pub source: String,
    /// The object's kind; empty for what has none.
    pub kind: String,
    /// The text.
    pub text: String,
}

impl Manifest {
    /// A file as it is.
    pub(super) fn whole(source: String, bytes: &[u8]) -> Self {
        Self { source, kind: String::new(), text: String::from_utf8_lossy(bytes).into_owned() }
    }
}

impl fmt::Display for Manifest {
    /// As Helm prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "---\n# Source: {}\n{}", self.source, self.text)
    }
}

/// The kinds that Helm knows, in the order in which it installs them.
const ORDER: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
];

/// The events of hooks. An object with any other is neither hook nor manifest.
const EVENTS: [&str; 10] = [
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// What a template gave, as text; what Go prints for nothing is left out.
pub(super) fn text(name: &str, rendered: &Str) -> Result<String> {
    match rendered.as_str() {
        Some(text) if text.contains("<no value>") => Ok(text.replace("<no value>", "")),
        Some(text) => Ok(text.to_owned()),
        None => Err(Error::unreadable(format!("template `{name}` renders bytes that are no UTF-8"))),
    }
}

/// Objects and hooks out of the rendered files.
pub(super) fn sorted(
    mut files: Vec<(String, String)>,
    warnings: &mut Warnings,
) -> Result<(Vec<Manifest>, Vec<Manifest>)> {
    files.retain(|(name, text)| !name.ends_with("NOTES.txt") && !text.trim().is_empty());
    files.sort();
    let (mut manifests, mut hooks) = (Vec::new(), Vec::new());
    for (name, text) in &files {
        for text in split(text) {
            let head = head(name, text)?;
            let manifest = Manifest { source: name.clone(), kind: head.kind, text: text.to_owned() };
            match head.hook {
                None => manifests.push(manifest),
                Some(events) if is_hook(&events) => hooks.push(manifest),
                Some(events) => {
                    warnings.add(format!("`{name}`: no hook is called `{events}`; the object is left out"))
                }
            }
        }
    }
    manifests.sort_by(|a, b| order(&a.kind).cmp(&order(&b.kind)));
    hooks.sort_by(|a, b| order(&a.kind).cmp(&order(&b.kind)));
    Ok((manifests, hooks))
}

/// Known kinds in their order, then all others by name.
fn order(kind: &str) -> (usize, &str) {
    match ORDER.iter().position(|known| *known == kind) {
        Some(at) => (at, ""),
        None => (ORDER.len(), kind),
    }
}

fn is_hook(events: &str) -> bool {
    events.split(',').all(|event| EVENTS.contains(&event.trim().to_lowercase().as_str()))
}

/// The documents of a text. Helm cuts at `---` at the start of a line, whatever stands behind it, also inside of strings.
fn split(text: &str) -> Vec<&str> {
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    let text = text.trim();
    let bytes = text.as_bytes();
    let (mut found, mut from, mut look) = (Vec::new(), 0, 0);
    while let Some(at) = text.get(look..).and_then(|rest| rest.find("---")).map(|at| at + look) {
        let before =
            bytes[from..at].iter().rposition(|&byte| !is_space(byte)).map_or(from, |last| from + last + 1);
        // The line break has to be this side of the last cut.
        let opens = at == 0 || bytes[before..at].last() == Some(&b'\n');
        if !opens {
            look = at + 1;
            continue;
        }
        found.push(&text[from..before]);
        let behind = &bytes[at + 3..];
        from = at + 3 + behind.iter().position(|&byte| !is_space(byte)).unwrap_or(behind.len());
        look = from;
    }
    found.push(&text[from..]);
    found.into_iter().filter(|document| !document.is_empty()).map(str::trim).collect()
}

struct Head {
    kind: String,
    /// The annotation that makes an object a hook.
    hook: Option<String>,
}

/// What Helm reads of an object. What is no YAML, or has something else where these fields are, is an error.
fn head(name: &str, text: &str) -> Result<Head> {
    let tree = yaml::parse(FileId::new(0), Text::new(text.to_owned()));
    let mut head = Head { kind: String::new(), hook: None };
    let wrong = |node: Node<'_>, wanted: &str| {
        Error::unreadable(format!("rendered `{}`: {wanted} has to stand here", place(name, node)))
    };
    let first = first_document(name, &tree);
    let root = first.map_err(|error| {
        Error::unreadable(format!("what the template renders is no YAML: {error}"))
            .hint("lines are counted from the object's first")
    })?;
    let Some(root) = root.filter(|root| !root.is_null()) else { return Ok(head) };
    if !root.is_map() {
        return Err(wrong(root, "an object"));
    }
    for (key, value) in root.entries() {
        match key.text().unwrap_or_default().to_ascii_lowercase().as_str() {
            "apiversion" => drop(single(value).ok_or_else(|| wrong(value, "a string"))?),
            "kind" => head.kind = single(value).ok_or_else(|| wrong(value, "a string"))?,
            "metadata" => head.hook = hook(value, &wrong)?,
            _ => {}
        }
    }
    Ok(head)
}

fn hook(metadata: Node<'_>, wrong: &dyn Fn(Node<'_>, &str) -> Error) -> Result<Option<String>> {
    if !metadata.is_map() && !metadata.is_null() {
        return Err(wrong(metadata, "a table"));
    }
    let mut found = None;
    for (key, value) in metadata.entries() {
        match key.text().unwrap_or_default().to_ascii_lowercase().as_str() {
            "name" => drop(single(value).ok_or_else(|| wrong(value, "a string"))?),
            "annotations" if !value.is_map() && !value.is_null() => return Err(wrong(value, "a table")),
            "annotations" => {
                for (key, value) in value.entries() {
                    let text = single(value).ok_or_else(|| wrong(value, "a string"))?;
                    if key.text() == Some("helm.sh/hook") {
                        found = Some(text);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_cut_as_helm_cuts_them() {
        assert_eq!(split("---\na: 1\n\n---  # b\nb: 2\n---\n---\n"), ["a: 1", "# b\nb: 2", "---"]);
        assert_eq!(split("a: |\n  x\n  ---\n---b: 1"), ["a: |\n  x\n  ---", "b: 1"]);
        assert_eq!(split(""), Vec::<&str>::new());
        assert_eq!(split("---\n---\na: 1"), ["---\na: 1"]);
    }

    #[test]
    fn kinds_are_in_helms_order() {
        let file = |kind: &str| (format!("c/{kind}.yaml"), format!("kind: {kind}\n"));
        let files = ["Zebra", "Deployment", "Apple", "Namespace", "Service"].map(file).to_vec();
        let (manifests, _) = sorted(files, &mut Warnings::new()).unwrap();
        let kinds: Vec<_> = manifests.iter().map(|manifest| manifest.kind.as_str()).collect();
        assert_eq!(kinds, ["Namespace", "Service", "Deployment", "Apple", "Zebra"]);
    }
}
