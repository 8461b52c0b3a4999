//! Istio, as of 1.30.

pub mod annotations;
pub mod labels;
mod names;

pub use names::{Name, Status, Value};
