//! `--fix` and `--diff`: what has one right answer is written, and nothing else.

use insta::assert_snapshot as assert_inline;

use crate::support::Sandbox;

const WEB: &str = "\
# the web shop
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
spec:
  hosts: [web]
  http:
    - match:
        - headers: {x-canary: \"true\"} # testers
      route:
        - destination:   {host: web}
      retrys: {attempts: \"3\"}
";

#[test]
fn a_fixed_file_has_no_such_finding_and_every_other_byte() {
    let sandbox = Sandbox::new().file("web.yaml", WEB);
    assert_inline!(sandbox.run("validate --fix web.yaml"), @"
    $ weft validate --fix web.yaml
    --- stderr
    web.yaml: fixed 2 findings
    web.yaml: fixed 1 finding
    no findings · 1 document in 1 file · [time]
    --- exit 0
    ");
    let text = std::fs::read_to_string(sandbox.path().join("web.yaml")).expect("the file");
    let wanted = WEB
        .replace("{x-canary: \"true\"}", "{x-canary: {exact: \"true\"}}")
        .replace("retrys: {attempts: \"3\"}", "retries: {attempts: 3}");
    assert_eq!(text, wanted);
    let run = sandbox.run("validate --fix web.yaml");
    assert!(!run.stderr.contains("fixed") && run.code == Some(0), "{run}");
}

#[test]
fn a_diff_changes_nothing() {
    let sandbox = Sandbox::new().file("web.yaml", WEB);
    assert_inline!(sandbox.run("analyze --diff web.yaml"), @r#"
    $ weft analyze --diff web.yaml
    --- web.yaml
    +++ web.yaml
    @@ -7,7 +7,7 @@
       hosts: [web]
       http:
         - match:
    -        - headers: {x-canary: "true"} # testers
    +        - headers: {x-canary: {exact: "true"}} # testers
           route:
             - destination:   {host: web}
    -      retrys: {attempts: "3"}
    +      retries: {attempts: "3"}
    --- exit 1
    "#);
    let text = std::fs::read_to_string(sandbox.path().join("web.yaml")).expect("the file");
    assert_eq!(text, WEB);
    let fine = Sandbox::new().file("web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    let run = fine.run("analyze --diff web.yaml");
    assert!(run.stdout.is_empty() && run.code == Some(0), "{run}");
}

#[test]
fn a_diff_says_what_it_could_not_read() {
    let run = Sandbox::new().run("validate --diff missing.yaml");
    assert!(run.stdout.is_empty() && run.code == Some(3), "{run}");
    assert!(run.stderr.contains("failed to read `missing.yaml`"), "{run}");
    let run = Sandbox::new().file("a.yaml", "a: [\n").run("analyze --diff a.yaml");
    assert!(run.stderr.contains("exit 3: 1 document could not be read") && run.code == Some(3), "{run}");
}

#[test]
fn json_stays_json() {
    let text = "{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"VirtualService\", \"metadata\": {\"name\": \"w\", \
                \"labels\": {\"a\": 1}}, \"spec\": {\"hosts\": [\"w\"], \"http\": [{\"match\": [{\"method\": \"GET\"}], \
                \"route\": [{\"destination\": {\"host\": \"w\"}}], \"retrys\": {\"attempts\": 1}}]}}";
    let sandbox = Sandbox::new().file("w.json", text);
    let run = sandbox.run("validate --fix w.json");
    assert_eq!(run.code, Some(0), "{run}");
    let fixed = std::fs::read_to_string(sandbox.path().join("w.json")).expect("the file");
    let value: serde_json::Value = serde_json::from_str(&fixed).expect("JSON as before");
    assert_eq!(value["spec"]["http"][0]["match"][0]["method"]["exact"], "GET");
    assert_eq!(value["metadata"]["labels"]["a"], "1");
}

#[test]
fn stdin_can_be_shown_and_not_fixed() {
    let run = Sandbox::new().stdin(WEB).run("validate --fix -");
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("stdin cannot be fixed in place"), "{run}");
    let run = Sandbox::new().file("a.yaml", WEB).run("validate --fix --diff a.yaml");
    assert_eq!(run.code, Some(2), "{run}");
}
