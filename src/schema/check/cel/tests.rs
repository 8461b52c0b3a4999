use proptest::collection::vec;
use std::cell::Cell;
use std::sync::Arc;

use proptest::prelude::{any, prop_assert};
use proptest::test_runner::{Config, TestError, TestRng, TestRunner};

use super::generate::value;
use super::*;
use crate::schema::catalog;
use crate::schema::types::Dialect;
use crate::source::FileId;

/// Every rule of custom resources, with the type that it stands on.
fn rules() -> impl Iterator<Item = (&'static str, TypeRef, &'static Rule)> {
    let custom = catalog::all().filter(|(_, schema)| schema.dialect == Dialect::Custom);
    custom.flat_map(|(name, schema)| {
        let types = (0..schema.types.len() as u32).map(move |at| TypeRef { schema, at });
        types.flat_map(move |of| of.get().rules.iter().map(move |rule| (name, of, rule)))
    })
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
    let cases = std::option_env!("WEFT_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(64);
    let config = Config { failure_persistence: None, ..Config::with_cases(cases) };
    let seen = [const { Cell::new(0) }; 3];
    let mut failed = vec![];
    for (name, of, rule) in rules() {
        let rng = TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let outcome = runner.run(&vec(any::<u8>(), 0..160), |bytes| {
            let text = value(of, &rule.rule, &bytes);
            let tree = crate::yaml::parse(FileId::new(0), Arc::new(text.clone().into()));
            let node = tree.documents.first().and_then(|document| tree.root(document)).expect(&text);
            let own = holds(of, rule, node);
            let count = &seen[own.map_or(2, usize::from)];
            count.set(count.get() + 1);
            let Some(own) = own else { return Ok(()) };
            let interpreted = interpret(of, rule, &json::of(of, node));
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
