//! The set of resources under analysis and the typed views over them.
//!
//! One [`ResourceSet`] is one cluster: rules that compare clusters are given several. Everything here borrows from the
//! parsed trees; nothing is copied and nothing fails.

pub mod chains;
pub mod exports;
pub mod host;
mod index;
pub mod kinds;
mod manifest;
pub mod membership;
mod resource;
pub mod routing;
pub mod selector;
mod set;
pub mod view;

pub use exports::Exports;
pub use host::Host;
pub use index::{HostTarget, Workload};
pub use kinds::Kind;
pub use manifest::Manifest;
pub use resource::Resource;
pub use selector::Selector;
pub use set::{Lookup, ResourceSet, World};
pub use view::View;
