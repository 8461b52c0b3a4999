//! Running rules over a set: in parallel, each for itself, so that one that fails takes nothing with it.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::{Check, Context, Registered, istio_names, schema_walk};
use crate::error::catch;
use crate::finding::{Finding, RuleMeta};
use crate::model::ResourceSet;

/// What came of a run.
#[derive(Default)]
pub struct Outcome {
    /// What was found, in the order of files and places.
    pub findings: Vec<Finding>,
    /// Rules that searched for something that may lie outside the input, and how often.
    pub unresolved: Vec<(&'static RuleMeta, usize)>,
    /// Rules that ended in a bug of weft's; what they had found until then is dropped.
    pub panicked: Vec<Panicked>,
}

/// A rule that ended in a bug.
#[derive(Debug)]
pub struct Panicked {
    /// The rule.
    pub rule: &'static RuleMeta,
    /// What the panic said.
    pub message: String,
}

/// How many objects make a stretch: few enough that their text and nodes stay in a core's cache while one rule after
/// the other looks at them.
const STRETCH: u32 = 512;

/// Something for a thread to do.
enum Job {
    /// A rule, over everything.
    Whole(Registered),
    /// The rules that judge each object by itself, over a stretch.
    Stretch(Range<u32>),
}

/// What came of a rule, over everything or over a stretch: findings and open questions, or a bug.
type Part = (Registered, Result<(Vec<Finding>, usize), String>);

/// Runs rules over a set.
pub fn run(set: &ResourceSet<'_>, rules: &[Registered]) -> Outcome {
    let all = set.resources().len() as u32;
    let (each, whole): (Vec<_>, Vec<_>) =
        rules.iter().copied().partition(|entry| !matches!(entry.rule.check, Check::Whole(_)));
    let of_schema = |entry: &Registered| match entry.rule.check {
        Check::Schema(class) => Some((class, *entry)),
        _ => None,
    };
    let of_names = |entry: &Registered| match entry.rule.check {
        Check::Name(names, check) => Some((names, check, *entry)),
        _ => None,
    };
    let schema: Vec<_> = each.iter().filter_map(of_schema).collect();
    let names: Vec<_> = each.iter().filter_map(of_names).collect();
    let stretches = (0..all).step_by(STRETCH as usize).map(|from| from..(from + STRETCH).min(all));
    let jobs: Vec<Job> = whole.into_iter().map(Job::Whole).chain(stretches.map(Job::Stretch)).collect();
    let work = |job: &Job| -> Vec<Part> {
        match job {
            Job::Whole(entry) => vec![(*entry, run_one(set, *entry, 0..all))],
            Job::Stretch(stretch) => {
                let own = each.iter().filter(|entry| matches!(entry.rule.check, Check::Each(_)));
                let own = own.map(|entry| (*entry, run_one(set, *entry, stretch.clone())));
                let (schema_rules, name_rules) = (schema.iter().map(|of| of.1), names.iter().map(|of| of.2));
                own.chain(shared(schema_rules, || schema_walk::check(set, &schema, stretch.clone())))
                    .chain(shared(name_rules, || istio_names::check(set, &names, stretch.clone())))
                    .collect()
            }
        }
    };
    let parts: Vec<Vec<Part>> = jobs.par_iter().with_max_len(1).map(work).collect();
    gather(rules, parts.into_iter().flatten())
}

fn gather(rules: &[Registered], parts: impl Iterator<Item = Part>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut unresolved: BTreeMap<&str, usize> = BTreeMap::new();
    for (entry, part) in parts {
        match part {
            Ok((findings, open)) => {
                outcome.findings.extend(findings);
                *unresolved.entry(entry.meta().name).or_default() += open;
            }
            Err(message) => outcome.panicked.push(Panicked { rule: entry.meta(), message }),
        }
    }
    outcome.panicked.sort_by_key(|panicked| panicked.rule.name);
    outcome.panicked.dedup_by_key(|panicked| panicked.rule.name);
    let bugs: Vec<&str> = outcome.panicked.iter().map(|panicked| panicked.rule.name).collect();
    outcome.findings.retain(|finding| !bugs.contains(&finding.rule.name));
    outcome.findings.sort_by_key(|finding| (finding.primary.span, finding.rule.name));
    let open = |entry: &Registered| unresolved.get(entry.meta().name).copied().filter(|count| *count > 0);
    outcome.unresolved = rules.iter().filter_map(|entry| Some((entry.meta(), open(entry)?))).collect();
    outcome
}

fn run_one(
    set: &ResourceSet<'_>,
    entry: Registered,
    stretch: Range<u32>,
) -> Result<(Vec<Finding>, usize), String> {
    let checked = catch(|| {
        let mut cx = Context::new(set, entry.meta(), stretch);
        if let Check::Each(check) | Check::Whole(check) = entry.rule.check {
            check(&mut cx);
        }
        (cx.findings, cx.unresolved)
    });
    checked.map_err(|bug| bug.message)
}

/// Rules that share a walk share its fate too.
fn shared(
    rules: impl ExactSizeIterator<Item = Registered>,
    walk: impl FnOnce() -> Vec<(Registered, Vec<Finding>)>,
) -> Vec<Part> {
    if rules.len() == 0 {
        return vec![];
    }
    match catch(walk) {
        Ok(found) => found.into_iter().map(|(entry, findings)| (entry, Ok((findings, 0)))).collect(),
        Err(bug) => rules.map(|entry| (entry, Err(bug.message.clone()))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::model::World;
    use crate::rules::Rule;
    use crate::source::Sources;

    static FAILS: Rule = Rule {
        meta: RuleMeta {
            name: "fails",
            codes: &[],
            analyzers: &[],
            summary: "a rule with a bug",
            severity: Severity::Error,
            inputs: &[],
            page: "",
        },
        check: Check::Whole(|_| panic!("no such thing")),
    };

    #[test]
    fn a_rule_that_panics_is_named_and_the_others_go_on() {
        let (sources, world) = (Sources::default(), World::default());
        let set = ResourceSet::new(&sources, &[], &world);
        let other = super::super::ALL[0];
        let outcome = run(&set, &[Registered { group: "test", rule: &FAILS, if_named: false }, other]);
        assert_eq!(outcome.panicked.len(), 1);
        assert_eq!(outcome.panicked[0].rule.name, "fails");
        assert!(outcome.panicked[0].message.contains("no such thing"));
    }
}
