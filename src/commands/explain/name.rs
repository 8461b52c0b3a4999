//! Explains Istio's annotations and labels.

use serde::Serialize;

use crate::error::Result;
use crate::error::{Error, did_you_mean};
use crate::mesh::istio::{Name, Status, Value, annotations, labels};
use crate::ui::{Ui, paint};

/// An annotation or a label.
#[derive(Clone, Copy)]
pub(super) struct Named {
    what: &'static str,
    name: &'static Name,
}

/// For other programs.
#[derive(Serialize)]
pub(super) struct NameDto {
    name: &'static str,
    what: &'static str,
    kinds: Vec<&'static str>,
    status: &'static str,
    deprecated: bool,
    value: Option<String>,
    description: &'static str,
}

/// What a word names that has a `/` in it: several names are an annotation and a label.
pub(super) fn find(topic: &str) -> Option<Result<Vec<Named>>> {
    if !topic.contains('/') {
        return None;
    }
    let annotation = annotations::find(topic).map(|name| Named { what: "annotation", name });
    let label = labels::find(topic).map(|name| Named { what: "label", name });
    let found: Vec<Named> = annotation.into_iter().chain(label).collect();
    if !found.is_empty() {
        return Some(Ok(found));
    }
    let known = annotations::ANNOTATIONS.iter().chain(labels::LABELS).map(|name| name.name);
    let error = Error::usage(format!("no annotation or label `{topic}` of Istio's"));
    Some(Err(error.nearest(&did_you_mean(topic, known))))
}

/// The fields of the JSON.
pub(super) fn dto(named: &Named) -> NameDto {
    let name = named.name;
    NameDto {
        name: name.name,
        what: named.what,
        kinds: kinds(name),
        status: status(name.status),
        deprecated: name.deprecated.is_some(),
        value: (name.value != Value::Text).then(|| name.value.says()),
        description: name.says,
    }
}

fn kinds(name: &Name) -> Vec<&'static str> {
    name.kinds.iter().filter_map(|kind| Some(kind.info()?.name)).collect()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Alpha => "alpha",
        Status::Beta => "beta",
        Status::Stable => "stable",
    }
}

/// For people.
pub(super) fn show(named: &Named, ui: &mut Ui) -> Result<()> {
    let (strong, shown) = (ui.palette().strong, dto(named));
    let kinds = if shown.kinds.is_empty() { "any object".to_owned() } else { shown.kinds.join(", ") };
    writeln!(ui.out(), "{}   {} of Istio's on {kinds}", paint(strong, shown.name), shown.what)?;
    writeln!(ui.out())?;
    writeln!(ui.out(), "{}", shown.description)?;
    if let Some(value) = shown.value {
        writeln!(ui.out(), "  value: {value}")?;
    }
    match named.name.deprecated {
        Some("") => writeln!(ui.out(), "  deprecated, with nothing in its place")?,
        Some(instead) => writeln!(ui.out(), "  deprecated: use {instead}")?,
        None => writeln!(ui.out(), "  {}", shown.status)?,
    }
    Ok(())
}
