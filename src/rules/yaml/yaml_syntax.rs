use crate::finding::{RuleMeta, Severity};
use crate::rules::{Check, Context, Rule};
use crate::yaml::ProblemKind;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "yaml-syntax",
        codes: &[],
        analyzers: &[],
        summary: "a document that cannot be read",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("yaml_syntax.md"),
    },
    check: Check::Whole(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for tree in cx.trees() {
        for problem in &tree.problems {
            let help = match problem.kind {
                ProblemKind::Syntax => "nothing of this document was checked; the others were",
                ProblemKind::Limit => "nothing of this document was checked; no cluster would take it either",
                ProblemKind::Template => "render the chart first (`helm template`), then analyse what it prints",
                ProblemKind::DuplicateKey { .. } => continue,
            };
            let document = tree.document_at(problem.span.start);
            cx.report_text(document, problem.span, problem.message.clone()).help(help);
        }
    }
}
