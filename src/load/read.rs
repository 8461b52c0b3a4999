//! Reading one file, and what cannot be text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::source::{Origin, SourceFile, Text};
use crate::yaml::{Problem, ProblemKind, Tree};

/// The largest input that is read, in bytes: places are 32-bit numbers, and nobody means more.
pub const LARGEST_FILE: u64 = 1 << 30;

/// Reads a file whole.
#[expect(clippy::disallowed_methods, reason = "load is where files are read")]
pub(super) fn file(path: &Path, name: &str) -> Result<Text, Failure> {
    let fail = |error: &io::Error| Failure::new(name, io_reason(error));
    let file = File::open(path).map_err(|error| fail(&error))?;
    let size = file.metadata().map_err(|error| fail(&error))?.len();
    bytes(file, size, name).and_then(|bytes| decode(bytes, name))
}

/// Reads standard input whole.
pub(super) fn stdin() -> Result<Text, Failure> {
    let text = bytes(io::stdin().lock(), 0, "stdin").and_then(|bytes| decode(bytes, "stdin"))?;
    match text.is_empty() {
        true => Err(Failure::new("stdin", "nothing was written to it")),
        false => Ok(text),
    }
}

fn bytes(from: impl Read, size: u64, name: &str) -> Result<Vec<u8>, Failure> {
    // A file ends where its size says; asking for more would double the calls. What has no size (a pipe, as in
    // `<(kustomize build)`) is read to its end, within the same bound.
    let limit = if size > 0 { size.min(LARGEST_FILE + 1) } else { LARGEST_FILE + 1 };
    let mut bytes = Vec::with_capacity(size.min(LARGEST_FILE) as usize);
    let read = from.take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(name, io_reason(&error)))?;
    match bytes.len() as u64 > LARGEST_FILE {
        true => Err(Failure::new(name, format!("larger than {} MiB", LARGEST_FILE >> 20))),
        false => Ok(bytes),
    }
}

/// The text of an input; what is not text says where it stops being one.
fn decode(bytes: Vec<u8>, name: &str) -> Result<Text, Failure> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let mut failure = Failure::new(name, "UTF-16 text; Kubernetes reads UTF-8");
        failure.hint = Some(format!("iconv -f UTF-16 -t UTF-8 {name}"));
        return Err(failure);
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(Failure::new(name, format!("not text: a NUL byte at offset {at}")));
    }
    String::from_utf8(bytes).map(Arc::new).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let place = SourceFile::new(name, Arc::new(head), Origin::Memory).position(at as u32);
        let (byte, line, column) = (bytes[at], place.line, place.column);
        Failure::new(name, format!("not UTF-8: byte 0x{byte:02x} at line {line}, column {column}"))
    })
}

/// Whether a JSON file that was found in a directory is somebody else's (`tsconfig.json` with its comments): what nobody
/// named and holds no object is no mistake.
pub(super) fn is_foreign_json(name: &str, tree: &Tree) -> bool {
    let broken = |problem: &Problem| problem.kind == ProblemKind::Syntax;
    name.to_ascii_lowercase().ends_with(".json")
        && tree.problems.iter().any(broken)
        && !tree.text().contains("\"apiVersion\"")
}

/// The reason of an error of the operating system, in its own words and lowercase.
pub(super) fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "a directory".to_owned(),
        _ => {
            let text = error.to_string();
            // "… (os error 5)": the number helps nobody.
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
