//! weft refuses what a real API server refused of the documents of `tests/agreement/corpus`, and nothing else.
//!
//! The server's verdicts are recorded, so that no cluster is needed here; `tests/agreement/run` records them, and
//! checks them against a server. A disagreement has its reason in `known.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Sandbox;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/agreement");

/// File and document, from 0.
type Place = (String, usize);

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(HERE).join(name)).expect(name)
}

fn json(name: &str) -> Value {
    serde_json::from_str(&read(name)).expect(name)
}

/// What weft finds that the API server should refuse too.
fn refused() -> BTreeMap<Place, Vec<String>> {
    let rules = read("rules");
    let run = Sandbox::new().run(["validate", "-o", "json", &format!("{HERE}/corpus")]);
    let answer: Value = serde_json::from_str(&run.stdout).expect("an answer in JSON");
    let mut refused: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for finding in answer["findings"].as_array().expect("findings") {
        let rule = finding["rule"].as_str().expect("a rule");
        if finding["severity"] == "error" && rules.lines().any(|known| known == rule) {
            let location = &finding["location"];
            let file = Path::new(location["file"].as_str().expect("a file")).file_name().expect("a name");
            let document = location["document"].as_u64().expect("a document");
            let place =
                (file.to_string_lossy().into_owned(), usize::try_from(document).expect("a small number"));
            let text = format!("line {}: {rule}: {}", location["startLine"], finding["message"]);
            refused.entry(place).or_default().push(text);
        }
    }
    refused
}

#[test]
fn weft_agrees_with_the_api_server() {
    let (verdicts, known, mut refused) = (json("verdicts.json"), json("known.json"), refused());
    let mut differences = vec![];
    for (file, documents) in verdicts.as_object().expect("files") {
        for (number, verdict) in documents.as_array().expect("documents").iter().enumerate() {
            let mine = refused.remove(&(file.clone(), number)).unwrap_or_default();
            let name = verdict["name"].as_str().filter(|name| !name.is_empty());
            let key = format!("{file}: {}", name.map_or_else(|| number.to_string(), str::to_owned));
            let agrees = verdict["accepted"] == mine.is_empty();
            if agrees && known.get(&key).is_some() {
                differences.push(format!("{key}: stands in known.json without need"));
            } else if !agrees && known.get(&key).is_none() {
                differences.push(format!("{key}: the server: {}; weft: {mine:?}", verdict["causes"]));
            }
        }
    }
    differences.extend(refused.into_keys().map(|(file, number)| format!("{file}: {number}: has no verdict")));
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}
