//! Charts of our own, each for one trap, rendered as Helm renders them: `tests/charts/NAME/chart`, the cases in
//! `cases.json`, and what Helm 3.21 gave for each in `helm/` (`tests/charts/record` writes it anew).

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use weft::chart::{self, Assignment, Capabilities, KubeVersion, Options, Source, Warnings};
use weft::error::{Error, Result};
use weft::template::Limits;

mod archives;
mod command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts")
}

fn words(case: &Value, key: &str) -> Vec<String> {
    let items = case[key].as_array().into_iter().flatten();
    items.map(|item| item.as_str().expect("a string").to_owned()).collect()
}

/// Renders one case.
fn render(folder: &Path, case: &Value) -> Result<String> {
    let text = |key: &str, otherwise: &str| case[key].as_str().unwrap_or(otherwise).to_owned();
    let files = words(case, "ValueFiles");
    let layers =
        files.iter().map(|file| chart::read_layer(&folder.join(file))).collect::<Result<Vec<_>>>()?;
    let json = words(case, "SetJSON").into_iter().map(Assignment::Json);
    let typed = words(case, "Set").into_iter().map(Assignment::Typed);
    let strings = words(case, "SetString").into_iter().map(Assignment::Text);
    let values = chart::layered(&layers, &json.chain(typed).chain(strings).collect::<Vec<_>>())?;
    let kube_version = case["KubeVersion"].as_str().map(KubeVersion::parse).transpose()?.unwrap_or_default();
    let options = Options {
        release: text("Release", "release-name"),
        namespace: text("Namespace", "default"),
        is_upgrade: case["Upgrade"] == true,
        capabilities: Capabilities { kube_version, api_versions: words(case, "APIVersions") },
        limits: Limits::default(),
        functions: chart::functions::Options::default(),
    };
    let mut warnings = Warnings::new();
    let chart = chart::load(Source::Path(&folder.join("chart")), &mut warnings)?;
    let rendered = chart::render(chart, &values, &options, &mut warnings)?;
    Ok(rendered.stream(case["IncludeCRDs"] == true))
}

/// What differs from Helm, if anything.
fn difference(folder: &Path, name: &str, case: &Value) -> Option<String> {
    let wanted = fs::read_to_string(folder.join("helm").join(format!("{name}.yaml"))).ok();
    match (render(folder, case), wanted) {
        (Ok(text), Some(wanted)) if text == wanted => None,
        (Ok(text), Some(wanted)) => {
            let line = text.lines().zip(wanted.lines()).position(|(a, b)| a != b).unwrap_or_default();
            let at = |text: &str| text.lines().nth(line).unwrap_or_default().to_owned();
            Some(format!("line {}:\n      weft: {}\n      helm: {}", line + 1, at(&text), at(&wanted)))
        }
        (Ok(_), None) => Some("rendered, where Helm refuses".to_owned()),
        (Err(error), Some(_)) => Some(format!("refused: {error}")),
        (Err(_), None) => None,
    }
}

#[test]
fn charts_render_as_helm_renders_them() {
    let mut entries: Vec<_> =
        fs::read_dir(folder()).expect("charts").map(|entry| entry.expect("one").path()).collect();
    entries.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for folder in entries {
        let Ok(cases) = fs::read_to_string(folder.join("cases.json")) else { continue };
        let cases: Value = serde_json::from_str(&cases).expect("JSON");
        for (name, case) in cases.as_object().expect("cases by name") {
            count += 1;
            if let Some(difference) = difference(&folder, name, case) {
                wrong.push(format!("{}/{name}: {difference}", folder.file_name().expect("a name").display()));
            }
        }
    }
    assert!(count >= 80, "{count} cases");
    assert!(wrong.is_empty(), "{} of {count}\n  {}", wrong.len(), wrong.join("\n  "));
}

fn refusal(name: &str, case: &str) -> Error {
    let folder = folder().join(name);
    let cases = fs::read_to_string(folder.join("cases.json")).expect("cases");
    let cases: Value = serde_json::from_str(&cases).expect("JSON");
    render(&folder, &cases[case]).expect_err("a refusal")
}

#[test]
fn refusals_name_the_place_and_the_way_to_it() {
    let nested = refusal("errors", "nest").to_string();
    assert!(nested.contains("parent/templates/a.yaml:3:7"), "{nested}");
    assert!(nested.contains("parent/templates/_h.tpl:2:4"), "{nested}");
    assert!(nested.contains("parent/templates/_h.tpl:4:6"), "{nested}");
    let values = refusal("bad-values", "plain").to_string();
    assert!(values.contains("values.yaml:2:2"), "{values}");
    let missing = refusal("missing-dependency", "plain");
    assert_eq!(missing.status().code(), 3);
    assert_eq!(refusal("schema", "type").status().code(), 2);
}
