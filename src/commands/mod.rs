//! The commands, one file each: its arguments, and `run`, which gathers, calls a core and emits a report.

pub mod analyze;
mod args;
pub mod completion;
pub mod demo;
pub mod explain;
mod findings;
mod mend;
pub mod render;
pub mod rules;
pub mod unbuilt;
pub mod validate;
pub mod version;
