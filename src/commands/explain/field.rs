//! Explains fields, as `kubectl explain` does.

use serde::Serialize;

use crate::error::{Error, Result, did_you_mean};
use crate::schema::explain::{self, Explained, Unknown};
use crate::ui::{Ui, paint};

/// A field in `-o json`.
#[derive(Serialize)]
pub(super) struct FieldDto {
    path: String,
    #[serde(rename = "apiVersion")]
    api_version: Option<String>,
    #[serde(rename = "type")]
    type_name: String,
    description: &'static str,
    notes: Vec<String>,
    fields: Vec<BelowDto>,
}

#[derive(Serialize)]
struct BelowDto {
    name: &'static str,
    #[serde(rename = "type")]
    type_name: String,
    required: bool,
    description: &'static str,
    notes: Vec<String>,
}

/// The fields that a word names: in each kind of that name.
pub(super) fn find(topic: &str) -> Option<Result<Vec<Explained>>> {
    match explain::find(topic) {
        Ok(found) => Some(Ok(found)),
        Err(Unknown::Document) => None,
        Err(Unknown::Field { name, parent, known }) => {
            let error = Error::usage(format!("`{parent}` has no field `{name}`"));
            let near = did_you_mean(&name, known.iter().copied());
            let hint = if known.is_empty() { "it has none" } else { "" };
            Some(Err(if hint.is_empty() { error } else { error.hint(hint) }
                .nearest(&near)
                .hint(format!("weft explain {parent}"))))
        }
    }
}

/// For other programs.
pub(super) fn dto(explained: &Explained) -> FieldDto {
    FieldDto {
        path: path(explained),
        api_version: explained.api_version.clone(),
        type_name: explain::type_name(explained.of),
        description: explained.field.map_or("", |field| field.words),
        notes: explain::notes(explained.of, explained.field),
        fields: below(explained),
    }
}

fn path(explained: &Explained) -> String {
    let names = std::iter::once(explained.document).chain(explained.path.iter().map(String::as_str));
    names.collect::<Vec<_>>().join(".")
}

fn below(explained: &Explained) -> Vec<BelowDto> {
    let holder = explain::holder(explained.of);
    let of = |at: u32| holder.of(at);
    explain::fields(explained.of)
        .map(|field| BelowDto {
            name: field.name,
            type_name: explain::type_name(of(field.of)),
            required: field.required,
            description: field.words,
            notes: explain::notes(of(field.of), Some(field)),
        })
        .collect()
}

/// For people: the field, then those below it.
pub(super) fn show(explained: &Explained, ui: &mut Ui) -> Result<()> {
    let strong = ui.palette().strong;
    let shown = dto(explained);
    let of = shown.api_version.map_or(String::new(), |version| format!("   {version}"));
    writeln!(ui.out(), "{} <{}>{of}", paint(strong, &shown.path), shown.type_name)?;
    if !shown.description.is_empty() {
        writeln!(ui.out())?;
        writeln!(ui.out(), "{}", shown.description)?;
    }
    for note in &shown.notes {
        writeln!(ui.out(), "  {note}")?;
    }
    for field in &shown.fields {
        writeln!(ui.out())?;
        writeln!(ui.out(), "  {} <{}>", paint(strong, field.name), field.type_name)?;
        if !field.description.is_empty() {
            writeln!(ui.out(), "    {}", field.description)?;
        }
        for note in &field.notes {
            writeln!(ui.out(), "    {note}")?;
        }
    }
    Ok(())
}
