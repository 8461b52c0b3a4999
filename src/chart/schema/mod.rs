//! values.schema.json: whether values are what a chart asks for.
//!
//! Checked are the keywords of drafts 4 to 2020-12 but for `unevaluatedProperties`, `unevaluatedItems`,
//! `contentMediaType`, `$dynamicRef`, references to other documents, and formats besides `ipv4` and `ipv6`. A schema that
//! uses one of these gets a warning.

mod check;
mod number;
mod object;

use serde_json::Value;

use self::check::Checker;
use super::Warnings;
use super::chart::Chart;
use super::values::{Data, Table};
use crate::error::{Error, Result};

/// Checks the values of a chart and of its subcharts; everything that is wrong is in one error.
pub(super) fn check(chart: &Chart, values: &Table, warnings: &mut Warnings) -> Result<()> {
    let mut faults = Vec::new();
    gather(chart, values, &mut faults, warnings)?;
    if faults.is_empty() {
        return Ok(());
    }
    let message = format!("values do not fit the chart's values.schema.json: {}", faults.join("; "));
    Err(Error::usage(message))
}

fn gather(chart: &Chart, values: &Table, faults: &mut Vec<String>, warnings: &mut Warnings) -> Result<()> {
    let path = &chart.path;
    if let Some(text) = &chart.schema {
        let schema: Value = serde_json::from_slice(text).map_err(|error| {
            Error::unreadable(format!("`{path}/values.schema.json` is no JSON")).because(error)
        })?;
        let mut checker = Checker::new(&schema);
        checker.value(&schema, &Data::Table(values.clone()), "");
        for unchecked in checker.unchecked() {
            warnings.add(format!("`{path}/values.schema.json`: {unchecked} is not checked"));
        }
        faults.extend(checker.into_faults().into_iter().map(|fault| format!("`{path}`: {fault}")));
    }
    for subchart in &chart.dependencies {
        if let Some(own) = values.table(&subchart.metadata.name) {
            gather(subchart, &own, faults, warnings)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
