//! Reading one file, and what cannot be text.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::source::{Origin, SourceFile, Text};
use crate::yaml::{Problem, ProblemKind, Tree};

/// The largest input that is read, in bytes: places are 32-bit numbers, and nobody means more.
pub const LARGEST_FILE: u64 = 1 << 30;

/// Files of at least this size get memory of their own; smaller ones share it.
const LARGE: usize = 1 << 18;

/// Reads inputs one after the other into one piece of memory, but for large ones.
#[derive(Default)]
pub(super) struct Reader {
    /// One file's bytes; the next one's take their place.
    bytes: Vec<u8>,
    shared: String,
}

/// A text that [`Reader`] has read.
pub(super) enum Piece {
    /// Where it lies in the shared memory.
    Shared(Range<usize>),
    /// On its own.
    Own(Text),
}

impl Piece {
    /// What an input that could not be read leaves.
    pub(super) const NONE: Self = Piece::Shared(0..0);
}

impl Reader {
    /// Reads a file whole.
    #[expect(clippy::disallowed_methods, reason = "load is where files are read")]
    pub(super) fn file(&mut self, path: &Path, name: &str) -> Result<Piece, Failure> {
        let fail = |error: &io::Error| Failure::new(name, io_reason(error));
        let file = File::open(path).map_err(|error| fail(&error))?;
        let size = file.metadata().map_err(|error| fail(&error))?.len();
        self.read(file, size, name)
    }

    /// Reads standard input whole.
    pub(super) fn stdin(&mut self) -> Result<Piece, Failure> {
        let piece = self.read(io::stdin().lock(), 0, "stdin")?;
        match &piece {
            Piece::Shared(range) if range.is_empty() => {
                Err(Failure::new("stdin", "nothing was written to it"))
            }
            _ => Ok(piece),
        }
    }

    /// The texts of the pieces, in exactly the memory that they need; the reader is as new.
    pub(super) fn texts(&mut self, pieces: Vec<Piece>) -> Vec<Text> {
        let shared: Arc<str> = self.shared.as_str().into();
        self.shared.clear();
        let text = |piece| match piece {
            Piece::Shared(range) => Text::part(&shared, range),
            Piece::Own(text) => text,
        };
        pieces.into_iter().map(text).collect()
    }

    fn read(&mut self, from: impl Read, size: u64, name: &str) -> Result<Piece, Failure> {
        self.bytes.clear();
        // A file ends where its size says; asking for more would double the calls. What has no size (a pipe, as in
        // `<(kustomize build)`) is read to its end, within the same bound.
        let limit = if size > 0 { size.min(LARGEST_FILE + 1) } else { LARGEST_FILE + 1 };
        self.bytes.reserve_exact(size.min(LARGEST_FILE) as usize);
        let read = from.take(limit).read_to_end(&mut self.bytes);
        read.map_err(|error| Failure::new(name, io_reason(&error)))?;
        if self.bytes.len() as u64 > LARGEST_FILE {
            self.bytes = vec![];
            return Err(Failure::new(name, format!("larger than {} MiB", LARGEST_FILE >> 20)));
        }
        let text = decode(&self.bytes, name)?;
        if text.len() < LARGE {
            let start = self.shared.len();
            self.shared.push_str(text);
            return Ok(Piece::Shared(start..self.shared.len()));
        }
        let own = Text::from(text);
        self.bytes = vec![];
        Ok(Piece::Own(own))
    }
}

/// Reads one file whole.
pub(super) fn file(path: &Path, name: &str) -> Result<Text, Failure> {
    let mut reader = Reader::default();
    let piece = reader.file(path, name)?;
    Ok(reader.texts(vec![piece]).pop().unwrap_or_default())
}

/// The text of an input; what is not text says where it stops being one.
fn decode<'b>(bytes: &'b [u8], name: &str) -> Result<&'b str, Failure> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let mut failure = Failure::new(name, "UTF-16 text; Kubernetes reads UTF-8");
        failure.hint = Some(format!("iconv -f UTF-16 -t UTF-8 {name}"));
        return Err(failure);
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Failure::new(name, format!("not text: a NUL byte at offset {at}")));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let place = SourceFile::new(name, head.into(), Origin::Memory).position(at as u32);
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
