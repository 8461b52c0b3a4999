//! What machines read of findings: the documents keep to their published schemas.

use std::process::Command;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value;
use weft::finding::render::{Format, Options, Report, render};
use weft::finding::{Finding, Fix, Label, ResourceRef, RuleMeta, Severity, Summary};
use weft::source::{Edit, FileId, Origin, SourceFile, Sources, Span};

static RULE: RuleMeta = RuleMeta {
    name: "host-is-bad",
    codes: &["IST0101", "IST0102"],
    analyzers: &[],
    summary: "A host is bad",
    severity: Severity::Warning,
    inputs: &[],
    page: "# A host is bad\n",
};

static BARE: RuleMeta = RuleMeta {
    name: "yaml-is-bad",
    codes: &[],
    analyzers: &[],
    summary: "The YAML is bad",
    severity: Severity::Error,
    inputs: &[],
    page: "",
};

/// Strings that a YAML parser may take for something else when they stand unquoted.
const TRAPS: &[&str] = &[
    "on",
    "off",
    "yes",
    "no",
    "y",
    "N",
    "true",
    "null",
    "~",
    "",
    "012",
    "0x1f",
    "1e3",
    "1_000",
    "1:30",
    ".5",
    ".inf",
    "2026-11-21",
    "<<",
    "=",
    "- a",
    "a: b",
    "a #b",
    "#a",
    " a ",
    "a\nb\n",
    "\t",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "{a",
    "[a",
    "|",
    ">",
    "'",
    "\"",
    "\\",
    "é日本",
    "\u{feff}",
    "\u{1b}",
    "\u{85}",
    "---",
    "...",
];

fn sources() -> Sources {
    let mut sources = Sources::default();
    for (name, text) in [
        ("./k8s/über uns.yaml", "\u{feff}kind: Gateway\r\nhosts:\r\n- \"*\"\r\n"),
        ("stdin", "a: b\n---\nc: d"),
        ("/tmp/empty.yaml", ""),
    ] {
        sources.add(SourceFile::new(name, Arc::new(text.into()), Origin::Memory));
    }
    sources
}

fn span(file: usize, start: u32, end: u32) -> Span {
    Span { file: FileId::new(file), start, end }
}

fn finding(rule: &'static RuleMeta, span: Span, message: &str) -> Finding {
    Finding {
        rule,
        codes: rule.codes,
        severity: rule.severity,
        message: message.into(),
        resource: None,
        document: 0,
        primary: Label { span, text: String::new() },
        related: Vec::new(),
        help: Vec::new(),
        fix: None,
    }
}

fn everything() -> Finding {
    let mut all = finding(&RULE, span(0, 3, 7), "gateway `x` does not exist");
    all.severity = Severity::Info;
    all.resource = Some(ResourceRef {
        api_version: "v1".into(),
        kind: "Gateway".into(),
        namespace: Some("shop".into()),
        name: "web".into(),
        cluster: Some("east".into()),
    });
    all.primary.text = "here".into();
    all.related = vec![
        Label { span: span(1, 0, 13), text: String::new() },
        Label { span: span(2, 0, 0), text: "there".into() },
    ];
    all.help = vec!["do this".into(), "or that".into()];
    let edits = [(span(0, 0, 3), ""), (span(1, 13, 13), "\n"), (span(0, 18, 20), "x")];
    let edit = |(span, text): (Span, &str)| Edit { span, replacement: text.into() };
    all.fix = Some(Fix { title: "repair it".into(), edits: edits.map(edit).into() });
    all
}

/// Reports with nothing, with all, with places at the borders, and with every trap in every text.
fn reports() -> Vec<Vec<Finding>> {
    let borders =
        [span(0, 0, 0), span(0, 0, 33), span(1, 5, 8), span(1, 13, 13), span(2, 0, 0), span(2, 9, 9)];
    let traps = TRAPS.iter().filter(|trap| !trap.is_empty()).map(|trap| {
        let mut finding = everything();
        finding.message = (*trap).into();
        finding.help = vec![(*trap).into()];
        finding.related[0].text = (*trap).into();
        finding.fix.as_mut().expect("it has one").edits[0].replacement = (*trap).into();
        finding.resource.as_mut().expect("it has one").name = (*trap).into();
        finding
    });
    vec![
        vec![],
        vec![everything()],
        borders.map(|span| finding(&BARE, span, "is bad")).into(),
        traps.collect(),
        vec![finding(&BARE, span(1, 0, 1), "is bad"), everything(), finding(&BARE, span(1, 0, 1), "is bad")],
    ]
}

fn rendered(findings: &[Finding], format: Format) -> String {
    let sources = sources();
    let skipped_rules = vec!["on".into()];
    let summary = Summary { files: 3, documents: 3, resources: 1, skipped_rules, ..Summary::of(findings) };
    let mut out = Vec::new();
    let report = Report { findings, sources: &sources, summary };
    render(&report, format, &Options::default(), &mut out).expect("a Vec takes everything");
    String::from_utf8(out).expect("text")
}

#[expect(clippy::disallowed_methods, reason = "the schemas are files")]
fn read_json(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn schemas() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

fn assert_valid(schema: &Validator, document: &Value) {
    let errors: Vec<_> =
        schema.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{}\n{document:#}", errors.join("\n"));
}

#[test]
fn every_schema_is_a_schema() {
    let files = schemas().read_dir().expect("a directory").map(|entry| entry.expect("an entry").path());
    let mut seen = 0;
    for path in files {
        let schema = read_json(&path);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{}", path.display());
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{}: {error}", path.display());
        }
        jsonschema::validator_for(&schema).expect("it resolves");
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn json_and_yaml_keep_to_the_schema_and_to_each_other() {
    let schema = jsonschema::validator_for(&read_json(&schemas().join("findings.json"))).expect("a schema");
    for findings in reports() {
        let (json, yaml) = (rendered(&findings, Format::Json), rendered(&findings, Format::Yaml));
        assert!(json.ends_with("}\n") && yaml.ends_with('\n') && !yaml.ends_with("\n\n"));
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_valid(&schema, &json);
        let parsed: Value = serde_saphyr::from_str(&yaml).unwrap_or_else(|e| panic!("{e}\n{yaml}"));
        assert_eq!(parsed, json, "{yaml}");
    }
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema = jsonschema::validator_for(&read_json(&schemas().join("findings.json"))).expect("a schema");
    let good: Value = serde_json::from_str(&rendered(&[everything()], Format::Json)).expect("JSON");
    for (pointer, value) in [
        ("/version", Value::from(2)),
        ("/kind", Value::from("Plan")),
        ("/findings/0/severity", Value::from("fatal")),
        ("/findings/0/location/startLine", Value::from(0)),
        ("/findings/0/resource/namespace", Value::from(1)),
        ("/summary/error", Value::Null),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect("it is there") = value;
        assert!(!schema.is_valid(&bad), "{pointer}");
    }
}

#[test]
fn strings_stay_strings_in_yaml_1_1() {
    for word in ["on", "off", "yes", "no", "y", "N", "012", "0x1f", "1e3", "1_000", "1:30", "2026-11-21", "~"]
    {
        let yaml = rendered(&[finding(&BARE, span(1, 0, 1), word)], Format::Yaml);
        let line = yaml.lines().find(|line| line.contains("message:")).expect("a message");
        let value = line.trim().trim_start_matches("message: ");
        assert!(value.starts_with(['"', '\'']), "{line}");
    }
}

#[test]
fn the_json_is_what_the_command_line_page_says() {
    let mut all = everything();
    (all.related, all.fix, all.help) = (Vec::new(), None, vec!["do this".into()]);
    insta::assert_snapshot!(rendered(&[all.clone()], Format::Json), @r#"
    {
      "version": 1,
      "kind": "Findings",
      "findings": [
        {
          "rule": "host-is-bad",
          "aliases": [
            "IST0101",
            "IST0102"
          ],
          "severity": "info",
          "message": "gateway `x` does not exist",
          "resource": {
            "apiVersion": "v1",
            "kind": "Gateway",
            "namespace": "shop",
            "name": "web",
            "cluster": "east"
          },
          "location": {
            "file": "./k8s/über uns.yaml",
            "document": 0,
            "startLine": 1,
            "startColumn": 1,
            "endLine": 1,
            "endColumn": 5
          },
          "related": [],
          "help": "do this",
          "fix": null
        }
      ],
      "summary": {
        "error": 0,
        "warning": 0,
        "info": 1,
        "files": 3,
        "documents": 3,
        "resources": 1,
        "skippedRules": [
          "on"
        ]
      }
    }
    "#);
    insta::assert_snapshot!(rendered(&[all], Format::Yaml), @r#"
    version: 1
    kind: Findings
    findings:
    - rule: host-is-bad
      aliases:
      - IST0101
      - IST0102
      severity: info
      message: gateway `x` does not exist
      resource:
        apiVersion: v1
        kind: Gateway
        namespace: shop
        name: web
        cluster: east
      location:
        file: ./k8s/über uns.yaml
        document: 0
        startLine: 1
        startColumn: 1
        endLine: 1
        endColumn: 5
      related: []
      help: do this
      fix: null
    summary:
      error: 0
      warning: 0
      info: 1
      files: 3
      documents: 3
      resources: 1
      skippedRules:
      - "on"
    "#);
}

/// The schema as OASIS published it, out of a crate that cargo locks and fetches for this and never builds.
fn sarif_schema() -> Value {
    let run = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let metadata: Value = serde_json::from_slice(&run.expect("cargo runs").stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("it is locked");
    let manifest = std::path::Path::new(package["manifest_path"].as_str().expect("a path"));
    let mut schema = read_json(&manifest.with_file_name("src").join("schema.json"));
    // The pattern of languages has a stray bracket, which is no regular expression; weft writes no language.
    for holder in ["run", "toolComponent"] {
        let language = schema["definitions"][holder]["properties"]["language"].as_object_mut();
        language.expect("a property").remove("pattern").expect("its pattern");
    }
    schema
}

#[test]
fn sarif_keeps_to_the_published_schema() {
    let schema = jsonschema::validator_for(&sarif_schema()).expect("a schema");
    for findings in reports() {
        let sarif: Value = serde_json::from_str(&rendered(&findings, Format::Sarif)).expect("JSON");
        assert_valid(&schema, &sarif);
    }
    assert!(!schema.is_valid(&serde_json::json!({ "version": "2.1.0" })));
}

#[test]
fn sarif_names_rules_once_and_results_point_at_them() {
    let findings =
        [finding(&BARE, span(1, 0, 1), "is bad"), everything(), finding(&BARE, span(1, 0, 1), "is bad")];
    let sarif: Value = serde_json::from_str(&rendered(&findings, Format::Sarif)).expect("JSON");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), 2);
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    }
    let print = |at: usize| &run["results"][at]["partialFingerprints"]["weft/v1"];
    assert_ne!(print(0), print(2));
    insta::assert_snapshot!(format!("{:#}", run["results"][1]), @r#"
    {
      "ruleId": "host-is-bad",
      "ruleIndex": 0,
      "level": "note",
      "message": {
        "text": "gateway `x` does not exist\nhelp: do this\nhelp: or that"
      },
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "k8s/%C3%BCber%20uns.yaml"
            },
            "region": {
              "startLine": 1,
              "startColumn": 1,
              "endLine": 1,
              "endColumn": 5
            }
          },
          "logicalLocations": [
            {
              "fullyQualifiedName": "east/shop/Gateway/web",
              "kind": "resource"
            }
          ],
          "message": {
            "text": "here"
          }
        }
      ],
      "relatedLocations": [
        {
          "id": 1,
          "physicalLocation": {
            "artifactLocation": {
              "uri": "stdin"
            },
            "region": {
              "startLine": 1,
              "startColumn": 1,
              "endLine": 3,
              "endColumn": 5
            }
          }
        },
        {
          "id": 2,
          "physicalLocation": {
            "artifactLocation": {
              "uri": "file:///tmp/empty.yaml"
            },
            "region": {
              "startLine": 1,
              "startColumn": 1,
              "endLine": 1,
              "endColumn": 1
            }
          },
          "message": {
            "text": "there"
          }
        }
      ],
      "partialFingerprints": {
        "weft/v1": "c9faaff9696e24bb7e017f76ea9b2073"
      },
      "fixes": [
        {
          "description": {
            "text": "repair it"
          },
          "artifactChanges": [
            {
              "artifactLocation": {
                "uri": "k8s/%C3%BCber%20uns.yaml"
              },
              "replacements": [
                {
                  "deletedRegion": {
                    "startLine": 1,
                    "startColumn": 1,
                    "endLine": 1,
                    "endColumn": 1
                  },
                  "insertedContent": {
                    "text": ""
                  }
                },
                {
                  "deletedRegion": {
                    "startLine": 2,
                    "startColumn": 1,
                    "endLine": 2,
                    "endColumn": 3
                  },
                  "insertedContent": {
                    "text": "x"
                  }
                }
              ]
            },
            {
              "artifactLocation": {
                "uri": "stdin"
              },
              "replacements": [
                {
                  "deletedRegion": {
                    "startLine": 3,
                    "startColumn": 5,
                    "endLine": 3,
                    "endColumn": 5
                  },
                  "insertedContent": {
                    "text": "\n"
                  }
                }
              ]
            }
          ]
        }
      ]
    }
    "#);
}
