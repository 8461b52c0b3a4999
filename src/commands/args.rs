//! Arguments and values that mean the same in every command.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One document, versioned.
    Json,
    /// The same document.
    Yaml,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for CI servers.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
}

impl Format {
    /// What most commands can do.
    pub(super) const PLAIN: [Format; 3] = [Format::Text, Format::Json, Format::Yaml];

    /// Takes some formats only: one that a command cannot do is a usage error.
    pub(super) fn among<const N: usize>(formats: [Format; N]) -> impl TypedValueParser<Value = Format> {
        PossibleValuesParser::new(formats.map(Format::value)).map(move |name| {
            formats.into_iter().find(|format| format.value().get_name() == name).unwrap_or_default()
        })
    }

    fn value(self) -> PossibleValue {
        self.to_possible_value().unwrap_or_else(|| "text".into())
    }
}

/// A mesh, as `--mesh` takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mesh {
    /// Istio.
    Istio,
    /// Linkerd.
    Linkerd,
    /// Kuma.
    Kuma,
    /// Consul.
    Consul,
}
