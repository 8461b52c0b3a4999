//! Values that mean the same in every command.

use clap::builder::{PossibleValuesParser, TypedValueParser};

pub(super) use crate::finding::render::Format;

/// What most commands can write.
pub(super) const PLAIN: &[Format] = &[Format::Text, Format::Json, Format::Yaml];

/// Takes some formats only: one that a command cannot do is a usage error.
pub(super) fn formats(some: &'static [Format]) -> impl TypedValueParser<Value = Format> {
    let words = some.iter().map(|format| format.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<Format>())
}
