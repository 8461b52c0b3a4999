//! weft: one tool for people who run a service mesh on Kubernetes.
//!
//! A compiler, not a collection of scripts. Input and output happen at the two ends; everything between is a pure
//! function over text that knows where it came from.
//!
//! ```text
//! files, stdin ─> load ─> yaml::Tree ─> model::ResourceSet ─> rules ─> findings ─> finding::render ─> ui
//! ```
//!
//! - [`source`]: texts and places in them. [`yaml`]: a tree whose every node knows its bytes.
//! - [`load`]: the one reader of files. [`model`]: resources by kind and name, and typed views over them.
//! - [`template`]: Go's `text/template`, for charts and for injection.
//! - [`rules`]: what can be wrong. [`finding`]: what a rule reports, and its formats. [`analysis`] joins them.
//! - [`cli`] and [`commands`]: the command line, a file a command. [`ui`]: all that reaches a terminal.
//!
//! What holds everywhere: no text of a user's is copied or re-emitted, only pointed at and edited; what is not in the
//! input is unknown, not missing, unless the input is said to be complete; rules neither read, print nor fail.
//! `tests/it/tidy.rs` keeps who may use whom.

pub mod analysis;
pub mod chart;
pub mod cli;
pub mod commands;
pub mod config;
pub mod demo;
pub mod error;
pub mod finding;
pub mod load;
pub mod mesh;
pub mod model;
pub mod rules;
pub mod schema;
pub mod source;
pub mod template;
pub mod ui;
pub mod yaml;
