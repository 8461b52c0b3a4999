use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};

use super::generate::value;
use super::*;
use crate::schema::catalog;
use crate::schema::types::Dialect;

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

#[test]
fn both_engines_agree() {
    let config = Config { failure_persistence: None, ..Config::with_cases(24) };
    let mut failed = vec![];
    for (name, of, rule) in rules() {
        let mut runner = TestRunner::new_with_rng(config.clone(), proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm));
        let outcome = runner.run(&vec(any::<u8>(), 0..160), |bytes| {
            let text = value(of, &rule.rule, &bytes);
            let stream = crate::yaml::parse(&text);
            Ok(())
        });
        if let Err(error) = outcome {
            failed.push(format!("{name}: {}\n{error}", rule.rule));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
