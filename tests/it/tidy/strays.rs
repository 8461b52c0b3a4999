//! Files: each says what it is, is short, is used, and tells nothing of the machine it was written on.

use std::path::Path;
use std::process::Command;

use super::code::{code_only, listed_rules};
use super::{Files, files, none, reached};

const LONGEST: usize = 400;

/// Files that are longer all the same, and why: a table that reads best in one piece, say.
const LONGER: &[(&str, &str)] = &[];

fn untidy(files: &Files) -> Vec<String> {
    let mut complaints = vec![];
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let has_page = files.contains_key(&path.replace(".rs", ".md"));
        if !text.starts_with("//!") && !has_page {
            complaints.push(format!("{path}: begins with no `//!` that says what it is"));
        }
        let lines = text.lines().count();
        if lines > LONGEST && LONGER.iter().all(|(longer, _)| longer != path) {
            complaints
                .push(format!("{path}: {lines} lines; split it, or say in LONGER why it is better whole"));
        }
    }
    complaints
}

fn forgotten(files: &Files, roots: &[&str]) -> Vec<String> {
    let reached = reached(files, roots);
    let lost = files.keys().filter(|path| path.ends_with(".rs") && !reached.contains_key(*path));
    lost.map(|path| format!("{path}: no `mod` declares it, so it is never compiled")).collect()
}

/// A rule is listed, in a file of its own, with a page beside it.
fn incomplete_rules(files: &Files) -> Vec<String> {
    let list = files.get("src/rules/mod.rs").map(|text| listed_rules(&code_only(text))).unwrap_or_default();
    let mut complaints = vec![];
    for rule in &list {
        for half in ["rs", "md"] {
            let path = format!("src/rules/{rule}.{half}");
            if !files.contains_key(&path) {
                complaints.push(format!("{path}: is missing, but `rules!` lists the rule"));
            }
        }
    }
    for path in files.keys() {
        let Some(name) = path.strip_prefix("src/rules/") else { continue };
        let Some((rule, "md")) = name.rsplit_once('.') else { continue };
        if !list.iter().any(|listed| listed == rule) {
            complaints.push(format!("{path}: is the page of no rule that `rules!` lists"));
        }
    }
    complaints
}

/// What in a line tells where it was written. In pieces, so that this file does not find itself.
fn tells_of_machine(line: &str, lock: bool) -> Option<&'static str> {
    const FOLDERS: [&str; 3] = [concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/tmp", "/wt")];
    const HOME: &str = concat!("/ho", "me/");
    const HOSTS: [&str; 8] = [
        concat!("crates", ".io/"),
        concat!(".crates", ".io"),
        concat!("pypi", ".org"),
        concat!("pythonhosted", ".org"),
        concat!("golang", ".org/dl"),
        concat!("proxy.golang", ".org"),
        concat!("npmjs", ".org"),
        concat!("deb.debian", ".org"),
    ];
    // `a/work/b` and `../work` are no places on a machine.
    let absolute = |at: usize| {
        !line[..at]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '*' | '}' | ')'))
    };
    let folder = FOLDERS.into_iter().find(|folder| line.match_indices(folder).any(|(at, _)| absolute(at)));
    let home = line.match_indices(HOME).any(|(at, _)| {
        let user = line[at + HOME.len()..].split_once('/').map_or("", |(user, _)| user);
        // `user` is nobody's name: an example.
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        absolute(at) && !user.is_empty() && user.chars().all(name) && user != "user"
    });
    let host = HOSTS.into_iter().find(|host| !lock && line.contains(host));
    folder.or(home.then_some(HOME)).or(host)
}

fn telltales(files: &Files) -> Vec<String> {
    let mut complaints = vec![];
    for (path, text) in files {
        let lock = path.ends_with("Cargo.lock");
        for (number, line) in text.lines().enumerate() {
            if let Some(what) = tells_of_machine(line, lock) {
                complaints
                    .push(format!("{path}:{}: `{what}` is of the machine it was written on", number + 1));
            }
        }
    }
    complaints
}

/// A snapshot lies in snapshots/ and names (`source:`) a test file that is still there.
fn orphans(files: &Files) -> Vec<String> {
    let mut complaints = vec![];
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".snap")) {
        if !path.starts_with("snapshots/") {
            complaints.push(format!("{path}: snapshots lie in snapshots/ (insta's `snapshot_path`)"));
        }
        let source = text.lines().take(10).find_map(|line| line.strip_prefix("source: "));
        let source = source.map(|source| source.trim_matches('"'));
        if source.is_none_or(|source| !files.contains_key(source)) {
            let source = source.unwrap_or("no file");
            complaints.push(format!("{path}: comes from {source}, which is not there; delete the snapshot"));
        }
    }
    complaints
}

/// Every tracked or new file of the repo that is text; `None` outside of a git checkout.
fn tracked() -> Option<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(listing).current_dir(root).output().ok()?;
    let names = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    let names = names.split('\0').filter(|name| !name.is_empty());
    let read = |name: &str| Some((name.to_owned(), std::fs::read_to_string(root.join(name)).ok()?));
    Some(names.filter_map(read).collect())
}

#[test]
fn files_say_what_they_are_and_stay_short() {
    none(untidy(&files("src")));
}

#[test]
fn no_file_is_forgotten() {
    none(forgotten(&files("src"), &["src/lib.rs", "src/main.rs"]));
    none(forgotten(&files("tests/it"), &["tests/it/main.rs"]));
    none(incomplete_rules(&files("src")));
}

#[test]
fn nothing_tells_of_the_machine_it_was_written_on() {
    let Some(files) = tracked() else { return };
    none(telltales(&files));
    none(orphans(&files));
}

#[test]
fn untidy_files_are_found() {
    let long = "//! Long.\n".repeat(LONGEST + 1);
    let page = [("src/rules/a/x.rs", "use b;"), ("src/rules/a/x.md", "# x"), ("src/y.rs", "//! Short.")];
    assert_eq!(untidy(&super::made_up(&page)), [""; 0]);
    assert_eq!(untidy(&super::made_up(&[("src/long.rs", &long), ("src/bare.rs", "use a;\n")])).len(), 2);
}

#[test]
fn forgotten_files_are_found() {
    let files = super::made_up(&[("a/main.rs", "mod b;"), ("a/b.rs", ""), ("a/c.rs", ""), ("a/d.md", "")]);
    assert_eq!(forgotten(&files, &["a/main.rs"]), ["a/c.rs: no `mod` declares it, so it is never compiled"]);
}

#[test]
fn incomplete_rules_are_found() {
    let list = ("src/rules/mod.rs", "rules! { g { x, y, } }");
    let x = [("src/rules/g/x.rs", ""), ("src/rules/g/x.md", "")];
    let rules =
        |y: &str| incomplete_rules(&super::made_up(&[list, x[0], x[1], ("src/rules/g/y.rs", ""), (y, "")]));
    assert_eq!(rules("src/rules/g/y.md"), [""; 0]);
    assert_eq!(rules("src/rules/g/z.md").len(), 2);
}

#[test]
fn telltales_are_found() {
    let root = concat!("/ro", "ot");
    let home = concat!("/ho", "me");
    let host = concat!("https://crates", ".io");
    for line in [format!("cd {root}/x"), format!("`{home}/ann/x`"), format!("{host}/crates/y")] {
        assert!(tells_of_machine(&line, false).is_some(), "{line}");
    }
    for line in
        [format!("a{root}/x"), format!("{home}/user/x"), format!("{home}/<x>/y"), "from crates.io".into()]
    {
        assert_eq!(tells_of_machine(&line, false), None, "{line}");
    }
    assert_eq!(tells_of_machine(&format!("source = \"{host}/index\""), true), None);
    assert_eq!(telltales(&super::made_up(&[("a", &format!("x\n{root}/y"))])).len(), 1);
}

#[test]
fn orphaned_snapshots_are_found() {
    let test = ("tests/it/a.rs", "");
    let good = ("snapshots/it__a__b.snap", "---\nsource: tests/it/a.rs\nexpression: x\n---\n");
    assert_eq!(orphans(&super::made_up(&[test, good])), [""; 0]);
    assert_eq!(orphans(&super::made_up(&[good])).len(), 1);
    assert_eq!(orphans(&super::made_up(&[test, ("tests/it/snapshots/x.snap", good.1)])).len(), 1);
}
