//! Who may use whom, and what may stand in which module.

use super::code::{above, behind, below, code_only, line, without_tests, words};
use super::{Files, files, none, reached};

const BELOW_FEATURES: &[&str] =
    &["source", "error", "template", "yaml", "model", "schema", "finding", "chart", "load"];
const BELOW_MESH: &[&[&str]] = &[BELOW_FEATURES, &["mtls", "authz", "inject", "proxy", "install"]];

/// A module, and the modules of weft that it may use. A slice of slices, so that rows can say "all of the above".
const MAY_USE: &[(&str, &[&[&str]])] = &[
    ("source", &[]),
    ("error", &[]),
    ("template", &[]),
    ("demo", &[]),
    ("yaml", &[&["source"]]),
    ("model", &[&["source", "yaml"]]),
    ("schema", &[&["source", "yaml", "error"]]),
    ("finding", &[&["source", "yaml", "model"]]),
    ("config", &[&["source", "finding", "error"]]),
    ("chart", &[&["source", "yaml", "template", "error"]]),
    ("load", &[&["source", "yaml", "model", "finding", "config", "error"]]),
    ("mtls", &[BELOW_FEATURES]),
    ("authz", &[BELOW_FEATURES]),
    ("inject", &[BELOW_FEATURES]),
    ("proxy", &[BELOW_FEATURES]),
    ("install", &[BELOW_FEATURES]),
    ("mesh", BELOW_MESH),
    ("rules", &[BELOW_FEATURES, BELOW_MESH[1], &["mesh"]]),
    ("analysis", &[BELOW_FEATURES, BELOW_MESH[1], &["mesh", "rules", "config"]]),
    ("cluster", &[&["source", "yaml", "model", "load", "install", "error"]]),
    ("ui", &[&["finding", "install", "error"]]),
];

/// Where everything comes together: these may use all of the others.
const MAY_USE_ALL: &[&str] = &["cli", "commands", "main", "lib"];

/// What only some modules may do.
struct Kept {
    what: &'static str,
    of: &'static [&'static str],
    found: fn(&str) -> Vec<usize>,
}

const KEPT: &[Kept] = &[
    Kept {
        what: "`async` and `.await`",
        of: &["cluster", "commands", "main"],
        found: |code| {
            let found = words(code).filter(|word| word.1 == "async" || word.1 == "await");
            found.map(|word| word.0).collect()
        },
    },
    Kept {
        what: "printing and `process::exit`",
        of: &["ui", "main"],
        found: |code| {
            let prints = ["print", "println", "eprint", "eprintln", "dbg"];
            let macros = words(code)
                .filter(|&word| prints.contains(&word.1) && behind(code, word).starts_with('!'))
                .map(|word| word.0);
            macros.chain(code.match_indices("process::exit").map(|(at, _)| at)).collect()
        },
    },
    Kept {
        what: "`std::fs` and `std::env`",
        of: &["load", "chart", "cluster", "ui", "main"],
        found: |code| {
            let found = below(code, "std").into_iter().filter(|word| ["fs", "env"].contains(&word.1));
            found.map(|word| word.0).collect()
        },
    },
];

/// The code of each file that is no test, comments and strings left out.
fn live_code(files: &Files) -> Vec<(&str, String)> {
    let reached = reached(files, &["src/lib.rs", "src/main.rs"]);
    let live = files.iter().filter(|(path, _)| path.ends_with(".rs") && reached.get(*path) != Some(&true));
    live.map(|(path, text)| (path.as_str(), without_tests(&code_only(text)))).collect()
}

/// The path of a file's module: `["yaml", "node"]` for `src/yaml/node.rs`; `["lib"]` and `["main"]` for the roots.
fn module(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').collect()
}

fn forbidden_uses(files: &Files) -> Vec<String> {
    let mut complaints = vec![];
    for (path, code) in live_code(files) {
        let segments = module(path);
        let own = segments[0];
        if MAY_USE_ALL.contains(&own) {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == own) else {
            complaints.push(format!("{path}: add `{own}` to MAY_USE: what may it use, and who may use it?"));
            continue;
        };
        let known =
            |name: &str| MAY_USE_ALL.contains(&name) || MAY_USE.iter().any(|(module, _)| *module == name);
        // A `super::` too many reaches the inside of the file's own module where that is nested in the file.
        let through_super = above(&code, segments.len()).into_iter().filter(|word| known(word.1));
        for (at, to) in below(&code, "crate").into_iter().chain(through_super) {
            if to != own && !allowed.iter().any(|row| row.contains(&to)) {
                complaints.push(format!("{path}:{}: `{own}` may not use `{to}`", line(&code, at)));
            }
        }
    }
    complaints
}

fn out_of_place(files: &Files) -> Vec<String> {
    let mut complaints = vec![];
    for (path, code) in live_code(files) {
        let own = module(path)[0];
        for Kept { what, of, found } in KEPT.iter().filter(|kept| !kept.of.contains(&own)) {
            let places = found(&code);
            let places = places
                .into_iter()
                .map(|at| format!("{path}:{}: {what} may stand only in {}", line(&code, at), of.join(", ")));
            complaints.extend(places);
        }
    }
    complaints
}

#[test]
fn modules_use_only_what_is_below_them() {
    none(forbidden_uses(&files("src")));
}

#[test]
fn effects_stay_at_the_ends() {
    none(out_of_place(&files("src")));
}

#[test]
fn a_forbidden_use_is_found() {
    let complaints = |path: &str, text: &str| {
        let files = super::made_up(&[("src/lib.rs", "mod yaml;"), (path, text)]);
        forbidden_uses(&files).join("; ")
    };
    assert_eq!(
        complaints("src/yaml/mod.rs", "use crate::source::Span;\n// crate::model\n\"crate::model\""),
        ""
    );
    assert_eq!(complaints("src/yaml/mod.rs", "#[cfg(test)]\nmod tests { use crate::model::Kind; }"), "");
    assert_eq!(complaints("src/commands/a.rs", "use crate::{ui, model};"), "");
    let found = "src/yaml/mod.rs:2: `yaml` may not use `model`";
    assert_eq!(complaints("src/yaml/mod.rs", "\nuse crate::model::Kind;"), found);
    assert_eq!(complaints("src/yaml/mod.rs", "\nuse super::model::Kind;"), found);
    assert_eq!(complaints("src/yaml/mod.rs", "\nuse crate::{source::Span, model};"), found);
    assert!(complaints("src/yaml/a.rs", "use super::super::rules::ALL;").contains("may not use `rules`"));
    assert!(complaints("src/authz/a.rs", "fn f() { crate::mtls::f() }").contains("may not use `mtls`"));
    assert!(complaints("src/new.rs", "").contains("add `new` to MAY_USE"));
}

#[test]
fn files_of_tests_are_left_out() {
    let tests = "#[cfg(test)]\nmod tests;";
    let files = super::made_up(&[
        ("src/lib.rs", "mod yaml;"),
        ("src/yaml.rs", tests),
        ("src/yaml/tests.rs", "use crate::rules::ALL; fn f() { std::fs::read(\"x\"); }"),
    ]);
    assert_eq!(forbidden_uses(&files), [""; 0]);
    assert_eq!(out_of_place(&files), [""; 0]);
}

#[test]
fn an_effect_out_of_place_is_found() {
    let found = |module: &str, text: &str| {
        let path = format!("src/{module}/x.rs");
        out_of_place(&super::made_up(&[(&path, text)])).len()
    };
    let effects = [
        ("async fn f() {}", "cluster"),
        ("fn f() { g().await }", "commands"),
        ("fn f() { println!() }", "ui"),
        ("fn f() { std::process::exit(1) }", "ui"),
        ("use std::{collections, fs};", "load"),
        ("fn f() { std::env::var(\"x\"); }", "cluster"),
    ];
    for (text, home) in effects {
        assert_eq!((found("rules", text), found(home, text)), (1, 0), "{text}");
    }
    assert_eq!(
        found("rules", "// println!\nfn f() { \"async\"; env!(\"x\"); writeln!(f); asynchronous() }"),
        0
    );
}
