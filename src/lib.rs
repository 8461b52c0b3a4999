//! weft: one tool for people who run a service mesh on Kubernetes.

pub mod cli;
pub mod commands;
pub mod error;
pub mod finding;
pub mod model;
pub mod source;
pub mod ui;
pub mod yaml;
