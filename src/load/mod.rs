//! Reading inputs: files, directories and standard input, in parallel, in a fixed order.
//!
//! Nothing here stops at the first failure: what cannot be read is listed, and the rest is read.

mod config;
mod read;
mod walk;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::Error;
use crate::model::Manifest;
use crate::source::{FileId, Origin, SourceFile, Sources, Text};
use crate::yaml::{self, Tree};

pub use config::config;
pub use read::LARGEST_FILE;

/// One input as the user named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file or a directory.
    Path(PathBuf),
    /// Standard input (`-`).
    Stdin,
}

/// An input that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The path, or `stdin`.
    pub name: String,
    /// The reason: lowercase, no final stop.
    pub reason: String,
    /// What to do, where that is known.
    pub hint: Option<String>,
}

impl Failure {
    fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into(), hint: None }
    }

    /// The same as an error of the whole run.
    pub fn into_error(self) -> Error {
        let error = Error::unreadable(format!("failed to read `{}`: {}", self.name, self.reason));
        self.hint.into_iter().fold(error, Error::hint)
    }
}

/// Everything that was read.
#[derive(Default)]
pub struct Loaded {
    /// The texts, in the order of reading.
    pub sources: Sources,
    /// What they hold, by file.
    pub manifests: Vec<Manifest>,
    /// How many of them were read; the others are empty, and among the failures.
    pub read: usize,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

impl Loaded {
    /// How many documents hold something, broken ones among them.
    pub fn documents(&self) -> usize {
        let of = |tree: &Tree| {
            tree.documents.iter().filter(|document| document.broken || tree.root(document).is_some()).count()
        };
        self.manifests.iter().map(|manifest| of(&manifest.tree)).sum()
    }
}

impl Loaded {
    /// Reads one more file: settings, which are no manifests. A failure is listed with the others.
    pub fn add_setting(&mut self, folder: &Path, path: &Path) -> Option<FileId> {
        let name = path.to_string_lossy().into_owned();
        let text = read::file(&folder.join(path), &name)
            .map_err(|failure| self.failures.push(walk::with_nearest(failure, path)))
            .ok()?;
        let id = FileId::new(self.manifests.len());
        self.manifests.push(Manifest::new(yaml::parse(id, text.clone())));
        self.sources.add(SourceFile::new(name, text, Origin::Disk));
        self.read += 1;
        Some(id)
    }

    /// Texts that are in memory already: samples, tests, an editor's buffers.
    pub fn from_memory(texts: &[(&str, &str)]) -> Self {
        let mut loaded = Self::default();
        for (name, text) in texts {
            let text = Text::new((*text).to_owned());
            loaded
                .manifests
                .push(Manifest::new(yaml::parse(FileId::new(loaded.manifests.len()), text.clone())));
            loaded.sources.add(SourceFile::new(*name, text, Origin::Memory));
            loaded.read += 1;
        }
        loaded
    }
}

/// A file to read: its name in messages and where it lies.
struct Candidate {
    name: String,
    path: Option<PathBuf>,
    /// Nobody named it: it was found in a directory.
    found: bool,
}

/// Reads inputs in the order given, the files of a directory in the order of their paths. `each` is called once a file.
pub fn load(inputs: &[Input], each: &(dyn Fn() + Sync)) -> Loaded {
    load_in(Path::new(""), inputs, each)
}

/// The same in a folder: inputs are searched from there, and named as if it were the working directory.
pub fn load_in(folder: &Path, inputs: &[Input], each: &(dyn Fn() + Sync)) -> Loaded {
    let inside = |input: &Input| match input {
        Input::Path(path) => Input::Path(folder.join(path)),
        Input::Stdin => Input::Stdin,
    };
    let inputs: Vec<_> = inputs.iter().map(inside).collect();
    let mut failures = vec![];
    let mut candidates = walk::candidates(&inputs, &mut failures);
    for candidate in &mut candidates {
        let path = candidate.path.as_deref();
        // What is found in `.` is named as people name it.
        let short = path.and_then(|path| path.strip_prefix(folder).ok());
        let short = short.map(|path| path.strip_prefix(".").ok().filter(|_| candidate.found).unwrap_or(path));
        if let Some(short) = short {
            candidate.name = short.to_string_lossy().into_owned();
        }
    }
    read_all(candidates, failures, each)
}

fn read_all(candidates: Vec<Candidate>, failures: Vec<Failure>, each: &(dyn Fn() + Sync)) -> Loaded {
    let read = |candidate: &Candidate| {
        let text = match &candidate.path {
            Some(path) if candidate.found => read::file(path, &candidate.name),
            Some(path) => {
                read::file(path, &candidate.name).map_err(|failure| walk::with_nearest(failure, path))
            }
            None => read::stdin(),
        };
        each();
        text
    };
    // One pass in parallel reads and parses: a file's text is still in the cache when it is parsed. The file's id is its
    // place among the candidates; files that fail keep theirs, with an empty text, so that ids stay stable.
    let parts: Vec<_> = candidates
        .par_iter()
        .enumerate()
        .with_min_len(8)
        .map(|(at, candidate)| {
            let text = read(candidate)?;
            let manifest = Manifest::new(yaml::parse(FileId::new(at), text.clone()));
            let foreign = candidate.found && read::is_foreign_json(&candidate.name, &manifest.tree);
            Ok((!foreign).then_some((text, manifest)))
        })
        .collect();
    assemble(candidates, parts, failures)
}

type Part = Result<Option<(Text, Manifest)>, Failure>;

fn assemble(candidates: Vec<Candidate>, parts: Vec<Part>, failures: Vec<Failure>) -> Loaded {
    let mut loaded = Loaded { failures, ..Loaded::default() };
    for (candidate, part) in candidates.into_iter().zip(parts) {
        let origin = if candidate.path.is_some() { Origin::Disk } else { Origin::Stdin };
        let (text, manifest) = match part {
            Ok(Some((text, manifest))) => {
                loaded.read += 1;
                (text, manifest)
            }
            rest => {
                loaded.failures.extend(rest.err());
                let nothing = Text::default();
                (nothing.clone(), Manifest::new(yaml::parse(FileId::new(loaded.manifests.len()), nothing)))
            }
        };
        loaded.sources.add(SourceFile::new(candidate.name, text, origin));
        loaded.manifests.push(manifest);
    }
    loaded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test makes files of its own")]
    fn a_file_that_vanishes_between_finding_and_reading_is_told_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.yaml", "b.yaml"] {
            std::fs::write(folder.path().join(name), "kind: x\n").unwrap();
        }
        let mut failures = vec![];
        let candidates = walk::candidates(&[Input::Path(folder.path().to_owned())], &mut failures);
        std::fs::remove_file(folder.path().join("a.yaml")).unwrap();
        let loaded = read_all(candidates, failures, &|| ());
        assert_eq!((loaded.read, loaded.failures.len(), loaded.documents()), (1, 1, 1));
        assert!(loaded.failures[0].name.ends_with("a.yaml"));
        assert_eq!(loaded.failures[0].reason, "no such file or directory");
    }
}
