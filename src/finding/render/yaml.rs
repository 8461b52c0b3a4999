//! The JSON document as YAML that YAML 1.1 parsers read the same: `"on"` stays a string.

use std::io::{self, Write};

use serde_saphyr::ser::Error;

use super::Report;
use super::json::{FindingDto, document};
use super::lazy::Lazy;
use crate::finding::Places;

/// Writes one document without a marker before it.
pub(super) fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    let findings = Lazy(|| report.findings.iter().map(|each| FindingDto::new(each, &places)));
    // Messages on one line, however long: folding them at 80 columns breaks every grep.
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    let written =
        serde_saphyr::to_io_writer_with_options(&mut *out, &document(findings, &report.summary), options);
    written.map_err(|error| match error {
        Error::IO { error } => error,
        other => io::Error::other(other.to_string()),
    })
}
