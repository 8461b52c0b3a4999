//! `weft analyze`: what is read, what is asked, how it ends.

use insta::assert_snapshot as assert_inline;

use crate::support::{Run, Sandbox, assert_schema};

const RULE: &str = "virtual-service-unknown-gateway";

/// A VirtualService that binds to a gateway.
fn service(name: &str, gateway: &str) -> String {
    format!(
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: {name}\nspec:\n  \
         hosts: [{name}.example.com]\n  gateways:\n    - {gateway}\n  http: [{{directResponse: {{status: 200}}}}]\n"
    )
}

fn analyze(sandbox: &Sandbox, words: &str) -> Run {
    sandbox.run(&*format!("analyze --complete --only {RULE} {words}"))
}

/// The names of the objects with a finding, in the order of the answer.
fn named(run: &Run) -> Vec<String> {
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).expect("an answer in JSON");
    let findings = answer["findings"].as_array().expect("findings").clone();
    findings.iter().map(|finding| finding["resource"]["name"].as_str().unwrap_or("?").to_owned()).collect()
}

#[test]
fn text_says_what_where_and_what_to_do() {
    let sandbox = Sandbox::new().file("web.yaml", service("web", "publik")).file(
        "gateway.yaml",
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: public}\n",
    );
    assert_inline!(analyze(&sandbox, "."), @"
    $ weft analyze --complete --only virtual-service-unknown-gateway .
    error[virtual-service-unknown-gateway]: gateway `publik` does not exist
     --> web.yaml:8:7
      |
    7 |   gateways:
    8 |     - publik
      |       ^^^^^^ no Gateway of this name in `default`
      |
      = help: did you mean `public` in `default`?
    --- stderr

    1 finding: 1 error · 2 documents in 2 files · [time]
    exit 1 because of errors (--fail-on error) · weft explain virtual-service-unknown-gateway
    --- exit 1
    ");
}

#[test]
fn the_format_never_changes_the_exit_code() {
    let sandbox = Sandbox::new().file("a.yaml", service("a", "bogus"));
    for format in ["text", "json", "yaml", "sarif", "junit", "github"] {
        let run = analyze(&sandbox, &format!("-o {format} a.yaml"));
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stdout.contains("bogus"), "{run}");
        let run = analyze(&sandbox, &format!("-o {format} --fail-on never a.yaml"));
        assert_eq!(run.code, Some(0), "{run}");
    }
    assert_schema("findings.json", &analyze(&sandbox, "-o json a.yaml").stdout);
}

#[test]
fn without_complete_a_missing_reference_is_counted_not_claimed() {
    let sandbox = Sandbox::new().file("a.yaml", service("a", "bogus"));
    assert_inline!(sandbox.run(&*format!("analyze --only {RULE} a.yaml")), @"
    $ weft analyze --only virtual-service-unknown-gateway a.yaml
    --- stderr
    no findings · 1 document in 1 file · 1 reference leads outside the input (--complete judges them) · [time]
    --- exit 0
    ");
    let json = sandbox.run(&*format!("analyze --only {RULE} -o json a.yaml")).stdout;
    assert!(json.contains(&format!("\"skippedRules\": [\n      \"{RULE}\"")), "{json}");
}

#[test]
fn inputs_are_files_directories_and_stdin_in_the_order_given() {
    let sandbox = Sandbox::new()
        .file("z.yml", service("z", "bogus"))
        .file("d/b.yaml", service("b", "bogus"))
        .file("d/a.json", "{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"VirtualService\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"gateways\": [\"bogus\"]}}")
        .file("d/notes.txt", "kind: {")
        .file("d/tsconfig.json", "{ // somebody else's\n}")
        .file("d/.gitignore", "build/\n")
        .file("d/build/c.yaml", service("c", "bogus"))
        .stdin(&service("s", "bogus"));
    let run = analyze(&sandbox, "-o json z.yml - d d/b.yaml");
    assert_eq!(named(&run), ["z", "s", "a", "b"], "{run}");
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("\"file\": \"stdin\""), "{run}");
    // What git ignores is read where it is named.
    assert_eq!(named(&analyze(&sandbox, "-o json d/build/c.yaml")), ["c"]);
    assert_eq!(named(&analyze(&sandbox, "-o json -f z.yml")), ["z"]);
}

#[test]
fn lists_and_streams_are_taken_apart() {
    let item = |name: &str| {
        let text = service(name, "bogus");
        text.lines()
            .enumerate()
            .map(|(at, line)| format!("{}{line}\n", if at == 0 { "- " } else { "  " }))
            .collect::<String>()
    };
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{}{}", item("a"), item("b"));
    let text = format!("# nothing here\n---\n---\n{list}---\n{}", service("c", "bogus"));
    let run = analyze(&Sandbox::new().file("a.yaml", text), "-o json .");
    assert_eq!(named(&run), ["a", "b", "c"], "{run}");
    assert!(run.stdout.contains("\"documents\": 2"), "{run}");
    assert!(run.stdout.contains("\"resources\": 3"), "{run}");
}

#[test]
fn a_kubeconfig_is_never_read() {
    let sandbox = Sandbox::new().file("a.yaml", service("a", "mesh")).file("config", "{broken");
    let run = sandbox.env("KUBECONFIG", "config").run("analyze a.yaml");
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn a_comment_silences_its_line_and_an_idle_one_is_reported() {
    let allowed = service("a", &format!("bogus # weft: allow({RULE})"));
    let above = service("b", "bogus")
        .replace("    - bogus", &format!("    # weft: allow({RULE}): moves in May\n    - bogus"));
    let idle = service("c", &format!("mesh # weft: allow({RULE})"));
    let sandbox = Sandbox::new().file("a.yaml", allowed).file("b.yaml", above).file("c.yaml", idle);
    assert_inline!(analyze(&sandbox, "--only unused-suppression ."), @"
    $ weft analyze --complete --only virtual-service-unknown-gateway --only unused-suppression .
    warning[unused-suppression]: `weft: allow(virtual-service-unknown-gateway)` matches no finding
     --> c.yaml:8:14
      |
    7 |   gateways:
    8 |     - mesh # weft: allow(virtual-service-unknown-gateway)
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: remove it: it would hide the next mistake
    --- stderr

    1 finding: 1 warning · 3 documents in 3 files · 2 suppressed · [time]
    exit 0: no errors (--fail-on error) · weft explain unused-suppression
    --- exit 0
    ");
}

#[test]
fn an_idle_comment_is_not_judged_by_a_rule_that_could_not_judge() {
    let text = service("a", &format!("bogus # weft: allow({RULE})"));
    let run = Sandbox::new().file("a.yaml", text).run("analyze a.yaml");
    assert!(!run.stdout.contains("unused-suppression"), "{run}");
}

#[test]
fn annotations_silence_their_object() {
    let with = |name: &str, annotation: &str| {
        service(name, "bogus").replace("spec:", &format!("  annotations:\n    {annotation}\nspec:"))
    };
    let sandbox = Sandbox::new()
        .file("a.yaml", with("a", &format!("weft.dev/allow: {RULE}")))
        .file("b.yaml", with("b", "galley.istio.io/analyze-suppress: IST0101,IST0999"))
        .file("c.yaml", with("c", "weft.dev/allow: weft-rule-of-dreams"));
    let run = analyze(&sandbox, "--only unused-suppression .");
    assert_eq!(run.stdout.matches(&format!("[{RULE}]")).count(), 1, "{run}");
    assert!(run.stdout.contains("no rule `weft-rule-of-dreams`"), "{run}");
}

#[test]
fn flags_silence_by_rule_and_object() {
    let sandbox = Sandbox::new().file("a.yaml", service("a", "bogus")).file("b.yaml", service("b", "bogus"));
    let run = analyze(&sandbox, "-o json --ignore IST0101=VirtualService/default/a .");
    assert_eq!(named(&run), ["b"]);
    let run = analyze(&sandbox, &format!("--ignore {RULE} --ignore yaml-syntax ."));
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("warning: --ignore yaml-syntax silences nothing"), "{run}");
}

#[test]
fn weft_toml_holds_decisions_with_reason_and_expiry() {
    let decision = |extra: &str| {
        format!(
            "complete = true\n[[allow]]\nrule = \"{RULE}\"\nobject = \"VirtualService/*/a\"\nreason = \"moves in May\"\n{extra}"
        )
    };
    let sandbox = |config: String| {
        Sandbox::new()
            .file("a.yaml", service("a", "bogus"))
            .file("b.yaml", service("b", "bogus"))
            .file("weft.toml", config)
    };
    let run = sandbox(decision("")).run(&*format!("analyze --only {RULE} -o json ."));
    assert_eq!(named(&run), ["b"], "{run}");
    let expired = sandbox(decision("expires = 2026-05-31\n"))
        .run(&*format!("analyze --now 2026-06-01 --only {RULE} -o json ."));
    assert_eq!(named(&expired), ["a", "b"], "{expired}");
    assert!(expired.stderr.contains("until 2026-05-31 only (moves in May)"), "{expired}");
    let last_day = sandbox(decision("expires = 2026-05-31\n"))
        .run(&*format!("analyze --now 2026-05-31 --only {RULE} -o json ."));
    assert_eq!(named(&last_day), ["b"], "{last_day}");
    assert_inline!(sandbox("complet = true\n".into()).run("analyze ."), @"
    $ weft analyze .
    --- stderr
    error: [dir]/weft.toml:1: unknown field `complet`, expected one of `complete`, `namespace`, `cluster-domain`, `mesh-namespace`, `fail-on`, `allow`
    --- exit 2
    ");
}

#[test]
fn names_that_do_not_exist_get_the_nearest() {
    let sandbox = Sandbox::new().file("a.yaml", "");
    let run = sandbox.run("analyze --only virtual-service-unknown-gatway a.yaml");
    assert!(run.stderr.contains("the nearest: virtual-service-unknown-gateway"), "{run}");
    assert_eq!(run.code, Some(2));
    assert_inline!(sandbox.run("analyze --fail-on errors a.yaml"), @"
    $ weft analyze --fail-on errors a.yaml
    --- stderr
    error: no value `errors` for `--fail-on`
      the nearest: error · weft analyze --help
    --- exit 2
    ");
}

#[test]
fn nothing_is_said_twice_and_the_order_is_the_files() {
    let mut sandbox = Sandbox::new();
    for number in 0..50 {
        sandbox = sandbox
            .file(&format!("d{}/{number:02}.yaml", number % 7), service(&format!("s{number:02}"), "bogus"));
    }
    let first = analyze(&sandbox, "-o json .");
    assert_eq!(named(&first).len(), 50);
    for _ in 0..3 {
        assert_eq!(analyze(&sandbox, "-o json .").stdout, first.stdout);
    }
}

#[test]
fn a_namespace_stands_in_for_one_that_is_not_written() {
    let sandbox = Sandbox::new().file("a.yaml", service("a", "bogus"));
    assert!(analyze(&sandbox, "-o json a.yaml").stdout.contains("\"namespace\": \"default\""));
    assert!(analyze(&sandbox, "-n shop -o json a.yaml").stdout.contains("\"namespace\": \"shop\""));
}

#[test]
fn the_cluster_domain_tells_which_names_are_services() {
    let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n---\n\
        apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web}\nspec:\n  hosts: [web]\n  \
        http: [{route: [{destination: {host: web.default.svc.example.org}}]}]\n";
    let sandbox = Sandbox::new().file("a.yaml", text);
    let ask = |flag: &str| {
        let run =
            sandbox.run(&*format!("analyze --complete --only virtual-service-unknown-host {flag} a.yaml"));
        run.code
    };
    assert_eq!((ask(""), ask("--cluster-domain example.org")), (Some(1), Some(0)));
}

#[test]
fn the_mesh_namespace_is_where_rules_for_all_are_searched() {
    let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n---\n\
        apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: web, namespace: mesh-root}\nspec:\n  \
        host: web.shop.svc.cluster.local\n  subsets: [{name: v1, labels: {version: v1}}]\n---\n\
        apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web, namespace: shop}\nspec:\n  \
        hosts: [web]\n  http: [{route: [{destination: {host: web, subset: v1}}]}]\n";
    let sandbox = Sandbox::new().file("a.yaml", text);
    let ask = |flag: &str| {
        let run = sandbox
            .run(&*format!("analyze --complete --only virtual-service-unknown-subset -o json {flag} a.yaml"));
        named(&run).len()
    };
    assert_eq!((ask(""), ask("--mesh-namespace mesh-root")), (1, 0));
}

#[test]
fn a_configuration_can_be_named() {
    let sandbox = Sandbox::new()
        .file("a.yaml", service("a", "bogus"))
        .file("etc/strict.toml", "complete = true\nfail-on = \"warning\"\n");
    let run = sandbox.run(&*format!("analyze --only {RULE} --config etc/strict.toml a.yaml"));
    assert_eq!(run.code, Some(1), "{run}");
    let missing = sandbox.run("analyze --config etc/none.toml a.yaml");
    assert_eq!(missing.code, Some(3), "{missing}");
}

#[test]
fn quiet_says_the_findings_and_verbose_what_weft_does_not_know() {
    let text = format!(
        "{}---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {{name: w}}\n---\nreplicas: 3\n",
        service("a", "bogus")
    );
    let sandbox = Sandbox::new().file("a.yaml", text);
    assert_eq!(analyze(&sandbox, "-q a.yaml").stderr, "");
    let verbose = analyze(&sandbox, "-v a.yaml");
    for part in ["unknown to weft: example.com/v1 Widget (1)", "no Kubernetes object: a.yaml:15"] {
        assert!(verbose.stderr.contains(part), "{part}\n{verbose}");
    }
}

#[test]
fn an_idle_comment_is_reported_in_its_own_document() {
    let idle = service("b", &format!("mesh # weft: allow({RULE})"));
    let sandbox = Sandbox::new().file("a.yaml", format!("{}---\n{idle}", service("a", "mesh")));
    let run = analyze(&sandbox, "--only unused-suppression -o json a.yaml");
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(answer["findings"][0]["rule"], "unused-suppression", "{run}");
    assert_eq!(answer["findings"][0]["location"]["document"], 1, "{run}");
}
