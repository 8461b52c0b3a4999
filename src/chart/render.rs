//! Renders a chart and its subcharts: what `helm template` does between the values and the output.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::chart::Chart;
use super::manifest::{self, Manifest};
use super::objects::{ChartObject, Files, capabilities};
use super::values::{Table, VALUES, coalesce, to_template};
use super::{Capabilities, Warnings, dependencies, functions, schema, semver};
use crate::error::{Error, Result};
use crate::template::{self, Limits, Map, MissingKey, Set, Value};

/// For what to render.
#[derive(Clone)]
pub struct Options {
    /// The name of the release.
    pub release: String,
    /// Its namespace.
    pub namespace: String,
    /// Whether an upgrade is rendered, not an installation.
    pub is_upgrade: bool,
    /// What charts are told about the cluster.
    pub capabilities: Capabilities,
    /// What the execution may use.
    pub limits: Limits,
    /// What functions know of the world.
    pub functions: functions::Options,
}

/// What rendering gives.
#[derive(Debug)]
pub struct Rendered {
    /// The CustomResourceDefinitions below `crds/`, as they are.
    pub crds: Vec<Manifest>,
    /// The objects in Helm's order of installation.
    pub manifests: Vec<Manifest>,
    /// Those that Helm treats as hooks, in the same order.
    pub hooks: Vec<Manifest>,
}

impl Rendered {
    /// All of it as `helm template` prints it: hooks come last.
    pub fn stream(&self, include_crds: bool) -> String {
        let crds = self.crds.iter().filter(|_| include_crds);
        let main: String = crds.chain(&self.manifests).map(Manifest::to_string).collect();
        let hooks: String = self.hooks.iter().map(Manifest::to_string).collect();
        format!("{}\n{hooks}", main.trim())
    }
}

/// A template, and what it sees.
struct Renderable {
    text: Rc<[u8]>,
    data: Map,
    base: String,
}

/// Renders a chart with these values.
pub fn render(
    mut chart: Chart,
    values: &Table,
    options: &Options,
    warnings: &mut Warnings,
) -> Result<Rendered> {
    if chart.is_library() {
        return Err(Error::usage(format!(
            "`{}` is a library chart, which other charts use",
            chart.metadata.name
        )));
    }
    if chart.metadata.deprecated {
        warnings.add(format!("chart `{}` is deprecated", chart.metadata.name));
    }
    let values = values.deep_copy();
    dependencies::process(&mut chart, &values, warnings)?;
    let values = coalesce(&chart, &values, warnings)?;
    schema::check(&chart, &values, warnings)?;
    fits_cluster(&chart, options)?;
    let templates = templates(&chart, &values, options);
    let rendered = execute(&templates, options)?;
    let crds = chart.crds().into_iter().map(|(path, file)| Manifest::whole(path, &file.data)).collect();
    let (manifests, hooks) = manifest::sorted(rendered, warnings)?;
    Ok(Rendered { crds, manifests, hooks })
}

fn fits_cluster(chart: &Chart, options: &Options) -> Result<()> {
    let (range, version) = (&chart.metadata.kube_version, &options.capabilities.kube_version.version);
    if range.is_empty() || semver::is_compatible(range, version) {
        return Ok(());
    }
    let message = format!("chart `{}` wants Kubernetes {range}, not {version}", chart.metadata.name);
    Err(Error::usage(message).hint("--kube-version says which version to render for"))
}

/// All templates by their paths.
fn templates(chart: &Chart, values: &Table, options: &Options) -> BTreeMap<String, Renderable> {
    let release = Map::new();
    release.set("Name", options.release.as_str());
    release.set("Namespace", options.namespace.as_str());
    release.set("IsUpgrade", options.is_upgrade);
    release.set("IsInstall", !options.is_upgrade);
    release.set("Revision", Value::int(1));
    release.set("Service", "Helm");
    let mut gather =
        Gather { release, capabilities: capabilities(&options.capabilities), found: BTreeMap::new() };
    gather.chart(chart, to_template(values));
    gather.found
}

struct Gather {
    release: Map,
    capabilities: Value,
    found: BTreeMap<String, Renderable>,
}

impl Gather {
    /// Adds the templates of a chart and its subcharts; gives what its templates see.
    fn chart(&mut self, chart: &Chart, values: Map) -> Map {
        let subcharts = Map::new();
        let data = Map::of(VALUES);
        data.set("Chart", Value::object(ChartObject::new(&chart.metadata, chart.is_root)));
        data.set("Files", Value::object(Files::new(&chart.files)));
        data.set("Release", self.release.clone());
        data.set("Capabilities", self.capabilities.clone());
        data.set("Values", values.clone());
        data.set("Subcharts", subcharts.clone());
        for subchart in &chart.dependencies {
            let name = subchart.metadata.name.as_str();
            // A name with dots is a path, to Helm.
            let own = name.split('.').try_fold(values.clone(), |map, key| map.get(key)?.as_map().cloned());
            let below = self.chart(subchart, own.unwrap_or_else(|| Map::of(VALUES)));
            subcharts.set(name, below);
        }
        for file in &chart.templates {
            let is_partial = file.name.rsplit('/').next().is_some_and(|name| name.starts_with('_'));
            if chart.is_library() && !is_partial {
                continue;
            }
            let base = format!("{}/templates", chart.path);
            let renderable = Renderable { text: file.data.clone(), data: data.clone(), base };
            self.found.insert(format!("{}/{}", chart.path, file.name), renderable);
        }
        data
    }
}

/// Renders what is no partial. Templates that lie deeper come first, so that those of the parent take the place of their
/// subcharts' of the same name.
fn execute(templates: &BTreeMap<String, Renderable>, options: &Options) -> Result<Vec<(String, String)>> {
    let mut names: Vec<&String> = templates.keys().collect();
    let depth = |name: &str| name.bytes().filter(|&byte| byte == b'/').count();
    names.sort_by(|a, b| (depth(b), b).cmp(&(depth(a), a)));
    let mut set = Set::new(functions::all(&options.functions));
    for name in &names {
        let Ok(text) = std::str::from_utf8(&templates[*name].text) else {
            return Err(Error::unreadable(format!("template `{name}` is no UTF-8")));
        };
        set.parse(name, text).map_err(|error| Error::unreadable(error.to_string()))?;
    }
    let how = template::Options { missing_key: MissingKey::Zero, limits: options.limits };
    let mut rendered = Vec::new();
    for name in names {
        if name.rsplit('/').next().is_some_and(|name| name.starts_with('_')) {
            continue;
        }
        let Renderable { data, base, .. } = &templates[name];
        let own = Map::of(VALUES);
        own.set("Name", name.as_str());
        own.set("BasePath", base.as_str());
        data.set("Template", own);
        let text = set.render(name, &Value::Map(data.clone()), how);
        let text = text.map_err(|error| Error::unreadable(error.to_string()))?;
        rendered.push((name.clone(), manifest::text(name, &text)?));
    }
    Ok(rendered)
}
