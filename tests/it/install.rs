//! `install.sh`, run by the system's `sh` with a PATH of chosen tools, a fake cargo and made-up archives.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What the script may call; cargo, rustc and the checksum tools are added by a test.
const TOOLS: &[&str] = &[
    "awk", "basename", "cat", "chmod", "cp", "dirname", "grep", "gzip", "head", "mkdir", "mktemp", "mv",
    "rm", "sed", "sh", "tar", "tr", "wc",
];
const WEFT: &str = "#!/bin/sh\n[ \"$1\" = version ] && echo 'weft 9.9.9'\n";
const CARGO: &str = r#"
[ "$1" = --version ] && echo "cargo VERSION (0123abc 2026-01-01)" && exit
[ "$1 $2 $3 $4 $5 $6 $7" = "build --locked --profile dist --bin weft --target-dir" ] || exit 9
mkdir -p "$8/dist" && printf '%s' "$FAKE_WEFT" >"$8/dist/weft"
"#;

/// A machine of its own: a checkout, a home and a PATH, each with a space in its name.
struct Machine(TempDir);

struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Machine {
    fn new() -> Self {
        let machine = Self(tempfile::tempdir().expect("a temporary folder"));
        for folder in ["tool box", "check out", "ho me", "down loads"] {
            fs::create_dir(machine.path(folder)).expect("a new folder");
        }
        for tool in TOOLS {
            machine.link(tool);
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(root.join("install.sh"), machine.path("check out/install.sh")).expect("install.sh");
        let manifest = "[package]\nname = \"weft-mesh\"\nversion = \"9.9.9\"\nrust-version = \"1.89\"\n";
        machine.write("check out/Cargo.toml", manifest);
        machine
    }

    /// One with a checksum tool: what an archive needs.
    fn with_checksums() -> Self {
        let machine = Self::new();
        machine.link(if which("sha256sum").is_some() { "sha256sum" } else { "shasum" });
        machine
    }

    fn with_rust(version: &str) -> Self {
        let machine = Self::new();
        machine.tool("cargo", &CARGO.replace("VERSION", version));
        machine.tool("rustc", &format!("echo 'rustc {version} (0123abc 2026-01-01)'"));
        machine
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    fn write(&self, relative: &str, text: &str) -> PathBuf {
        let path = self.path(relative);
        fs::write(&path, text).expect("a written file");
        path
    }

    fn tool(&self, name: &str, script: &str) {
        let path = self.write(&format!("tool box/{name}"), &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("an executable script");
    }

    fn link(&self, tool: &str) {
        let real = which(tool).unwrap_or_else(|| panic!("`{tool}` is not on PATH"));
        symlink(real, self.path("tool box").join(tool)).expect("a link");
    }

    /// An archive of the files named, as tar makes it from within a folder; `options` go to tar.
    fn archive(&self, options: &[&str], members: &[(&str, &str)]) -> PathBuf {
        let from = self.path("down loads/tree");
        for (name, text) in members {
            let path = from.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, text).expect("a member");
        }
        let archive = self.path("down loads/weft-9.9.9 linux.tar.gz");
        let made = Command::new("tar")
            .arg("-C")
            .arg(&from)
            .arg("-czf")
            .arg(&archive)
            .args(options)
            .args(members.iter().map(|(name, _)| name))
            .status();
        assert!(made.expect("tar").success(), "tar makes the archive");
        archive
    }

    fn run(&self, args: &[&str]) -> Answer {
        let output = Command::new(self.path("tool box/sh"))
            .arg(self.path("check out/install.sh"))
            .args(args)
            .current_dir(self.path("down loads"))
            .env_clear()
            .env("PATH", self.path("tool box"))
            .env("HOME", self.path("ho me"))
            .env("TMPDIR", self.0.path())
            .env("FAKE_WEFT", WEFT)
            .output()
            .expect("sh runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs and expects a refusal that says all of `words`, and that nothing is left behind.
    fn refuses(&self, args: &[&str], words: &[&str]) {
        let answer = self.run(args);
        assert_eq!(answer.code, Some(1), "{}{}", answer.out, answer.err);
        for word in words {
            assert!(answer.err.contains(word), "`{word}` is missing:\n{}", answer.err);
        }
        assert!(!self.default_binary().exists(), "a refusal installs nothing");
        self.left_nothing();
    }

    fn default_binary(&self) -> PathBuf {
        self.path("ho me/.local/bin/weft")
    }

    /// No temporary folder beside the four known ones, no half-written binary.
    fn left_nothing(&self) {
        assert_eq!(names(self.0.path()), ["check out", "down loads", "ho me", "tool box"]);
        let bin = self.path("ho me/.local/bin");
        assert!(!bin.is_dir() || names(&bin).iter().all(|name| name == "weft"), "{:?}", names(&bin));
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().display().to_string()).collect();
    names.sort();
    names
}

fn which(tool: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(tool))
        .find(|path| path.is_file())
}

fn sha256(path: &Path) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(fs::read(path).expect("the archive"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

const ARCHIVE: &str = "weft-9.9.9 linux.tar.gz";

#[test]
fn builds_from_the_checkout() {
    let machine = Machine::with_rust("1.95.0");
    let answer = machine.run(&[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let installed = machine.default_binary();
    assert_eq!(fs::read_to_string(&installed).expect("a binary"), WEFT);
    assert_eq!(fs::metadata(&installed).expect("a binary").permissions().mode() & 0o777, 0o755);
    assert!(answer.out.contains("installed weft 9.9.9 to "), "{}", answer.out);
    assert!(answer.out.contains("is not on your PATH"), "{}", answer.out);
    machine.left_nothing();
}

#[test]
fn replaces_an_older_binary_and_says_when_another_one_comes_first() {
    let machine = Machine::with_rust("1.89.0");
    fs::create_dir_all(machine.path("ho me/.local/bin")).expect("folders");
    machine.write("ho me/.local/bin/weft", "old");
    let answer = machine.run(&[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(fs::read_to_string(machine.default_binary()).expect("a binary"), WEFT);

    let on_path = machine.path("tool box");
    let answer = machine.run(&["--to", on_path.to_str().expect("UTF-8")]);
    assert!(!answer.out.contains("note:"), "{}", answer.out);
}

#[test]
fn takes_a_relative_folder_with_spaces() {
    let machine = Machine::with_rust("2.0.0");
    let answer = machine.run(&["--to=my own/bin"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(machine.path("down loads/my own/bin/weft").exists());
}

#[test]
fn refuses_without_cargo_or_with_an_old_one() {
    Machine::new().refuses(&[], &["cargo is not installed", "1.89 or newer", "rustup.rs"]);
    for old in ["1.63.0", "1.88.9", "0.99.0"] {
        Machine::with_rust(old)
            .refuses(&[], &[&format!("cargo is version {old}"), "needs 1.89", "rustup update"]);
    }
    let machine = Machine::with_rust("1.95.0");
    machine.tool("rustc", "echo 'rustc 1.63.0'");
    machine.refuses(&[], &["rustc is version 1.63.0"]);
    machine.tool("cargo", "echo 'error: no default toolchain is set' >&2; exit 1");
    machine.refuses(&[], &["`cargo --version` does not answer", "rustup default stable"]);
}

#[test]
fn refuses_when_the_build_fails_or_gives_nothing_that_runs() {
    let machine = Machine::with_rust("1.95.0");
    machine.tool("cargo", "[ \"$1\" = --version ] && echo 'cargo 1.95.0' && exit; exit 101");
    machine.refuses(&[], &["the build failed"]);
    machine.tool("cargo", "[ \"$1\" = --version ] && echo 'cargo 1.95.0'; exit 0");
    machine.refuses(&[], &["cargo built no ", "build.target"]);
    machine.tool("cargo", &CARGO.replace("VERSION", "1.95.0").replace("$FAKE_WEFT", "not a program"));
    machine.refuses(&[], &["does not run here"]);
}

#[test]
fn refuses_where_there_is_no_checkout() {
    let machine = Machine::with_rust("1.95.0");
    machine.write("check out/Cargo.toml", "[package]\nname = \"other\"\n");
    machine.refuses(&[], &["is not a checkout of weft", "--archive"]);
}

#[test]
fn refuses_a_folder_that_cannot_be_written() {
    // A file in place of the folder stops root too, whom permissions do not.
    let machine = Machine::with_rust("1.95.0");
    machine.write("down loads/file", "");
    machine.refuses(&["--to", "file"], &["file cannot be made", "--to DIR"]);
    fs::create_dir_all(machine.path("down loads/bin/weft")).expect("folders");
    machine.refuses(&["--to", "bin"], &["bin/weft is a folder"]);
}

#[test]
fn installs_a_verified_archive() {
    for member in ["weft", "weft-9.9.9/weft"] {
        let machine = Machine::with_checksums();
        let archive = machine.archive(&[], &[(member, WEFT), ("weft-9.9.9/README.md", "hello")]);
        let answer = machine.run(&["--archive", ARCHIVE, "--sha256", &sha256(&archive).to_uppercase()]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        assert!(answer.out.contains("verified weft-9.9.9 linux.tar.gz"), "{}", answer.out);
        assert_eq!(fs::read_to_string(machine.default_binary()).expect("a binary"), WEFT);
        machine.left_nothing();
    }
}

#[test]
fn finds_the_checksum_beside_the_archive() {
    let zeros = "0".repeat(64);
    let forms: &[(&str, &str, &[&str])] = &[
        ("weft-9.9.9 linux.tar.gz.sha256", "SUM\n", &[]),
        ("weft-9.9.9 linux.tar.gz.sha256", "SUM  weft-9.9.9 linux.tar.gz\r\n", &[]),
        ("SHA256SUMS", "ZEROS  other.tar.gz\nSUM *weft-9.9.9 linux.tar.gz\n", &[]),
        ("my sums", "SUM  dist/weft-9.9.9 linux.tar.gz\nZEROS  z\n", &["--sha256-file", "my sums"]),
    ];
    for (file, text, more) in forms {
        let machine = Machine::with_checksums();
        let archive = machine.archive(&[], &[("weft", WEFT)]);
        let text = text.replace("SUM", &sha256(&archive)).replace("ZEROS", &zeros);
        machine.write(&format!("down loads/{file}"), &text);
        let answer = machine.run(&[&["--archive", ARCHIVE], *more].concat());
        assert_eq!(answer.code, Some(0), "{file}: {text}\n{}", answer.err);
    }
}

#[test]
fn refuses_an_archive_whose_checksum_differs_or_is_missing() {
    let machine = Machine::with_checksums();
    let archive = machine.archive(&[], &[("weft", WEFT)]);
    let good = sha256(&archive);
    machine.refuses(&["--archive", ARCHIVE], &["there is no checksum for weft-9.9.9 linux.tar.gz"]);
    let zeros = "0".repeat(64);
    let both = [zeros.as_str(), good.as_str(), "damaged or not the real one"];
    machine.refuses(&["--archive", ARCHIVE, "--sha256", &zeros], &both);
    machine.refuses(&["--archive", ARCHIVE, "--sha256", &good[..63]], &["no SHA-256 checksum"]);
    machine.write("down loads/sums", &format!("{good}  another.tar.gz\n"));
    machine.refuses(
        &["--archive", ARCHIVE, "--sha256-file", "sums"],
        &["sums has no checksum for weft-9.9.9 linux"],
    );
    machine.refuses(&["--archive", ARCHIVE, "--sha256-file", "none"], &["none is not a file"]);
    machine.refuses(&["--archive", "none.tar.gz", "--sha256", &good], &["none.tar.gz is not a file"]);
}

#[test]
fn refuses_an_archive_it_cannot_verify() {
    let machine = Machine::new();
    let archive = machine.archive(&[], &[("weft", WEFT)]);
    let args = ["--archive", ARCHIVE, "--sha256", &sha256(&archive)];
    machine.refuses(&args, &["neither sha256sum nor shasum is installed"]);
}

#[test]
fn verifies_with_shasum_where_that_is_what_there_is() {
    let machine = Machine::new();
    let archive = machine.archive(&[], &[("weft", WEFT)]);
    let sum = sha256(&archive);
    machine.tool("shasum", &format!("[ \"$1 $2\" = '-a 256' ] && cat >/dev/null && echo '{sum}  -'"));
    let answer = machine.run(&["--archive", ARCHIVE, "--sha256", &sum]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
}

#[test]
fn refuses_archives_that_reach_out_of_themselves_or_hold_no_weft() {
    let weft = ("weft", WEFT);
    // GNU tar and bsdtar both keep such names with -P; the transformation is GNU's.
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], &'a str);
    let cases: &[Case<'_>] = &[
        (&["-P", "--transform=s,^x$,../../x,"], &[weft, ("x", "")], "leads out of it: ../../x"),
        (&["-P", "--transform=s,^x$,/etc/x,"], &[weft, ("x", "")], "leads out of it: /etc/x"),
        (&["-P", "--transform=s,^x$,a/..,"], &[weft, ("x", "")], "leads out of it: a/.."),
        (&[], &[("wefty", WEFT)], "does not hold exactly one file `weft`"),
        (&[], &[weft, ("a/weft", WEFT)], "does not hold exactly one file `weft`"),
        (&[], &[("weft/file", "")], "does not hold exactly one file `weft`"),
        (&[], &[("weft", "")], "is no regular file, or empty"),
        (&[], &[("weft", "not a program\n")], "does not run here"),
    ];
    for (options, members, words) in cases {
        let machine = Machine::with_checksums();
        let archive = machine.archive(options, members);
        machine.refuses(&["--archive", ARCHIVE, "--sha256", &sha256(&archive)], &[words]);
    }
    let machine = Machine::with_checksums();
    let text = machine.write("down loads/text.tar.gz", "no archive");
    machine.refuses(&["--archive", "text.tar.gz", "--sha256", &sha256(&text)], &["cannot be unpacked"]);
}

#[test]
fn refuses_a_link_in_place_of_the_binary() {
    let machine = Machine::with_checksums();
    fs::create_dir(machine.path("down loads/tree")).expect("a folder");
    symlink("/bin/sh", machine.path("down loads/tree/weft")).expect("a link");
    let archive = machine.archive(&["weft"], &[]);
    machine.refuses(&["--archive", ARCHIVE, "--sha256", &sha256(&archive)], &["no regular file"]);
}

#[test]
fn says_how_it_is_used() {
    let machine = Machine::new();
    let help = machine.run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    for flag in ["--to", "--archive", "--sha256", "--sha256-file", "--version"] {
        assert!(help.out.contains(flag), "{flag} is not in the help");
    }
    let version = machine.run(&["--version"]);
    assert_eq!((version.code, version.out.as_str()), (Some(0), "weft 9.9.9\n"));
    let wrong: &[&[&str]] = &[
        &["--nope"],
        &["archive.tar.gz"],
        &["--to"],
        &["--to", ""],
        &["--sha256", "00"],
        &["--archive", "a", "--sha256", "00", "--sha256-file", "b"],
    ];
    for args in wrong {
        let answer = machine.run(args);
        assert_eq!(answer.code, Some(2), "{args:?}");
        assert!(answer.out.is_empty() && answer.err.contains("--help"), "{args:?}: {}", answer.err);
    }
}
