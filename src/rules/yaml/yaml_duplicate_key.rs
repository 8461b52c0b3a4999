use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Context, Rule};
use crate::yaml::ProblemKind;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "yaml-duplicate-key",
        codes: &[],
        analyzers: &[],
        summary: "a mapping that holds one key twice",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("yaml_duplicate_key.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for tree in cx.trees() {
        for problem in &tree.problems {
            let ProblemKind::DuplicateKey { first } = problem.kind else { continue };
            let document = tree.document_at(problem.span.start);
            let key = cx.slice(problem.span).trim_matches(['"', '\'']);
            cx.report_text(document, problem.span, format!("the key `{key}` stands here twice"))
                .label("where neither is refused, this one counts")
                .also(first, "the first one")
                .help("keep one of the two; the API server refuses both with strict field validation");
        }
    }
}
