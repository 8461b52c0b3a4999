//! Reads `README.md` as somebody who types what it says: every `$ …` line of its `console` blocks is run or looked up,
//! in their order, beside the files that its blocks headed `# NAME` show. `UPDATE=1` writes the outputs anew.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Sandbox, weft};

/// The day on which the README is read, so that no date in it expires.
const TODAY: &str = "2026-11-21";

#[test]
fn every_command_gives_what_is_shown() {
    let machine = Machine::new();
    let text = readme();
    let (current, complaints) = machine.walk(&text);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), current).expect("README.md is written");
    }
    let unknown: Vec<_> = complaints.iter().filter(|complaint| !complaint.starts_with(STALE)).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    if std::env::var_os("UPDATE").is_none() {
        assert!(complaints.is_empty(), "run the tests once with UPDATE=1\n{}", complaints.join("\n"));
    }
}

const STALE: &str = "README.md shows another output";

/// A folder for the files, and a PATH on which `weft` is the one under test.
struct Machine {
    files: Sandbox,
    tools: Sandbox,
}

impl Machine {
    fn new() -> Self {
        let script = format!(
            "#!/bin/sh\n[ \"$1\" != analyze ] || {{ shift; set -- analyze --now {TODAY} \"$@\"; }}\nexec '{}' \"$@\"\n",
            env!("CARGO_BIN_EXE_weft")
        );
        let tools = Sandbox::new().file("weft", script);
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(tools.path().join("weft"), mode).expect("an executable script");
        Self { files: Sandbox::new(), tools }
    }

    /// The text as it should be, and what is wrong with it.
    fn walk(&self, text: &str) -> (String, Vec<String>) {
        let (mut current, mut complaints) = (String::new(), vec![]);
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            current += &format!("{line}\n");
            let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match (info, body.first().and_then(|line| file_name(line))) {
                ("console", _) => current += &self.session(&body, &mut complaints),
                (_, name) => {
                    let body = format!("{}\n", body.join("\n"));
                    if let Some(name) = name {
                        fs::write(self.files.path().join(name), &body).expect("a file of the README");
                    }
                    current += &body;
                }
            }
            current += "```\n";
        }
        (current, complaints)
    }

    /// A `console` block as it should be.
    fn session(&self, body: &[&str], complaints: &mut Vec<String>) -> String {
        let mut current = String::new();
        let commands: Vec<usize> = (0..body.len()).filter(|&at| body[at].starts_with("$ ")).collect();
        for (at, &begin) in commands.iter().enumerate() {
            let end = commands.get(at + 1).copied().unwrap_or(body.len());
            let (typed, shown) = (&body[begin][2..], body[begin + 1..end].join("\n"));
            current += &format!("$ {typed}\n");
            if !runs_weft(typed) {
                complaints.extend(exists(typed).err());
                complaints
                    .extend((!shown.is_empty()).then(|| format!("nothing checks the output of `{typed}`")));
            } else {
                let printed = self.run(typed);
                let same = tidy(&printed) == tidy(&shown);
                if !same {
                    complaints
                        .push(format!("{STALE}\n$ {typed}\n--- shown\n{shown}\n--- printed\n{printed}"));
                }
                // Durations that are shown stay as long as the rest does.
                let output = if same { &shown } else { &printed };
                current += &output.lines().map(|line| format!("{line}\n")).collect::<String>();
            }
        }
        current
    }

    /// What a terminal would show.
    fn run(&self, typed: &str) -> String {
        let path = format!("{}:{}", self.tools.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("exec 2>&1\n{typed}"))
            .current_dir(self.files.path())
            .stdin(Stdio::null());
        shell.env_clear().env("PATH", path).env("HOME", self.files.path()).env("LC_ALL", "C.UTF-8");
        String::from_utf8(shell.output().expect("a shell").stdout).expect("output is UTF-8")
    }
}

/// `web.yaml` of `# web.yaml`.
fn file_name(line: &str) -> Option<&str> {
    line.strip_prefix("# ").filter(|name| name.contains('.') && !name.contains([' ', '/']))
}

fn runs_weft(typed: &str) -> bool {
    typed.split(['|', ';']).any(|part| part.trim_start().starts_with("weft "))
}

/// The output without the durations that end closing lines, as in ` · 12 ms`.
fn tidy(output: &str) -> String {
    let timeless = |line| match str::rsplit_once(line, " · ") {
        Some((rest, last)) if is_duration(last) => rest,
        _ => line,
    };
    output.trim_end().lines().map(timeless).collect::<Vec<_>>().join("\n")
}

fn is_duration(text: &str) -> bool {
    let (number, unit) = text.trim_start_matches("under ").split_once(' ').unwrap_or_default();
    number.parse::<f64>().is_ok() && ["ms", "s"].contains(&unit)
}

/// Whether what is typed names a script, a target and flags that are there.
fn exists(typed: &str) -> Result<(), String> {
    let words: Vec<&str> = typed.split(' ').skip_while(|word| word.contains('=')).collect();
    let missing = |what: &str| Err(format!("README.md: `{typed}`: {what}"));
    match words.as_slice() {
        ["cargo", "run", .., "--", command] => match parses(&[command]) {
            true => Ok(()),
            false => missing("weft has no such command"),
        },
        ["cargo", "test"] => Ok(()),
        ["cargo", "test", "--test", "it", module] => {
            match root().join(format!("tests/it/{module}.rs")).exists() {
                true => Ok(()),
                false => missing("no such test"),
            }
        }
        ["cargo", "fuzz", "list"] if root().join("fuzz/Cargo.toml").exists() => Ok(()),
        [script, words @ ..] if script.contains('/') => {
            let Ok(help) = Command::new(root().join(script)).arg("--help").output() else {
                return missing("no such script");
            };
            let help = String::from_utf8_lossy(&help.stdout);
            let known: BTreeSet<&str> =
                help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
            let value = |at: usize| at > 0 && words[at - 1].starts_with("--");
            let strange = (0..words.len()).find(|&at| !value(at) && !known.contains(words[at]));
            strange.map_or(Ok(()), |at| missing(&format!("its --help does not name `{}`", words[at])))
        }
        _ => missing("nothing checks it"),
    }
}

fn parses(words: &[&str]) -> bool {
    let matches = ::weft::cli::command().try_get_matches_from([&["weft"], words].concat());
    // What is no subcommand of clap's is one that is not built, or none.
    let known = |name: &str| ::weft::cli::command().find_subcommand(name).is_some();
    matches.is_ok_and(|matches| matches.subcommand_name().is_some_and(known))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("README.md")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The texts in backticks outside of blocks.
fn spans(text: &str) -> Vec<&str> {
    text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2)).collect()
}

/// The item of a list that starts with a word, in one piece.
fn item<'t>(text: &'t str, word: &str) -> &'t str {
    let (_, item) = text.split_once(&format!("\n- {word}:")).unwrap_or_else(|| panic!("no item `{word}`"));
    let end = [item.find("\n- "), item.find("\n\n")].into_iter().flatten().min();
    &item[..end.unwrap_or(item.len())]
}

#[test]
fn what_works_works_and_what_is_to_come_says_so() {
    let text = readme();
    let works: BTreeSet<String> = spans(item(&text, "Works")).into_iter().map(str::to_owned).collect();
    let command = ::weft::cli::command();
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    assert_eq!(works, shown.map(|command| command.get_name().to_owned()).collect());
    for word in spans(item(&text, "To come")) {
        let run = match word {
            "analyze" | "not built yet" => continue,
            flag if flag.starts_with("--") => weft(["analyze", flag, "x"]),
            command => weft([command]),
        };
        assert_eq!(run.code, Some(64), "{run}");
    }
}

#[test]
fn commands_and_files_in_its_prose_are_there() {
    let text = readme();
    for span in spans(&text) {
        for (at, _) in span.match_indices("weft ") {
            let end = span[at..].find(['|', ')', ';']).map_or(span.len(), |end| at + end);
            let words: Vec<&str> = span[at + 5..end].split_whitespace().collect();
            let named = words.len() == 1 && ::weft::cli::command().find_subcommand(words[0]).is_some();
            assert!(named || parses(&words), "`{span}` does not parse");
        }
        let folder =
            ["src/", "tests/", "benches/", "fuzz/", "schemas/"].iter().any(|folder| span.starts_with(folder));
        let placeholder = span.contains(|c: char| c.is_ascii_uppercase() || c == ' ');
        assert!(!folder || placeholder || root().join(span).exists(), "`{span}` is not there");
    }
    let rust = format!("Rust {} or newer", env!("CARGO_PKG_RUST_VERSION"));
    assert!(text.contains(&rust), "{rust}");
}

#[test]
fn its_exit_codes_are_those_of_the_help() {
    let code =
        |line: &str, sign: char| line.trim_start_matches(sign).split_whitespace().next()?.parse::<u8>().ok();
    let help = weft("--help").stdout;
    let (_, help) = help.split_once("Exit codes:").expect("the help names them");
    let of_help: BTreeSet<u8> = help.lines().filter_map(|line| code(line, ' ')).collect();
    let of_readme: BTreeSet<u8> =
        readme().lines().filter_map(|line| code(line.strip_prefix('|')?, ' ')).collect();
    assert_eq!(of_readme, of_help);
}

#[test]
fn what_is_wrong_is_told() {
    let machine = Machine::new();
    let block = |typed: &str, shown: &str| format!("```console\n$ {typed}\n{shown}```\n");
    let complaints = |text: &str| machine.walk(text).1.len();
    let file = "```yaml\n# a.yaml\na: b\n```\n";
    let right = format!("{file}{}", block("weft analyze -q a.yaml; echo $?", "0\n"));
    assert_eq!(machine.walk(&right), (right.clone(), vec![]));
    assert_eq!(tidy("a · 12 ms\n"), tidy("a · under 1 ms"));
    assert_ne!(tidy("a · 12 files"), tidy("a · 13 files"));
    let (mended, complaints_of_wrong) = machine.walk(&right.replace("0\n", "1\n"));
    assert_eq!((mended, complaints_of_wrong.len()), (right, 1));
    for typed in
        ["tests/run", "tests/run --long", "./install.sh --to x", "UPDATE=1 cargo test --test it pages"]
    {
        assert_eq!(complaints(&block(typed, "")), 0, "{typed}");
        assert_eq!(complaints(&block(typed, "output\n")), 1, "{typed}");
    }
    for typed in [
        "tests/rum",
        "tests/run --lonk",
        "tests/run clipy",
        "make",
        "cargo test --test it pagez",
        "cargo run -- dmeo",
    ] {
        assert_eq!(complaints(&block(typed, "")), 1, "{typed}");
    }
}
