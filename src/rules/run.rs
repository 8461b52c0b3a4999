//! Running rules over a set: in parallel, each for itself, so that one that fails takes nothing with it.

use rayon::prelude::*;

use super::{Context, Registered};
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

/// Runs rules over a set.
pub fn run(set: &ResourceSet<'_>, rules: &[Registered]) -> Outcome {
    let parts: Vec<_> = rules.par_iter().with_max_len(1).map(|entry| run_one(set, *entry)).collect();
    let mut outcome = Outcome::default();
    for (entry, part) in rules.iter().zip(parts) {
        match part {
            Ok((findings, unresolved)) => {
                outcome.findings.extend(findings);
                if unresolved > 0 {
                    outcome.unresolved.push((entry.meta(), unresolved));
                }
            }
            Err(message) => outcome.panicked.push(Panicked { rule: entry.meta(), message }),
        }
    }
    outcome.findings.sort_by_key(|finding| (finding.primary.span, finding.rule.name));
    outcome
}

fn run_one(set: &ResourceSet<'_>, entry: Registered) -> Result<(Vec<Finding>, usize), String> {
    let checked = catch(|| {
        let mut cx = Context::new(set, entry.meta());
        (entry.rule.check)(&mut cx);
        (cx.findings, cx.unresolved)
    });
    checked.map_err(|bug| bug.message)
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
        check: |_| panic!("no such thing"),
    };

    #[test]
    fn a_rule_that_panics_is_named_and_the_others_go_on() {
        let (sources, world) = (Sources::default(), World::default());
        let set = ResourceSet::new(&sources, &[], &world);
        let other = super::super::ALL[0];
        let outcome = run(&set, &[Registered { group: "test", rule: &FAILS }, other]);
        assert_eq!(outcome.panicked.len(), 1);
        assert_eq!(outcome.panicked[0].rule.name, "fails");
        assert!(outcome.panicked[0].message.contains("no such thing"));
    }
}
