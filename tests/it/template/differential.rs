//! Asks Go: `tests/run templates` builds `tests/gotemplate` and compares the tables and many
//! made-up templates.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use weft::template::{Error, MissingKey, Str};

use super::{cases, generate, render_with, with_missing_key};

const MADE_UP: u64 = 30_000;

/// A template and an option, which names itself to Go.
type Case = (String, MissingKey);

#[test]
#[ignore = "needs Go; a few minutes in a debug build"]
fn go_agrees() {
    let table = cases::all().map(|(template, _)| (template.to_string(), MissingKey::Default));
    let options = [MissingKey::Default, MissingKey::Zero, MissingKey::Error];
    let made_up = (0..MADE_UP).map(|seed| (generate::Dice::new(seed).template(), options[seed as usize % 3]));
    let cases: Vec<Case> = table.chain(made_up).collect();
    let data = generate::data();
    let complaints: Vec<String> = go(&cases, &data)
        .iter()
        .zip(&cases)
        .filter_map(|(go, (template, key))| {
            let weft = render_with(template, &data, with_missing_key(*key));
            let why = disagreement(go, &weft)?;
            Some(format!("{why}: {template:?} {key:?}\n  Go:   {go}\n  weft: {weft:?}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{} of {}\n{}", complaints.len(), cases.len(), complaints.join("\n"));
}

/// What Go says of each case.
fn go(cases: &[Case], data: &Value) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let program = folder.path().join("gotemplate");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gotemplate/main.go");
    let built = Command::new("go").arg("build").arg("-o").arg(&program).arg(source).status();
    assert!(built.is_ok_and(|status| status.success()), "Go builds the program");
    let mut child = Command::new(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let (mut stdin, stdout) = (child.stdin.take().expect("stdin"), child.stdout.take().expect("stdout"));
    let answers = std::thread::scope(|scope| {
        scope.spawn(move || {
            for (template, key) in cases {
                let key = format!("{key:?}").to_lowercase();
                let request = json!({"template": template, "data": data, "missingkey": key});
                writeln!(stdin, "{request}").expect("the program reads");
            }
        });
        let lines = BufReader::new(stdout).lines();
        lines.map(|line| serde_json::from_str(&line.expect("a line")).expect("JSON")).collect::<Vec<Value>>()
    });
    child.wait().expect("the program ends");
    assert_eq!(answers.len(), cases.len(), "an answer for each case");
    answers
}

fn disagreement(go: &Value, weft: &Result<Str, Box<Error>>) -> Option<&'static str> {
    match (go["output"].as_str(), weft) {
        (Some(go), Ok(weft)) => (go != escaped(weft.as_bytes())).then_some("another output"),
        (Some(_), Err(_)) => Some("an error of weft's alone"),
        (None, Ok(_)) => Some("an error of Go's alone"),
        (None, Err(weft)) => {
            let message = go["error"].as_str().unwrap_or_default();
            // Where an `end` is missing, weft names the line that opens the block, and Go the last.
            let elsewhere = !message.contains("unexpected EOF") && line(message) != Some(weft.place.line);
            elsewhere.then_some("another line")
        }
    }
}

/// The line of the innermost place that Go's message names.
fn line(message: &str) -> Option<usize> {
    let names = ["template: t:", "template: tpl:"];
    let behind = names.iter().filter_map(|name| message.rfind(name).map(|at| at + name.len())).max()?;
    message[behind..].split(':').next()?.parse().ok()
}

/// Bytes that are no UTF-8 as `\xff`.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}
