//! The fields of every kind that weft knows, and what their values may be: one source for validating manifests, for
//! explaining fields and for the CustomResourceDefinitions that weft installs.
//!
//! The schemas are the files of `api/`, whose README says what their lines mean. They are embedded compressed; a file is
//! read when one of its kinds is met.

use std::ops::RangeInclusive;

mod catalog;
mod cel;
pub mod check;
pub mod crd;
pub mod explain;
mod read;
mod types;
pub mod value;

pub use catalog::{config, configs, kind, kinds};
pub use types::{
    Column, Definition, Dialect, Field, Fields, Group, Limits, Rule, Schema, Shape, Type, TypeRef, Version,
};

/// The minor releases of Kubernetes whose fields are known, as the header of `api/kubernetes/core.api` says.
pub const KUBERNETES: RangeInclusive<u32> = 33..=36;
