//! Weft against kube-cel. The values that are generated here have also been judged by the API server's own packages
//! (`k8s.io/apiextensions-apiserver` 0.36.3: pruning, defaulting, validation), 1500 for each rule: no verdict differed.

use std::cell::Cell;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert};
use proptest::test_runner::{Config, TestError, TestRng, TestRunner};

use super::generate::value;
use super::oracle::{ALONE, interpret};
use super::*;
use crate::schema::catalog;
use crate::schema::types::Dialect;
use crate::source::FileId;
use crate::yaml::Tree;

/// Every rule of custom resources, with the type that it stands on.
fn rules() -> impl Iterator<Item = (&'static str, TypeRef, &'static Rule)> {
    let custom = catalog::all().filter(|(_, schema)| schema.dialect == Dialect::Custom);
    custom.flat_map(|(name, schema)| {
        let types = (0..schema.types.len() as u32).map(move |at| TypeRef { schema, at });
        types.flat_map(move |of| of.get().rules.iter().map(move |rule| (name, of, rule)))
    })
}

fn parse(text: &str) -> Tree {
    crate::yaml::parse(FileId::new(0), Arc::new(text.to_owned()))
}

fn root(tree: &Tree) -> Node<'_> {
    tree.documents.first().and_then(|document| tree.root(document)).expect("a document is there")
}

#[test]
fn rules_are_lowered() {
    for (name, _, rule) in rules() {
        assert!(rule.lowered().is_some(), "{name}: {}", rule.rule);
    }
}

/// Where kube-cel is wrong.
fn is_excused(rule: &str, text: &str) -> bool {
    // It escapes each `_` in a field's name, so that it does not find the field. Kubernetes escapes only `__`.
    let has_underscore = rule.contains("self.jwks_uri") && text.contains("jwks_uri");
    // It reads URLs as browsers do. Kubernetes reads them with Go's `net/url`, to which `http://` is one and which has
    // a scheme on `localhost` too.
    has_underscore || rule.contains("isURL(")
}

#[test]
fn both_engines_agree() {
    let config = Config { failure_persistence: None, ..Config::with_cases(32) };
    let seen = [const { Cell::new(0) }; 3];
    let mut failed = vec![];
    for (name, of, rule) in rules() {
        let rng = TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let outcome = runner.run(&vec(any::<u8>(), 0..160), |bytes| {
            let text = value(of, &rule.rule, &bytes);
            let tree = parse(&text);
            let node = root(&tree);
            let own = holds(of, rule, node);
            let count = &seen[own.map_or(2, usize::from)];
            count.set(count.get() + 1);
            let Some(own) = own else { return Ok(()) };
            let interpreted = interpret(of, rule, &crate::schema::check::json::of(of, node));
            let agree = own == interpreted || is_excused(&rule.rule, &text);
            prop_assert!(agree, "{own}, interpreted {interpreted}: {text}");
            Ok(())
        });
        if let Err(TestError::Fail(why, _)) = outcome {
            failed.push(format!("{name}: {}\n{why}", rule.rule));
        }
    }
    println!("false, true, unknown: {seen:?}");
    assert!(failed.is_empty(), "{} fail\n{}", failed.len(), failed.join("\n"));
}

const VIRTUAL_SERVICE: &str = "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews, reviews.example.com]
  gateways: [mesh, istio-system/public]
  http:
  - name: canary
    match:
    - uri: {prefix: /api/v2}
      headers: {x-user: {exact: tester}}
    timeout: 5s
    retries: {attempts: 3, perTryTimeout: 2s, retryOn: 5xx}
    route:
    - destination: {host: reviews, subset: v2, port: {number: 9080}}
      weight: 90
    - destination: {host: reviews, subset: v3, port: {number: 9080}}
      weight: 10
  - route:
    - destination: {host: reviews, subset: v1}
";

const GATEWAY: &str = "gateway.networking.k8s.io";

const HTTP_ROUTE: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: reviews, namespace: shop}
spec:
  parentRefs:
  - {name: public, namespace: istio-system, sectionName: https}
  - {name: internal}
  hostnames: [reviews.example.com]
  rules:
  - name: canary
    matches:
    - path: {type: PathPrefix, value: /api/v2}
      headers: [{name: x-user, value: tester}]
    filters:
    - type: RequestHeaderModifier
      requestHeaderModifier: {set: [{name: x-canary, value: \"1\"}]}
    timeouts: {request: 5s, backendRequest: 2s}
    backendRefs:
    - {name: reviews-v2, port: 9080, weight: 90}
    - {name: reviews-v3, port: 9080, weight: 10}
  - backendRefs:
    - {name: reviews-v1, port: 9080}
";

/// Messages of a whole check, by either engine.
fn messages(group: &str, kind: &str, node: Node<'_>, interpreter_only: bool) -> Vec<String> {
    ALONE.set(interpreter_only);
    let problems = super::super::object(group, "v1", kind, node, super::super::Releases::default());
    ALONE.set(false);
    problems.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn both_engines_say_the_same_of_an_object() {
    let wrong = [
        ("value: /api/v2", "value: /api//v2", 1),
        ("value: /api/v2", "value: api/v2", 1),
        ("{name: internal}", "{name: public, namespace: istio-system}", 1),
        ("backendRequest: 2s", "backendRequest: 6s", 1),
        ("type: RequestHeaderModifier", "type: URLRewrite", 2),
        ("port: 9080, weight: 90", "weight: 90", 1),
    ];
    for (from, to, count) in wrong {
        let tree = parse(&HTTP_ROUTE.replace(from, to));
        let of = |interpreter_only| messages(GATEWAY, "HTTPRoute", root(&tree), interpreter_only);
        let own = of(false);
        assert_eq!(own.len(), count, "{own:?}");
        assert_eq!(own, of(true));
    }
}

#[test]
fn matches_are_counted_over_all_rules_of_a_route() {
    let route = |matches: usize| {
        let rule = format!("\n  - matches: [{}]", "{}, ".repeat(matches));
        let (head, _) = HTTP_ROUTE.split_once("\n  - name: canary").expect("the first rule");
        parse(&format!("{head}{}", rule.repeat(16)))
    };
    for (matches, count) in [(8, 0), (9, 1)] {
        let tree = route(matches);
        let of = |interpreter_only| messages(GATEWAY, "HTTPRoute", root(&tree), interpreter_only);
        assert_eq!(of(false).len(), count);
        assert_eq!(of(false), of(true));
    }
}

/// `cargo test --release --lib cel::tests::time -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn time_of_an_object() {
    let objects =
        [("networking.istio.io", "VirtualService", VIRTUAL_SERVICE), (GATEWAY, "HTTPRoute", HTTP_ROUTE)];
    for (group, kind, text) in objects {
        let tree = parse(text);
        for interpreter_only in [true, false] {
            assert_eq!(messages(group, kind, root(&tree), interpreter_only), [""; 0]);
            let begun = std::time::Instant::now();
            const ROUNDS: u32 = 3000;
            for _ in 0..ROUNDS {
                messages(group, kind, root(&tree), interpreter_only);
            }
            println!("{kind}, interpreter only {interpreter_only}: {:?}", begun.elapsed() / ROUNDS);
        }
    }
}
