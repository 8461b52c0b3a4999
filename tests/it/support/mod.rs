//! A hermetic way to run the real binary: no environment, a directory of its own, and never without end.

#![expect(clippy::disallowed_methods, reason = "tests make and read files of their own")]

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Far more than any command takes, even in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A directory with files, and the environment that weft sees.
pub(crate) struct Sandbox {
    directory: TempDir,
    environment: Vec<(String, String)>,
    stdin: Vec<u8>,
}

/// What a run printed, and how it ended. Its `Display` is the text for snapshots.
pub(crate) struct Run {
    words: Vec<String>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
    directory: PathBuf,
}

/// Runs weft in an empty directory.
pub(crate) fn weft(arguments: impl Words) -> Run {
    Sandbox::new().run(arguments)
}

impl Sandbox {
    /// An empty directory, a UTF-8 locale, nothing else.
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let environment = vec![("LC_ALL".to_owned(), "C.UTF-8".to_owned())];
        Self { directory, environment, stdin: Vec::new() }
    }

    /// Adds a file, and the directories on the way to it.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.directory.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a path below the sandbox")).expect("directories");
        std::fs::write(path, content).expect("a file");
        self
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Sets a variable; an empty value takes part as such.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What the next runs read from stdin.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = text.as_bytes().to_vec();
        self
    }

    /// Runs weft here.
    pub(crate) fn run(&self, arguments: impl Words) -> Run {
        self.run_to(Stdio::piped(), arguments)
    }

    /// Runs weft here with its stdout on something else than a test.
    pub(crate) fn run_to(&self, stdout: impl Into<Stdio>, arguments: impl Words) -> Run {
        let words = arguments.words();
        let mut command = Command::new(env!("CARGO_BIN_EXE_weft"));
        command.args(&words).current_dir(self.directory.path()).env_clear();
        command.env("HOME", self.directory.path()).envs(self.environment.iter().cloned());
        command.stdin(Stdio::piped()).stdout(stdout).stderr(Stdio::piped());
        let mut child = command.spawn().expect("weft starts");

        let (stdout, stderr) = (collect(child.stdout.take()), collect(child.stderr.take()));
        let (mut stdin, text) = (child.stdin.take().expect("a pipe"), self.stdin.clone());
        // A command that does not read its stdin closes the pipe: no failure of the test.
        thread::spawn(move || drop(stdin.write_all(&text)));
        let status = wait(child, &words);
        let text = |pipe: Receiver<Vec<u8>>| {
            let bytes = pipe.recv_timeout(PATIENCE).expect("the pipe closes when weft has ended");
            String::from_utf8(bytes).expect("output is UTF-8")
        };
        Run {
            stdout: text(stdout),
            stderr: text(stderr),
            code: status.code(),
            words,
            directory: self.directory.path().to_owned(),
        }
    }
}

/// Reads a pipe to its end on a thread, so that neither side waits for the other.
fn collect(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).expect("a readable pipe");
        }
        send.send(bytes)
    });
    receive
}

fn wait(mut child: Child, words: &[String]) -> ExitStatus {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            return status;
        }
        if Instant::now() > deadline {
            child.kill().expect("a child to kill");
            panic!("`weft {}` did not end within {} s", words.join(" "), PATIENCE.as_secs());
        }
        thread::sleep(Duration::from_millis(2));
    }
}

impl fmt::Display for Run {
    /// `$ weft …`, stdout, stderr behind a line that says so, and the exit code. The sandbox's path, durations and
    /// weft's version are left out, as they differ from run to run.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let directory = self.directory.to_string_lossy();
        let tidy = |text: &str| {
            let text =
                text.replace(directory.as_ref(), "[dir]").replace(env!("CARGO_PKG_VERSION"), "[version]");
            without_durations(&text)
        };
        writeln!(f, "$ weft {}", self.words.join(" "))?;
        f.write_str(&tidy(&self.stdout))?;
        if !self.stderr.is_empty() {
            writeln!(f, "--- stderr")?;
            f.write_str(&tidy(&self.stderr))?;
        }
        match self.code {
            Some(code) => write!(f, "--- exit {code}"),
            None => write!(f, "--- killed"),
        }
    }
}

/// `12 ms`, `0.4 s` and `under 1 ms` become `[time]`.
fn without_durations(text: &str) -> String {
    let mut words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    let number = |word: &str| word.strip_suffix(' ').is_some_and(|word| word.parse::<f64>().is_ok());
    let unit = |word: &str| ["µs", "ms", "s"].contains(&word.trim_end());
    for at in 1..words.len() {
        if number(words[at - 1]) && unit(words[at]) {
            words[at - 1] = "";
            if let Some(under) = at.checked_sub(2).filter(|&at| words[at] == "under ") {
                words[under] = "";
            }
            words[at] = if words[at].ends_with('\n') { "[time]\n" } else { "[time] " };
        }
    }
    words.concat()
}

/// Arguments as one text, split at spaces outside single quotes, or as a list.
pub(crate) trait Words {
    fn words(&self) -> Vec<String>;
}

impl Words for &str {
    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        // Every other piece stood in quotes.
        for (at, piece) in self.split('\'').enumerate() {
            if at % 2 == 1 {
                words.push(piece.to_owned());
            } else {
                words.extend(piece.split_whitespace().map(str::to_owned));
            }
        }
        words
    }
}

impl<const N: usize> Words for [&str; N] {
    fn words(&self) -> Vec<String> {
        self.iter().map(|&word| word.to_owned()).collect()
    }
}

/// Compares a committed file with what it should contain; with `UPDATE=1` in the environment, rewrites it.
pub(crate) fn assert_current(path: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, wanted).expect("a file to write");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    // Not assert_eq, which would print both whole.
    assert!(found == wanted, "{} is out of date: run the tests once with UPDATE=1", path.display());
}

/// Checks a JSON answer against its schema in `schemas/`.
pub(crate) fn assert_schema(name: &str, answer: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
    let text = std::fs::read_to_string(&path).expect("a schema");
    let schema = serde_json::from_str(&text).expect("a schema in JSON");
    let answer = serde_json::from_str(answer).expect("an answer in JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let errors: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

/// Compares with a file in the top-level `snapshots/`.
macro_rules! assert_snapshot {
    ($name:expr, $value:expr) => {
        insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $value);
        })
    };
}
pub(crate) use assert_snapshot;
