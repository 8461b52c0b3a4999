//! The architecture as a test: who may use whom, what may stand where, and that nothing lies about unused.

mod code;
mod layers;
mod strays;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Paths from the root of the repo, with `/`, and the text of each.
type Files = BTreeMap<String, String>;

/// Every file below a folder of the repo that is text.
fn files(folder: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Files::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            let name = format!("{folder}/{}", path.file_name().expect("a name").display());
            if path.is_dir() {
                todo.push(name);
            } else if let Ok(text) = fs::read_to_string(&path) {
                found.insert(name, text);
            }
        }
    }
    found
}

/// The files that `mod` declarations and `rules!` lists reach from some roots, and whether only tests do.
fn reached(files: &Files, roots: &[&str]) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::<String, bool>::new();
    let mut todo: Vec<_> = roots.iter().map(|root| ((*root).to_owned(), false)).collect();
    while let Some((path, test)) = todo.pop() {
        let Some(text) = files.get(&path) else { continue };
        if found.get(&path).is_some_and(|&known| test || !known) {
            continue;
        }
        found.insert(path.clone(), test);
        let code = code::code_only(text);
        let live = code::without_tests(&code);
        let mut children: Vec<_> = code::declared(&code)
            .into_iter()
            .map(|(at, child)| (child, test || live[at..].starts_with(' ')))
            .collect();
        children.extend(code::listed_rules(&code).into_iter().map(|rule| (rule, test)));
        let own = path.trim_end_matches(".rs");
        let folder = if roots.contains(&path.as_str()) || path.ends_with("/mod.rs") {
            own.rsplit_once('/').map_or("", |(folder, _)| folder)
        } else {
            own
        };
        for (child, test) in children {
            todo.push((format!("{folder}/{child}.rs"), test));
            todo.push((format!("{folder}/{child}/mod.rs"), test));
        }
    }
    found
}

/// Fails with all complaints at once.
fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n  {}\n", complaints.join("\n  "));
}

/// Files for a check to be tried on.
fn made_up(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn modules_are_followed_from_their_declarations() {
    let files = made_up(&[
        ("src/lib.rs", "mod a;\n#[cfg(test)]\nmod t;"),
        ("src/a/mod.rs", "mod b { mod c; }\nrules! { g { x, } }"),
        ("src/a/b/c.rs", "mod d;"),
        ("src/a/b/c/d.rs", ""),
        ("src/a/g/x.rs", ""),
        ("src/t.rs", "mod u;"),
        ("src/t/u.rs", ""),
        ("src/lost.rs", ""),
    ]);
    let reached = reached(&files, &["src/lib.rs"]);
    let tests: Vec<_> = reached.iter().filter(|(_, test)| **test).map(|(path, _)| path.as_str()).collect();
    assert_eq!(reached.len(), 7);
    assert_eq!(tests, ["src/t.rs", "src/t/u.rs"]);
}
