//! The functions of charts against what Helm gives: `tests/helm/golden.json`, which `tests/helm/golden` writes.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};
use weft::chart::functions::{Options, all};
use weft::template::{self, Elem, Map, MissingKey, Set, Type, Value};

/// Values as Helm hands them to templates, as far as the rows ask for them.
fn data(values: &Json) -> Value {
    let top = Map::of(Type::new("chartutil.Values", Elem::Any));
    let rest = Value::from(&json!({
        "Values": values,
        "Release": {"Name": "r", "Namespace": "ns", "Service": "Helm", "IsInstall": true, "IsUpgrade": false},
        "Template": {"Name": "made-up/templates/t", "BasePath": "made-up/templates"},
    }));
    for (key, value) in rest.as_map().into_iter().flat_map(Map::entries) {
        top.set(key, value);
    }
    top.into()
}

fn render(row: &str, values: &Json) -> Result<String, String> {
    let mut set = Set::new(all(&Options::default()));
    set.parse("made-up/templates/t", row).map_err(|error| error.to_string())?;
    let options = template::Options { missing_key: MissingKey::Zero, ..Default::default() };
    let text =
        set.render("made-up/templates/t", &data(values), options).map_err(|error| error.to_string())?;
    // Helm has no other way to say "nothing".
    Ok(text.to_str().replace("<no value>", ""))
}

#[test]
fn functions_give_what_helm_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/helm");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let values: Json = serde_json::from_str(&read("templates/values.json")).unwrap();
    let golden: BTreeMap<String, Vec<(String, Option<String>)>> =
        serde_json::from_str(&read("golden.json")).unwrap();
    let (mut rows, mut wrong) = (0, vec![]);
    for (file, golden) in &golden {
        let text = read(&format!("templates/{file}"));
        let templates: Vec<&str> =
            text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
        let known: Vec<&str> = golden.iter().map(|row| &*row.0).collect();
        assert_eq!(templates, known, "{file}: run tests/helm/golden");
        for (template, wanted) in golden {
            rows += 1;
            match (render(template, &values), wanted) {
                (Ok(given), Some(wanted)) if given == *wanted => {}
                (Err(_), None) => {}
                (given, wanted) => {
                    wrong.push(format!("{file}: {template}\n  helm: {wanted:?}\n  weft: {given:?}"))
                }
            }
        }
    }
    assert!(rows > 300, "only {rows} rows");
    assert!(wrong.is_empty(), "{} of {rows} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}
