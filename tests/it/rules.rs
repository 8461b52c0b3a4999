//! `weft rules`, `weft explain` and the tour.

use insta::assert_snapshot as assert_inline;

use crate::support::{Sandbox, assert_current, assert_schema, assert_snapshot, weft};

#[test]
fn every_rule_has_a_line() {
    let run = weft("rules");
    assert_eq!(run.stdout.lines().count(), ::weft::rules::ALL.len(), "{run}");
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 150), "{run}");
    assert_schema("rules.json", &weft("rules -o json").stdout);
    let one = weft("rules IST0101 -o json").stdout;
    assert!(one.contains("virtual-service-unknown-gateway"), "{one}");
}

/// `docs/rules.md`: every rule with what is known about it, a link to its page.
#[test]
fn the_list_of_rules_is_current() {
    let mut text = "# Rules\n\nWhat `weft analyze` looks for, by group; those of the groups `schema` and `yaml` are what \
                    `weft validate` asks too.\nWritten by `UPDATE=1 cargo test --test it rules`; each rule links to its \
                    page, which `weft explain` prints.\n"
        .to_owned();
    let mut group = "";
    for entry in ::weft::rules::ALL {
        let meta = entry.meta();
        if entry.group != group {
            group = entry.group;
            text += &format!("\n## {group}\n\n| rule | severity | what | istioctl |\n|---|---|---|---|\n");
        }
        let page = format!("../src/rules/{group}/{}.md", meta.name.replace('-', "_"));
        let (name, severity, codes) = (meta.name, meta.severity.as_str(), meta.codes.join(", "));
        text += &format!("| [`{name}`]({page}) | {severity} | {} | {codes} |\n", meta.summary);
    }
    assert_current("docs/rules.md", &text);
}

#[test]
fn a_rule_is_explained_by_name_and_by_code() {
    let run = weft("explain virtual-service-unknown-gateway");
    assert_eq!(run.code, Some(0));
    for part in ["# virtual-service-unknown-gateway", "also IST0101", "## Wrong", "## Right", "## Silence it"]
    {
        assert!(run.stdout.contains(part), "{part}\n{run}");
    }
    assert!(weft("explain IST0101").stdout.contains("# virtual-service-unknown-gateway"));
    assert_schema("explanation.json", &weft("explain IST0101 -o json").stdout);
}

#[test]
fn what_cannot_be_explained_says_so() {
    let run = weft("explain virtual-service-unknown-gatewey");
    assert!(run.stderr.contains("the nearest: virtual-service-unknown-gateway"), "{run}");
    assert_eq!(run.code, Some(2));
    assert_inline!(weft("explain vs.spec.gatways"), @"
    $ weft explain vs.spec.gatways
    --- stderr
    error: `VirtualService.spec` has no field `gatways`
      the nearest: gateways · weft explain VirtualService.spec
    --- exit 2
    ");
    assert_inline!(weft("explain virtualservce.spec"), @"
    $ weft explain virtualservce.spec
    --- stderr
    error: no kind `virtualservce`
      the nearest: VirtualService
    --- exit 2
    ");
}

#[test]
fn a_field_is_explained_with_those_below_it() {
    assert_snapshot!("explain-field", weft("explain virtualservice.spec.http.retries"));
    assert_schema("explanation.json", &weft("explain gateway.spec -o json").stdout);
    // Two meshes have a Gateway; a path that only one of them has is that one's.
    let both = weft("explain gateway");
    assert!(
        both.stdout.contains("networking.istio.io/v1")
            && both.stdout.contains("gateway.networking.k8s.io/v1")
    );
    let one = weft("explain gw.spec.servers.port").stdout;
    assert!(one.starts_with("Gateway.spec.servers[].port <object>   networking.istio.io/v1"), "{one}");
    for (topic, first) in [
        (
            "deploy.spec.template.spec.containers.env",
            "Deployment.spec.template.spec.containers[].env <[]object>   apps/v1",
        ),
        ("meshconfig.defaultconfig.concurrency", "MeshConfig.defaultConfig.concurrency <integer>"),
        ("values.pilot.autoscaleMin", "Values.pilot.autoscaleMin <integer>"),
        ("istiooperator.spec.components.pilot", "IstioOperator.spec.components.pilot <object>"),
    ] {
        let run = weft(["explain", topic]);
        assert!(run.stdout.starts_with(first), "{run}");
    }
}

#[test]
fn annotations_and_labels_are_explained() {
    let run = weft("explain sidecar.istio.io/inject");
    assert!(
        run.stdout.contains("annotation of Istio's on Pod") && run.stdout.contains("label of Istio's"),
        "{run}"
    );
    assert_schema("explanation.json", &weft("explain sidecar.istio.io/proxyCPU -o json").stdout);
    let run = weft("explain sidecar.istio.io/injekt");
    assert!(run.stderr.contains("the nearest: sidecar.istio.io/inject"), "{run}");
}

#[test]
fn the_tour_ends_well_and_leaves_nothing_or_what_was_asked_for() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("demo");
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("gateway `publik` does not exist"), "{run}");
    assert!(!run.stdout.contains("todo"), "{run}");
    assert_eq!(std::fs::read_dir(sandbox.path()).unwrap().count(), 0);
    // The samples are named as if one stood beside them, wherever they lie.
    assert!(run.stdout.contains("--> shop/web.yaml:") && !run.stdout.contains("--> /"), "{run}");
    let run = sandbox.run("demo --to tour -q");
    assert_eq!(run.code, Some(0), "{run}");
    assert!(sandbox.path().join("tour/shop/web.yaml").exists());
}

#[test]
fn the_tour_is_the_same_whatever_is_configured_around_it() {
    let plain = weft("demo").to_string();
    for config in ["fail-on = \"never\"\nnamespace = \"other\"\n", "not a configuration"] {
        let sandbox = Sandbox::new().file("weft.toml", config);
        assert_eq!(sandbox.run("demo").to_string(), plain);
    }
}
