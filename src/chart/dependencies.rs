//! Which subcharts take part, under which names, and what they hand up: Helm 3.21, `chartutil/dependencies.go`.

use super::Warnings;
use super::chart::Chart;
use super::metadata::{Dependency, Import};
use super::semver::is_compatible;
use super::values::{Data, Table, coalesce, merge, merge_tables};
use crate::error::{Error, Result};

/// Decides the subcharts of a chart, and lays what they export into its values.
pub(super) fn process(chart: &mut Chart, values: &Table, warnings: &mut Warnings) -> Result<()> {
    present(chart)?;
    enable(chart, values, "", warnings)?;
    import(chart, warnings)
}

/// A dependency that Chart.yaml names and `charts/` does not hold is an error, as to `helm template`.
fn present(chart: &Chart) -> Result<()> {
    let is_there =
        |wanted: &Dependency| chart.dependencies.iter().any(|have| have.metadata.name == wanted.name);
    match chart.metadata.dependencies.iter().find(|wanted| !is_there(wanted)) {
        None => Ok(()),
        Some(missing) => {
            let message = format!(
                "Chart.yaml of `{}` names `{}`, which `charts/` does not hold",
                chart.metadata.name, missing.name
            );
            Err(Error::unreadable(message).hint("helm dependency build fetches it"))
        }
    }
}

fn enable(chart: &mut Chart, values: &Table, path: &str, warnings: &mut Warnings) -> Result<()> {
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    name(chart);
    let values = coalesce(chart, values, warnings)?;
    let mut wanted = std::mem::take(&mut chart.metadata.dependencies);
    for dependency in &mut wanted {
        dependency.enabled = by_tags(dependency, &values, warnings);
        if let Some(enabled) = by_condition(dependency, &values, path, warnings) {
            dependency.enabled = enabled;
        }
    }
    let is_off = |name: &str| wanted.iter().any(|dependency| !dependency.enabled && dependency.name == name);
    chart.dependencies.retain(|subchart| !is_off(&subchart.metadata.name));
    // Of the list, too, whatever has the name of one that is off.
    let kept = wanted.iter().filter(|dependency| !is_off(&dependency.name)).cloned().collect();
    for subchart in &mut chart.dependencies {
        let path = format!("{path}{}.", subchart.metadata.name);
        enable(subchart, &values, &path, warnings)?;
    }
    chart.metadata.dependencies = kept;
    Ok(())
}

/// Gives subcharts their aliases: those that Chart.yaml does not name come first, the others in its order.
fn name(chart: &mut Chart) {
    let have = std::mem::take(&mut chart.dependencies);
    let is = |subchart: &Chart, wanted: &Dependency| {
        subchart.metadata.name == wanted.name && is_compatible(&wanted.version, &subchart.metadata.version)
    };
    let unnamed =
        have.iter().filter(|have| !chart.metadata.dependencies.iter().any(|wanted| is(have, wanted)));
    let mut found: Vec<Chart> = unnamed.cloned().collect();
    for wanted in &mut chart.metadata.dependencies {
        if let Some(subchart) = have.iter().find(|have| is(have, wanted)) {
            let mut subchart = subchart.clone();
            subchart.metadata.name = wanted.key().to_owned();
            found.push(subchart);
        }
        wanted.name = wanted.key().to_owned();
    }
    for subchart in &mut found {
        subchart.path = format!("{}/charts/{}", chart.path, subchart.metadata.name);
    }
    chart.dependencies = found;
}

/// One tag that is on is enough; one that is off counts only where none is on.
fn by_tags(dependency: &Dependency, values: &Table, warnings: &mut Warnings) -> bool {
    let Some(tags) = values.table("tags") else { return true };
    let (mut on, mut off) = (false, false);
    for tag in &dependency.tags {
        match tags.get(tag).map(|setting| setting.data) {
            None => {}
            Some(Data::Bool(true)) => on = true,
            Some(Data::Bool(false)) => off = true,
            Some(other) => warnings.add(format!("`tags.{tag}` is {} and no boolean", other.kind())),
        }
    }
    on || !off
}

/// The first condition that is set decides.
fn by_condition(
    dependency: &Dependency,
    values: &Table,
    path: &str,
    warnings: &mut Warnings,
) -> Option<bool> {
    for condition in dependency.condition.trim().split(',').filter(|condition| !condition.is_empty()) {
        let key = format!("{path}{condition}");
        match values.leaf_at(&key).map(|setting| setting.data) {
            None => {}
            Some(Data::Bool(enabled)) => return Some(enabled),
            Some(other) => warnings.add(format!(
                "`{key}`, a condition of `{}`, is {} and no boolean",
                dependency.name,
                other.kind()
            )),
        }
    }
    None
}

/// Lays what subcharts export under the values of their parents, from the innermost up.
fn import(chart: &mut Chart, warnings: &mut Warnings) -> Result<()> {
    for subchart in &mut chart.dependencies {
        import(subchart, warnings)?;
    }
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let values = merge(chart, &Table::new(), warnings)?;
    let imported = Table::new();
    for dependency in &chart.metadata.dependencies {
        for import in &dependency.imports {
            let (child, parent) = match import {
                Import::Export(name) => (format!("exports.{name}"), "."),
                Import::Move { child, parent } => (child.clone(), parent.as_str()),
            };
            match values.table_at(&format!("{}.{child}", dependency.name)) {
                Some(table) => merge_tables(&imported, &at_path(parent, table), warnings),
                None => warnings.add(format!("`{}` has no table `{child}` to import", dependency.name)),
            }
        }
    }
    let values = values.deep_copy();
    merge_tables(&values, &imported, warnings);
    chart.values = values;
    Ok(())
}

fn at_path(path: &str, table: Table) -> Table {
    if path == "." {
        return table;
    }
    path.rsplit('.').fold(table, |inner, key| {
        let outer = Table::new();
        outer.set(key, Data::Table(inner));
        outer
    })
}
