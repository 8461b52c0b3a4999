//! `weft validate` and `weft render --crds-only`: each document by itself, and the definitions it is judged by.

use insta::assert_snapshot as assert_inline;

use crate::support::{Sandbox, assert_schema, assert_snapshot, weft};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostnameOverride: web.shop
  workloadRef: {}
  containers:
    - name: web
      image: web:1
";

const ROUTE: &str = "\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
spec:
  hosts: [web]
  gateways: [nowhere]
  http:
    - route:
        - destination: {host: nobody}
      timeout: soon
";

fn codes(sandbox: &Sandbox, words: &str) -> Vec<String> {
    let run = sandbox.run(&*format!("validate -o json {words}"));
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).expect("an answer in JSON");
    let findings = answer["findings"].as_array().expect("findings");
    findings.iter().map(|finding| finding["message"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_document_is_judged_by_itself() {
    let sandbox = Sandbox::new().file("web.yaml", ROUTE);
    assert_inline!(sandbox.run("validate web.yaml"), @"
    $ weft validate web.yaml
    error[failed-validation]: `spec.http[0].timeout`: must be a valid duration greater than 1ms
      --> web.yaml:11:16
       |
    11 |       timeout: soon
       |                ^^^^
    --- stderr

    1 finding: 1 error · 1 document in 1 file · [time]
    exit 1 because of errors (--fail-on error) · weft explain failed-validation
    --- exit 1
    ");
    let fine = Sandbox::new().file("web.yaml", ROUTE.replace("soon", "2s"));
    assert_inline!(fine.run("validate web.yaml"), @"
    $ weft validate web.yaml
    --- stderr
    no findings · 1 document in 1 file · [time]
    --- exit 0
    ");
}

#[test]
fn every_format_ends_the_same_and_json_keeps_its_schema() {
    let sandbox = Sandbox::new().file("web.yaml", ROUTE);
    for format in ["text", "json", "yaml", "sarif", "junit", "github"] {
        let run = sandbox.run(&*format!("validate -o {format} web.yaml"));
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stdout.contains("spec.http[0].timeout"), "{run}");
    }
    let run = sandbox.run("validate -o json web.yaml");
    assert_schema("findings.json", &run.stdout);
    assert!(run.stdout.contains("\"IST0106\""), "{run}");
}

#[test]
fn fields_come_and_go_with_releases_of_kubernetes() {
    let sandbox = Sandbox::new().file("web.yaml", POD);
    assert!(codes(&sandbox, "web.yaml").is_empty());
    let at = |minor: &str| codes(&sandbox, &format!("web.yaml --kube-version {minor}"));
    assert_eq!(at("1.33"), ["unknown field `spec.hostnameOverride`", "unknown field `spec.workloadRef`"]);
    assert_eq!(at("v1.34.2"), ["unknown field `spec.workloadRef`"]);
    assert!(at("1.35").is_empty());
    assert_eq!(at("1.36"), ["unknown field `spec.workloadRef`"]);
    let run = sandbox.run("validate web.yaml --kube-version 1.29");
    assert!(run.stderr.starts_with("warning: weft knows the fields of Kubernetes 1.33 to 1.36"), "{run}");
    assert_inline!(sandbox.run("validate web.yaml --kube-version soon"), @"
    $ weft validate web.yaml --kube-version soon
    --- stderr
    error: no value `soon` for `--kube-version`: not a release such as 1.36
      weft validate --help
    --- exit 2
    ");
}

#[test]
fn a_field_is_searched_where_it_may_have_been_meant() {
    let text = ROUTE.replace("      timeout: soon\n", "          timeout: 2s\n  htpp: []\n");
    let sandbox = Sandbox::new().file("web.yaml", text);
    assert_inline!(sandbox.run("validate -q web.yaml"), @"
    $ weft validate -q web.yaml
    error[unknown-field]: unknown field `spec.http[0].route[0].timeout`
      --> web.yaml:11:11
       |
    11 |           timeout: 2s
       |           ^^^^^^^ no such field
       |
       = help: `timeout` is a field of `spec.http[]`: look at the indentation

    error[unknown-field]: unknown field `spec.htpp`
      --> web.yaml:12:3
       |
    12 |   htpp: []
       |   ^^^^ no such field
       |
       = help: the nearest: `http`
    --- exit 1
    ");
}

#[test]
fn help_is_current() {
    assert_snapshot!("help-validate", weft("validate --help"));
    assert_snapshot!("help-render", weft("render --help"));
}

#[test]
fn definitions_are_printed_as_kubectl_applies_them() {
    let kinds = |words: &str| {
        let run = weft(words);
        assert_eq!(run.code, Some(0), "{run}");
        run.stdout.lines().filter(|line| *line == "kind: CustomResourceDefinition").count()
    };
    assert_eq!(kinds("render --crds-only"), 15);
    assert_eq!(kinds("render --crds-only --gateway-api"), 23);
    assert_eq!(kinds("render --crds-only --mesh linkerd"), 10);
    let run = weft("render --crds-only");
    assert!(run.stdout.starts_with("---\napiVersion: apiextensions.k8s.io/v1\n"), "{run}");
    assert!(run.stdout.contains("  name: virtualservices.networking.istio.io\n"));
}
