//! Which files there are: directories walked as git would, in the order of their paths.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Candidate, Failure, Input};
use crate::error::did_you_mean;
use crate::load::read::io_reason;

/// The endings that a directory is searched for.
const ENDINGS: &[&str] = &["yaml", "yml", "json"];

/// The files behind the inputs; what is named twice is read once.
pub(super) fn candidates(inputs: &[Input], failures: &mut Vec<Failure>) -> Vec<Candidate> {
    let mut found = vec![];
    for input in inputs {
        match input {
            Input::Stdin => found.push(Candidate { name: "stdin".into(), path: None, found: false }),
            Input::Path(path) if path.is_dir() => walk(path, &mut found, failures),
            Input::Path(path) => found.push(candidate(path.clone(), false)),
        }
    }
    if inputs.len() > 1 {
        let mut seen = HashSet::new();
        found.retain(|candidate| seen.insert(candidate.path.as_deref().map(plain)));
    }
    found
}

/// The failure to read a path that somebody typed, with the names beside it that may have been meant.
pub(super) fn with_nearest(mut failure: Failure, path: &Path) -> Failure {
    let (Some(typed), Some(folder)) = (path.file_name(), path.parent()) else { return failure };
    if failure.hint.is_some() || path.symlink_metadata().is_ok() {
        return failure;
    }
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names: Vec<String> = here
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let near = did_you_mean(&typed.to_string_lossy(), names.iter().map(String::as_str));
    let near: Vec<String> =
        near.iter().map(|name| folder.join(name).to_string_lossy().into_owned()).collect();
    failure.hint = (!near.is_empty()).then(|| format!("the nearest: {}", near.join(", ")));
    failure
}

fn candidate(path: PathBuf, found: bool) -> Candidate {
    Candidate { name: path.to_string_lossy().into_owned(), path: Some(path), found }
}

fn walk(directory: &Path, found: &mut Vec<Candidate>, failures: &mut Vec<Failure>) {
    let before = (found.len(), failures.len());
    let walker = WalkBuilder::new(directory)
        .follow_links(true)
        .require_git(false)
        .git_global(false)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if has_ending(entry.path()) && entry.file_type().is_some_and(|kind| kind.is_file()) => {
                found.push(candidate(entry.into_path(), true));
            }
            Ok(_) => {}
            Err(error) => failures.extend(failure(&error, directory)),
        }
    }
    if before == (found.len(), failures.len()) {
        let mut none = Failure::new(directory.to_string_lossy(), "no .yaml, .yml or .json file in it");
        none.hint =
            Some("files that .gitignore names are left out; name a file to read it all the same".into());
        failures.push(none);
    }
}

/// A dangling link counts only where it would have been read; a directory that cannot be opened always does.
fn failure(error: &ignore::Error, directory: &Path) -> Option<Failure> {
    let path = path_of(error).unwrap_or(directory);
    let name = path.to_string_lossy();
    if let Some(ancestor) = loop_of(error) {
        let reason = format!("a symbolic link that leads back to `{}`", ancestor.to_string_lossy());
        return Some(Failure::new(name, reason));
    }
    let error = error.io_error()?;
    let dangling = path.symlink_metadata().is_ok_and(|data| data.is_symlink());
    if dangling {
        let reason = format!("a symbolic link to nothing: {}", io_reason(error));
        return has_ending(path).then(|| Failure::new(name, reason));
    }
    Some(Failure::new(name, io_reason(error)))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn loop_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::Loop { ancestor, .. } => Some(ancestor),
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => loop_of(err),
        _ => None,
    }
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// `./a//b` and `a/b` are one file.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
}
