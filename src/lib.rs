//! weft: one tool for people who run a service mesh on Kubernetes.

pub mod analysis;
pub mod config;
pub mod demo;
pub mod finding;
pub mod load;
pub mod model;
pub mod rules;
pub mod source;
pub mod yaml;
