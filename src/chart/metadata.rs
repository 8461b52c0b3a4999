//! Chart.yaml, as Helm reads it: names of fields in any case, numbers where strings belong.

use crate::error::{Error, Result};
use crate::source::{FileId, Text};
use crate::yaml::{self, Node};

use super::semver;
use super::values::{first_document, single};

/// What Chart.yaml says.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are Helm's, and so are their meanings")]
pub struct Metadata {
    pub name: String,
    pub home: String,
    pub sources: Vec<String>,
    pub version: String,
    pub description: String,
    pub keywords: Vec<String>,
    pub maintainers: Vec<Maintainer>,
    pub icon: String,
    pub api_version: String,
    pub condition: String,
    pub tags: String,
    pub app_version: String,
    pub deprecated: bool,
    pub annotations: Vec<(String, String)>,
    pub kube_version: String,
    pub dependencies: Vec<Dependency>,
    /// `type`: `application` (or nothing) or `library`.
    pub kind: String,
}

/// Who looks after a chart.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are Helm's, and so are their meanings")]
pub struct Maintainer {
    pub name: String,
    pub email: String,
    pub url: String,
}

/// Another chart that a chart needs.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are Helm's, and so are their meanings")]
pub struct Dependency {
    pub name: String,
    pub version: String,
    pub repository: String,
    pub condition: String,
    pub tags: Vec<String>,
    pub enabled: bool,
    pub imports: Vec<Import>,
    pub alias: String,
}

/// What a chart takes over of its subchart's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// The table `exports.NAME`, into the parent's top.
    Export(String),
    /// Any table, to any place of the parent's.
    Move {
        /// The path in the subchart.
        child: String,
        /// The path in the parent; `.` is the top.
        parent: String,
    },
}

impl Metadata {
    /// Reads a file over what is there already.
    pub(super) fn read(&mut self, name: &str, text: &str) -> Result<()> {
        let tree = yaml::parse(FileId::new(0), Text::new(text.to_owned()));
        let Some(root) = first_document(name, &tree)? else { return Ok(()) };
        let read = Read { name };
        for (key, value) in root.entries() {
            match key.text().unwrap_or_default().to_ascii_lowercase().as_str() {
                "name" => read.string(value, &mut self.name)?,
                "home" => read.string(value, &mut self.home)?,
                "sources" => self.sources = read.strings(value)?,
                "version" => read.string(value, &mut self.version)?,
                "description" => read.string(value, &mut self.description)?,
                "keywords" => self.keywords = read.strings(value)?,
                "maintainers" => self.maintainers = read.list(value, Read::maintainer)?,
                "icon" => read.string(value, &mut self.icon)?,
                "apiversion" => read.string(value, &mut self.api_version)?,
                "condition" => read.string(value, &mut self.condition)?,
                "tags" => read.string(value, &mut self.tags)?,
                "appversion" => read.string(value, &mut self.app_version)?,
                "deprecated" => self.deprecated = value.as_bool().unwrap_or_default(),
                "annotations" => self.annotations = read.pairs(value)?,
                "kubeversion" => read.string(value, &mut self.kube_version)?,
                "dependencies" => self.dependencies = read.list(value, Read::dependency)?,
                "type" => read.string(value, &mut self.kind)?,
                _ => {}
            }
        }
        if !root.is_map() && !root.is_null() {
            return Err(read.fail(root, "a table of fields"));
        }
        Ok(())
    }

    /// What Helm refuses.
    pub(super) fn check(&self, chart: &str) -> Result<()> {
        let fail = |why: String| Err(Error::unreadable(format!("`{chart}/Chart.yaml`: {why}")));
        if self.name.is_empty() {
            return fail("`name` is missing".to_owned());
        }
        if [".", ".."].contains(&self.name.as_str()) || self.name.contains('/') {
            return fail(format!("`name` cannot be `{}`", self.name));
        }
        if self.version.is_empty() {
            return fail("`version` is missing".to_owned());
        }
        if !semver::is_version(&self.version) {
            return fail(format!("`version` cannot be `{}`: it is no semantic version", self.version));
        }
        if !["", "application", "library"].contains(&self.kind.as_str()) {
            return fail(format!("`type` is `application` or `library`, not `{}`", self.kind));
        }
        let mut known = Vec::new();
        for dependency in &self.dependencies {
            let is_name =
                |alias: &str| alias.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            if !is_name(&dependency.alias) {
                return fail(format!(
                    "`alias` cannot be `{}`: letters, digits, `-` and `_` may stand in it",
                    dependency.alias
                ));
            }
            if known.contains(&dependency.key()) {
                return fail(format!("two dependencies have the name or alias `{}`", dependency.key()));
            }
            known.push(dependency.key());
        }
        Ok(())
    }
}

impl Dependency {
    /// The name under which its values lie.
    pub(super) fn key(&self) -> &str {
        if self.alias.is_empty() { &self.name } else { &self.alias }
    }
}

/// Reads nodes as Go reads them into a struct's fields.
struct Read<'a> {
    name: &'a str,
}

impl Read<'_> {
    fn fail(&self, node: Node<'_>, wanted: &str) -> Error {
        let at = super::values::place(self.name, node);
        Error::unreadable(format!("`{at}`: {wanted} has to stand here"))
    }

    fn string(&self, node: Node<'_>, into: &mut String) -> Result<()> {
        // Null leaves a field as it is.
        if !node.is_null() {
            *into = printable(&single(node).ok_or_else(|| self.fail(node, "a string"))?);
        }
        Ok(())
    }

    fn one(&self, node: Node<'_>) -> Result<String> {
        let mut text = String::new();
        self.string(node, &mut text)?;
        Ok(text)
    }

    fn list<T>(&self, node: Node<'_>, each: impl Fn(&Self, Node<'_>) -> Result<T>) -> Result<Vec<T>> {
        match node.is_seq() || node.is_null() {
            true => node.items().map(|item| each(self, item)).collect(),
            false => Err(self.fail(node, "a list")),
        }
    }

    fn strings(&self, node: Node<'_>) -> Result<Vec<String>> {
        self.list(node, Self::one)
    }

    fn pairs(&self, node: Node<'_>) -> Result<Vec<(String, String)>> {
        node.entries()
            .map(|(key, value)| {
                Ok((
                    single(key).unwrap_or_default(),
                    single(value).ok_or_else(|| self.fail(value, "a string"))?,
                ))
            })
            .collect()
    }

    fn maintainer(&self, node: Node<'_>) -> Result<Maintainer> {
        let mut found = Maintainer::default();
        if !node.is_map() {
            return Err(self.fail(node, "a table of `name`, `email` and `url`"));
        }
        for (key, value) in node.entries() {
            match key.text().unwrap_or_default().to_ascii_lowercase().as_str() {
                "name" => self.string(value, &mut found.name)?,
                "email" => self.string(value, &mut found.email)?,
                "url" => self.string(value, &mut found.url)?,
                _ => {}
            }
        }
        Ok(found)
    }

    fn dependency(&self, node: Node<'_>) -> Result<Dependency> {
        let mut found = Dependency::default();
        if !node.is_map() {
            return Err(self.fail(node, "a table of `name`, `version` and `repository`"));
        }
        for (key, value) in node.entries() {
            match key.text().unwrap_or_default().to_ascii_lowercase().as_str() {
                "name" => self.string(value, &mut found.name)?,
                "version" => self.string(value, &mut found.version)?,
                "repository" => self.string(value, &mut found.repository)?,
                "condition" => self.string(value, &mut found.condition)?,
                "tags" => found.tags = self.strings(value)?,
                "import-values" => found.imports = self.list(value, Self::import)?,
                "alias" => self.string(value, &mut found.alias)?,
                _ => {}
            }
        }
        Ok(found)
    }

    fn import(&self, node: Node<'_>) -> Result<Import> {
        if !node.is_map() {
            return Ok(Import::Export(self.one(node)?));
        }
        let field =
            |key: &str| node.get(key).and_then(single).ok_or_else(|| self.fail(node, "`child` and `parent`"));
        Ok(Import::Move { child: field("child")?, parent: field("parent")? })
    }
}

/// Spaces of all kinds become one kind, and what cannot be printed is left out.
fn printable(text: &str) -> String {
    let sign =
        |sign: char| if sign.is_whitespace() { Some(' ') } else { (!sign.is_control()).then_some(sign) };
    text.chars().filter_map(sign).collect()
}
