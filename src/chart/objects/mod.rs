//! What templates see besides values: `.Chart`, `.Files`, `.Capabilities`.

mod capabilities;
mod files;
mod glob;
mod metadata;

pub(super) use capabilities::capabilities;
pub(super) use files::Files;
pub(super) use metadata::ChartObject;
