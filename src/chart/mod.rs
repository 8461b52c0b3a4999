//! Helm charts: loaded, given their values, and rendered as `helm template` renders them (Helm 3.21).
//!
//! ```text
//! Source ─> load ─> Chart ─┐
//! files, flags ─> values ──┴─> dependencies ─> coalesced values ─> templates ─> manifests in Helm's order
//! ```
//!
//! [`render`] does all of it. Values keep their origins on the way ([`values::Setting`]).

mod capabilities;
#[expect(clippy::module_inception, reason = "the chart itself, beside what is done with it")]
mod chart;
mod dependencies;
pub mod functions;
mod load;
mod manifest;
mod metadata;
mod objects;
mod render;
mod schema;
mod semver;
mod values;

pub use capabilities::{Capabilities, KubeVersion};
pub use chart::Chart;
pub use load::{File, Source, load};
pub use manifest::Manifest;
pub use metadata::{Dependency, Import, Maintainer, Metadata};
pub use render::{Options, Rendered, render};
pub use values::{Assignment, Data, Layer, Origin, Provider, Setting, Table, layered, read_layer};

/// What deserves a look and stops nothing. Each is said once, however often charts are gone through.
#[derive(Debug, Default)]
pub struct Warnings(Vec<String>);

impl Warnings {
    /// None so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, a fragment.
    pub(crate) fn add(&mut self, warning: String) {
        if !self.0.contains(&warning) {
            self.0.push(warning);
        }
    }

    /// All of them, in the order they came up.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
