//! A chart and its subcharts.

use std::rc::Rc;

use super::load::File;
use super::metadata::Metadata;
use super::values::Table;

/// A chart and its subcharts.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What Chart.yaml says.
    pub metadata: Metadata,
    /// The files below `templates/`, in the order of their names.
    pub templates: Vec<File>,
    /// What values.yaml sets.
    pub values: Table,
    /// values.schema.json, if there is one.
    pub schema: Option<Rc<[u8]>>,
    /// All other files, those below `crds/` among them.
    pub files: Vec<File>,
    /// The charts below `charts/`; once dependencies are decided, those of them that are switched on.
    pub dependencies: Vec<Chart>,
    /// Its place among charts, as in the names of templates: `shop/charts/web`.
    pub path: String,
    /// Whether it is no chart's subchart.
    pub is_root: bool,
}

impl Chart {
    pub(super) fn new(metadata: Metadata, path: String, is_root: bool) -> Self {
        Self {
            metadata,
            templates: Vec::new(),
            values: Table::new(),
            schema: None,
            files: Vec::new(),
            dependencies: Vec::new(),
            path,
            is_root,
        }
    }

    /// Whether it only defines templates for others.
    pub fn is_library(&self) -> bool {
        self.metadata.kind.eq_ignore_ascii_case("library")
    }

    /// The CustomResourceDefinitions below `crds/`, its own and its subcharts', with the paths that Helm prints.
    pub fn crds(&self) -> Vec<(String, &File)> {
        let is_manifest = |name: &str| {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            ["yaml", "yml", "json"].iter().any(|known| known.eq_ignore_ascii_case(extension))
        };
        let own = self.files.iter().filter(|file| file.name.starts_with("crds/") && is_manifest(&file.name));
        let own = own.map(|file| (format!("{}/{}", self.path, file.name), file));
        own.chain(self.dependencies.iter().flat_map(Chart::crds)).collect()
    }
}
