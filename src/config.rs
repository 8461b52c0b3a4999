//! `weft.toml`: what a team has decided, beside its manifests.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::Error;

/// The file's name; it is searched for from the working directory upwards.
pub const FILE_NAME: &str = "weft.toml";

/// What `weft.toml` says. Every key is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// Whether what is not in the input does not exist.
    pub complete: Option<bool>,
    /// The namespace of manifests that give none.
    pub namespace: Option<String>,
    /// The DNS domain of Services.
    pub cluster_domain: Option<String>,
    /// The namespace of the mesh's control plane.
    pub mesh_namespace: Option<String>,
    /// The least severity that makes the exit code 1: `error`, `warning`, `info` or `never`.
    pub fail_on: Option<String>,
    /// What to live with.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// One thing to live with, and why.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Allow {
    /// The rules: a name, a code, a group or a glob.
    pub rule: String,
    /// The objects, `Kind/namespace/name`, each part a glob; all where none is given.
    pub object: Option<String>,
    /// The files, a glob against the path as weft prints it; all where none is given.
    pub path: Option<String>,
    /// Why; a decision without a reason cannot be reviewed.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Option<toml::value::Datetime>,
}

/// What is wrong with a configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The line it stands in, from 1, where that is known.
    pub line: Option<usize>,
    /// In words.
    pub message: String,
}

impl From<ConfigError> for Error {
    /// For one whose file is not known by another name.
    fn from(error: ConfigError) -> Self {
        Self::usage(format!("{FILE_NAME}: {}", error.message))
    }
}

impl ConfigError {
    fn new(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into() }
    }
}

impl Config {
    /// Reads the text of a `weft.toml`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            ConfigError { line, message: error.message().trim().replace('\n', ", ") }
        })?;
        for allow in &config.allow {
            allow.check()?;
        }
        Ok(config)
    }
}

impl Allow {
    fn check(&self) -> Result<(), ConfigError> {
        if self.reason.trim().is_empty() {
            return Err(ConfigError::new(format!("the reason to allow `{}` is empty", self.rule)));
        }
        self.files()?;
        self.last_day().map(|_| ())
    }

    /// The files it holds for.
    pub fn files(&self) -> Result<Option<GlobMatcher>, ConfigError> {
        let compile = |path: &String| Glob::new(path).map(|glob| glob.compile_matcher());
        let bad = |error: globset::Error| ConfigError::new(format!("`path` is no glob: {error}"));
        self.path.as_ref().map(compile).transpose().map_err(bad)
    }

    /// The last day on which it holds.
    pub fn last_day(&self) -> Result<Option<Date>, ConfigError> {
        let Some(expires) = &self.expires else { return Ok(None) };
        let date =
            expires.date.and_then(|date| Date::new(date.year as i16, date.month as i8, date.day as i8).ok());
        date.map(Some)
            .ok_or_else(|| ConfigError::new(format!("`expires = {expires}` is no date; write 2027-01-31")))
    }
}

/// Where the file would be searched: the directory and all above it.
pub fn places(from: &Path) -> impl Iterator<Item = PathBuf> + '_ {
    from.ancestors().map(|directory| directory.join(FILE_NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decisions_with_reason_and_expiry() {
        let text = "complete = true\n[[allow]]\nrule = \"IST0101\"\nreason = \"moves in May\"\nexpires = 2027-01-31\n";
        let config = Config::parse(text).unwrap();
        assert_eq!(config.complete, Some(true));
        assert_eq!(config.allow[0].last_day().unwrap().unwrap().to_string(), "2027-01-31");
    }

    #[test]
    fn a_mistyped_key_is_an_error_with_its_line() {
        let error = Config::parse("complete = true\ncluster-domian = \"x\"\n").unwrap_err();
        assert_eq!(error.line, Some(2));
        assert!(error.message.contains("cluster-domian"), "{}", error.message);
    }

    #[test]
    fn a_decision_needs_a_reason_and_a_date_that_is_one() {
        assert!(Config::parse("[[allow]]\nrule = \"x\"\n").is_err());
        assert!(Config::parse("[[allow]]\nrule = \"x\"\nreason = \" \"\n").is_err());
        assert!(Config::parse("[[allow]]\nrule = \"x\"\nreason = \"y\"\nexpires = 12:00:00\n").is_err());
    }
}
