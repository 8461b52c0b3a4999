//! The lines below the findings: what was read, what it came to, and what to type next.

use std::time::Duration;

use super::{Options, Report};
use crate::finding::{FailOn, Severity, Summary};

/// The closing lines, for stderr: the counts, and where there are findings the reason of the exit code. Nothing where
/// `quiet` is on. A blank line before them is up to the caller, who knows whether findings stand above.
pub fn summary_lines(report: &Report<'_>, options: &Options) -> Vec<String> {
    if options.quiet {
        return Vec::new();
    }
    let mut lines = vec![counts(&report.summary, options)];
    let reason = options.exit.clone().or_else(|| exit(report, options.fail_on));
    let worst = report.findings.iter().rev().max_by_key(|finding| finding.severity);
    let next = worst.map(|finding| format!("weft explain {}", finding.rule.name));
    let parts: Vec<_> = reason.into_iter().chain(next).collect();
    if !parts.is_empty() {
        lines.push(parts.join(dot(options)));
    }
    lines
}

fn counts(summary: &Summary, options: &Options) -> String {
    let mut parts = vec![findings(summary)];
    if summary.files == 0 {
        parts.push("nothing was read".into());
    } else {
        let documents = plural(summary.documents, "document");
        parts.push(format!("{documents} in {}", plural(summary.files, "file")));
    }
    if summary.suppressed > 0 {
        parts.push(format!("{} suppressed", summary.suppressed));
    }
    if summary.unknown_kinds > 0 {
        let kinds = plural(summary.unknown_kinds, "kind");
        parts.push(format!("{kinds} unknown to weft (`weft {} -v` names them)", options.command));
    }
    if summary.others > 0 {
        let are = if summary.others == 1 { "is no Kubernetes object" } else { "are no Kubernetes objects" };
        parts.push(format!("{} {are}", plural(summary.others, "document")));
    }
    if summary.unresolved > 0 {
        let lead = if summary.unresolved == 1 { "leads" } else { "lead" };
        let references = plural(summary.unresolved, "reference");
        parts.push(format!("{references} {lead} outside the input (--complete judges them)"));
    }
    parts.extend(options.elapsed.map(duration));
    parts.join(dot(options))
}

fn findings(summary: &Summary) -> String {
    if summary.findings() == 0 {
        return "no findings".into();
    }
    let mut parts = Vec::new();
    for (count, word) in [(summary.error, "error"), (summary.warning, "warning")] {
        if count > 0 {
            parts.push(plural(count, word));
        }
    }
    if summary.info > 0 {
        // The name of the severity has no plural.
        parts.push(format!("{} info", summary.info));
    }
    format!("{}: {}", plural(summary.findings(), "finding"), parts.join(", "))
}

/// Why the findings end the run as they do.
fn exit(report: &Report<'_>, fail_on: FailOn) -> Option<String> {
    if report.findings.is_empty() {
        return None;
    }
    let by_flag = format!("(--fail-on {fail_on})");
    let plural = |severity| match severity {
        Severity::Error => "errors",
        Severity::Warning => "warnings",
        Severity::Info => "findings",
    };
    let worst = super::super::worst(report.findings).filter(|&severity| fail_on.includes(severity));
    Some(match (worst, fail_on.threshold()) {
        (Some(severity), _) => format!("exit 1 because of {} {by_flag}", plural(severity)),
        (None, Some(threshold)) => format!("exit 0: no {} {by_flag}", plural(threshold)),
        (None, None) => format!("exit 0 {by_flag}"),
    })
}

fn dot(options: &Options) -> &'static str {
    if options.unicode { " \u{b7} " } else { " - " }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn duration(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        0 => "under 1 ms".into(),
        ms @ 1..1000 => format!("{ms} ms"),
        ms @ 1000..60_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        ms => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{Case, full};

    fn lines(case: &Case, change: impl FnOnce(&mut Summary, &mut Options)) -> String {
        let (mut summary, mut options) = (case.summary(), Options::default());
        change(&mut summary, &mut options);
        let report = Report { findings: &case.findings, sources: &case.sources, summary };
        summary_lines(&report, &options).join("\n")
    }

    #[test]
    fn findings_give_counts_reason_and_next_step() {
        let all = lines(&full(), |summary, options| {
            (summary.documents, summary.files, summary.unknown_kinds) = (214, 203, 4);
            options.elapsed = Some(Duration::from_micros(12_345));
        });
        insta::assert_snapshot!(all, @"
        3 findings: 1 error, 1 warning, 1 info · 214 documents in 203 files · 4 kinds unknown to weft (`weft analyze -v` names them) · 12 ms
        exit 1 because of errors (--fail-on error) · weft explain host-is-bad
        ");
    }

    #[test]
    fn clean_is_one_line() {
        let case = Case::new("a.yaml", "a: b\n");
        assert_eq!(lines(&case, |_, _| ()), "no findings · 1 document in 1 file");
        assert_eq!(lines(&case, |_, options| options.unicode = false), "no findings - 1 document in 1 file");
        assert_eq!(lines(&case, |_, options| options.quiet = true), "");
    }

    #[test]
    fn nothing_read_is_said() {
        let case = Case { sources: Default::default(), findings: Vec::new() };
        let said = lines(&case, |_, options| options.exit = Some("exit 3: no such file".into()));
        assert_eq!(said, "no findings · nothing was read\nexit 3: no such file");
    }

    #[test]
    fn findings_below_the_threshold_end_well() {
        let mut case = full();
        case.findings.remove(0);
        let reason = |fail_on| {
            let said = lines(&case, |_, options| options.fail_on = fail_on);
            said.lines().nth(1).map(str::to_owned).unwrap_or_default()
        };
        assert_eq!(reason(FailOn::Error), "exit 0: no errors (--fail-on error) · weft explain host-is-bad");
        assert_eq!(
            reason(FailOn::Info),
            "exit 1 because of warnings (--fail-on info) · weft explain host-is-bad"
        );
        assert_eq!(reason(FailOn::Never), "exit 0 (--fail-on never) · weft explain host-is-bad");
    }

    #[test]
    fn what_was_not_judged_is_said() {
        let rules = |count| (0..count).map(|index| format!("rule-{index}")).collect();
        let case = Case::new("a.yaml", "");
        let some = lines(&case, |summary, _| {
            (summary.suppressed, summary.skipped_rules, summary.unknown_kinds) = (2, rules(2), 1);
        });
        insta::assert_snapshot!(some, @"no findings · 1 document in 1 file · 2 suppressed · 1 kind unknown to weft (`weft analyze -v` names them)");
        let many = lines(&case, |summary, _| summary.skipped_rules = rules(9));
        insta::assert_snapshot!(many, @"no findings · 1 document in 1 file");
    }

    #[test]
    fn times_have_units() {
        let said = [300, 12_345, 1_290_000, 61_000_000].map(|us| duration(Duration::from_micros(us)));
        assert_eq!(said, ["under 1 ms", "12 ms", "1.2 s", "1 min 1 s"]);
    }
}
