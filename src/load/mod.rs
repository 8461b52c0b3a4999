//! Reading inputs: files, directories and standard input, in parallel, in a fixed order.
//!
//! Nothing here stops at the first failure: what cannot be read is listed, and the rest is read.

mod config;
mod read;
mod walk;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::error::Error;
use crate::model::Manifest;
use crate::source::{FileId, Origin, SourceFile, Sources, Text};
use crate::yaml::{self, Tree};

pub use config::config;
pub use read::LARGEST_FILE;
use read::{Piece, Reader};

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
    /// Texts that are in memory already: samples, tests, an editor's buffers.
    pub fn from_memory(texts: &[(&str, &str)]) -> Self {
        let mut loaded = Self::default();
        for (name, text) in texts {
            let text = Text::from(*text);
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

/// Files that are read and parsed together: few enough to stay in the cache, and many enough that threads seldom meet.
const BATCH: usize = 64;

/// Reads inputs in the order given, the files of a directory in the order of their paths. `each` is called once a file.
pub fn load(inputs: &[Input], each: &(dyn Fn() + Sync)) -> Loaded {
    let mut failures = vec![];
    let candidates = walk::candidates(inputs, &mut failures);
    let batches = candidates.par_chunks(BATCH).enumerate();
    let read = |reader: &mut Reader, (at, batch): (usize, &[_])| read_batch(at * BATCH, batch, reader, each);
    let parts: Vec<_> = batches.map_init(Reader::default, read).collect();
    let mut loaded = Loaded { failures, ..Loaded::default() };
    for (candidate, part) in candidates.into_iter().zip(parts.into_iter().flatten()) {
        let origin = if candidate.path.is_some() { Origin::Disk } else { Origin::Stdin };
        loaded.sources.add(SourceFile::new(candidate.name, part.text, origin));
        loaded.manifests.push(part.manifest);
        loaded.read += usize::from(part.failure.is_none());
        loaded.failures.extend(part.failure);
    }
    loaded
}

/// What came of a candidate. One that could not be read keeps its place, with an empty text: a file's id is its place
/// among the candidates.
struct Part {
    text: Text,
    manifest: Manifest,
    failure: Option<Failure>,
}

fn read_batch(first: usize, batch: &[Candidate], reader: &mut Reader, each: &(dyn Fn() + Sync)) -> Vec<Part> {
    let mut failures = Vec::with_capacity(batch.len());
    let mut pieces = Vec::with_capacity(batch.len());
    for candidate in batch {
        let piece = match &candidate.path {
            Some(path) => reader.file(path, &candidate.name),
            None => reader.stdin(),
        };
        each();
        let (piece, failure) =
            piece.map_or_else(|failure| (Piece::NONE, Some(failure)), |piece| (piece, None));
        pieces.push(piece);
        failures.push(failure);
    }
    let texts = reader.texts(pieces);
    let trees = yaml::parse_all((first..).map(FileId::new).zip(texts.iter().cloned()));
    let parts = batch.iter().zip(texts).zip(trees).zip(failures);
    parts.map(|(((candidate, text), tree), failure)| part(candidate, text, tree, failure)).collect()
}

fn part(candidate: &Candidate, text: Text, tree: Tree, failure: Option<Failure>) -> Part {
    if candidate.found && read::is_foreign_json(&candidate.name, &tree) {
        let nothing = yaml::parse(tree.file(), Text::default());
        return Part { text: Text::default(), manifest: Manifest::new(nothing), failure };
    }
    Part { text, manifest: Manifest::new(tree), failure }
}
