//! stdout: buffered, and with a clear end whatever happens to its reader.

use std::fmt;
use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::error::{Error, Result};

/// Big enough that a report of thousands of findings costs a handful of system calls.
const BUFFER: usize = 64 * 1024;

/// The answer's way out. `writeln!(ui.out(), "…")?` gives weft's own error; code that wants an [`io::Write`] gets one,
/// and maps its error with [`Error::output`].
pub struct Out {
    inner: BufWriter<Box<dyn Write + Send>>,
    /// The first failure. Kept, so that no caller can lose it.
    failure: Option<Failure>,
}

#[derive(Clone, Copy)]
enum Failure {
    System(i32),
    Other(io::ErrorKind),
}

/// The head that every structured answer starts with.
#[derive(Serialize)]
struct Answer<'a, T> {
    version: u32,
    kind: &'a str,
    #[serde(flatten)]
    body: &'a T,
}

impl Out {
    pub(super) fn new(inner: Box<dyn Write + Send>) -> Self {
        Self { inner: BufWriter::with_capacity(BUFFER, inner), failure: None }
    }

    /// What `write!` and `writeln!` call.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> Result<()> {
        Write::write_fmt(self, text).map_err(Error::output)
    }

    /// Writes a text as it is.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.write_all(text.as_bytes()).map_err(Error::output)
    }

    /// One JSON document: `"version": 1`, the kind, and the fields of `body`, which has to be a struct or a map.
    pub fn json<T: Serialize>(&mut self, kind: &str, body: &T) -> Result<()> {
        let answer = Answer { version: 1, kind, body };
        serde_json::to_writer_pretty(&mut *self, &answer).map_err(|error| match error.io_error_kind() {
            Some(_) => Error::output(error.into()),
            None => Error::bug(error),
        })?;
        self.text("\n")
    }

    /// The same document as YAML.
    pub fn yaml<T: Serialize>(&mut self, kind: &str, body: &T) -> Result<()> {
        let answer = Answer { version: 1, kind, body };
        let text = serde_saphyr::to_string(&answer).map_err(Error::bug)?;
        self.text(&text)
    }

    /// One document of a stream of manifests, with the marker before it, as kubectl reads them.
    pub fn document<T: Serialize>(&mut self, document: &T) -> Result<()> {
        // On one line, however long: what is folded reads the same, and diffs worse.
        let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
        let text = serde_saphyr::to_string_with_options(document, options).map_err(Error::bug)?;
        self.text("---\n")?;
        self.text(&text)
    }

    /// Hands everything on, and gives the first failure of the whole run if there was one.
    pub(super) fn finish(&mut self) -> Result<()> {
        let flushed = self.flush();
        match self.failure {
            Some(failure) => Err(Error::output(failure.into())),
            None => flushed.map_err(Error::output),
        }
    }

    fn guard<T>(
        &mut self,
        work: impl FnOnce(&mut BufWriter<Box<dyn Write + Send>>) -> io::Result<T>,
    ) -> io::Result<T> {
        // What failed once stays failed: a half line in the middle of an answer is worse than its end missing.
        if let Some(failure) = self.failure {
            return Err(failure.into());
        }
        work(&mut self.inner).inspect_err(|error| {
            self.failure = Some(error.raw_os_error().map_or(Failure::Other(error.kind()), Failure::System));
        })
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.guard(|inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.guard(Write::flush)
    }
}

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::System(code) => io::Error::from_raw_os_error(code),
            Failure::Other(kind) => kind.into(),
        }
    }
}
