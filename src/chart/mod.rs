//! Helm charts.

pub mod functions;
