//! The fields of every kind that weft knows, and what their values may be.

pub mod value;
