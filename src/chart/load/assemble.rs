//! A chart out of its files: Helm 3.21, `loader.LoadFiles`.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Budget, DEEPEST, File, archive};
use crate::chart::Warnings;
use crate::chart::chart::Chart;
use crate::chart::metadata::Metadata;
use crate::chart::values::{Table, read};
use crate::error::{Error, Result};

/// Puts a chart together; `name` is what messages call it, `above` the path of the chart that it is a part of.
pub(super) fn chart(
    name: &str,
    above: Option<&str>,
    files: Vec<File>,
    budget: &mut Budget,
    depth: usize,
    warnings: &mut Warnings,
) -> Result<Chart> {
    if depth > DEEPEST {
        return Err(Error::unreadable(format!(
            "`{name}`: charts lie more than {DEEPEST} deep in one another"
        )));
    }
    let metadata = metadata(name, &files, warnings)?;
    let path =
        above.map_or_else(|| metadata.name.clone(), |above| format!("{above}/charts/{}", metadata.name));
    let mut chart = Chart::new(metadata, path, above.is_none());
    let mut subcharts = BTreeMap::<String, Vec<File>>::new();
    for file in files {
        match &*file.name {
            "Chart.yaml" | "Chart.lock" => {}
            "values.yaml" => chart.values = values(name, &file)?,
            "values.schema.json" => chart.schema = Some(file.data),
            "requirements.yaml" | "requirements.lock" if chart.metadata.api_version != "v1" => {}
            path if path.starts_with("templates/") => chart.templates.push(file),
            path if path.starts_with("charts/") && !path.ends_with(".prov") => {
                let inside = &path["charts/".len()..];
                let own = inside.split('/').next().unwrap_or_default().to_owned();
                let file = File { name: inside.into(), data: file.data };
                subcharts.entry(own).or_default().push(file);
            }
            _ => chart.files.push(file),
        }
    }
    for (own, files) in subcharts {
        if own.starts_with(['_', '.']) {
            continue;
        }
        let name = format!("{name}/charts/{own}");
        let files = subchart(&name, &own, files, budget)?;
        let subchart = self::chart(&name, Some(&chart.path), files, budget, depth + 1, warnings)?;
        chart.dependencies.push(subchart);
    }
    Ok(chart)
}

fn subchart(name: &str, own: &str, files: Vec<File>, budget: &mut Budget) -> Result<Vec<File>> {
    if own.ends_with(".tgz") {
        return match files.first() {
            Some(file) if &*file.name == own => archive::files(name, &file.data, budget),
            _ => Err(Error::unreadable(format!("`{name}` is a folder; a chart's archive has such a name"))),
        };
    }
    let inside = |file: File| {
        let name: Rc<str> = file.name.split_once('/')?.1.into();
        Some(File { name, data: file.data })
    };
    Ok(files.into_iter().filter_map(inside).collect())
}

fn metadata(name: &str, files: &[File], warnings: &mut Warnings) -> Result<Metadata> {
    let find = |wanted: &str| files.iter().find(|file| &*file.name == wanted);
    let Some(file) = find("Chart.yaml") else {
        return Err(Error::unreadable(format!("`{name}` holds no Chart.yaml"))
            .hint("a chart is a folder with a Chart.yaml"));
    };
    let mut metadata = Metadata::default();
    metadata.read(&format!("{name}/Chart.yaml"), text(name, file)?)?;
    if metadata.api_version.is_empty() {
        metadata.api_version = "v1".to_owned();
    }
    if let Some(file) = find("requirements.yaml") {
        let name = format!("{name}/requirements.yaml");
        if metadata.api_version != "v1" {
            warnings.add(format!("`{name}`: charts of apiVersion v2 name their dependencies in Chart.yaml"));
        }
        metadata.read(&name, text(&name, file)?)?;
    }
    metadata.check(name)?;
    Ok(metadata)
}

fn values(name: &str, file: &File) -> Result<Table> {
    read(&format!("{name}/values.yaml"), text(name, file)?)
}

fn text<'a>(name: &str, file: &'a File) -> Result<&'a str> {
    std::str::from_utf8(&file.data)
        .map_err(|error| Error::unreadable(format!("`{name}/{}` is no UTF-8", file.name)).because(error))
}
