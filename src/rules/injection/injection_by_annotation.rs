use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{INJECT, NAMESPACE_INJECTION, has_proxy, is_host_network};
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Workload};
use crate::rules::{Check, Context, Rule};
use crate::source::Span;
use crate::yaml::{Node, Style};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "injection-by-annotation",
        codes: &["IST0135"],
        analyzers: &["annotations.K8sAnalyzer"],
        summary: "sidecar injection asked for by annotation, where a label is needed",
        severity: Severity::Warning,
        inputs: &[Kind::Pod, Kind::Namespace],
        page: include_str!("injection_by_annotation.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for workload in cx.each_workload() {
        let Some(annotation) = workload.annotation(INJECT) else { continue };
        // With the label the annotation is not even read.
        if label(workload.labels(), INJECT).is_some() || has_proxy(workload) || is_host_network(workload) {
            continue;
        }
        match annotation.text() {
            Some("true") => report_true(cx, workload, annotation),
            Some("false") => report_false(cx, workload, annotation),
            _ => {}
        }
    }
}

fn report_true<'a>(cx: &mut Context<'_, 'a>, workload: &Workload<'a>, annotation: Node<'_>) {
    let takes = cx.webhook_takes(workload);
    let edit = label_edit(cx, workload);
    let name = workload.resource.namespace;
    let namespace = match cx.find_kind(Kind::Namespace, "", name) {
        Lookup::Found(namespace) => Some(namespace),
        _ => None,
    };
    let refusal = namespace.and_then(|namespace| namespace.labels()?.get(NAMESPACE_INJECTION));
    let refusal = refusal.filter(|value| value.text() != Some("enabled")).map(Node::span);
    let message = format!("the annotation `{INJECT}` does not bring a sidecar");
    let finding = cx.report(&workload.resource, annotation, message).codes(codes(workload));
    if let Some(refusal) = refusal {
        finding.label("these pods get none").also(refusal, format!("`{name}` refuses sidecars"));
        finding.help("take the annotation out, or the label of the namespace");
        return;
    }
    match takes {
        Lookup::Found(true) => finding
            .severity(Severity::Info)
            .label("these pods get one without it, by a label of theirs or of their namespace"),
        Lookup::Found(false) | Lookup::Missing => {
            finding.label(format!("`{name}` has no label for it either: these pods get none"))
        }
        Lookup::Unknown => finding.label(format!("these pods get one only if `{name}` is labelled for it")),
    };
    finding.help(format!(
        "put `{INJECT}: \"true\"` under `labels` of the template: webhooks select pods by labels"
    ));
    if let Some((span, text)) = edit {
        finding.replace(span, text, format!("add the label `{INJECT}`"));
    }
}

fn report_false(cx: &mut Context<'_, '_>, workload: &Workload<'_>, annotation: Node<'_>) {
    let message = format!("`{INJECT}` is a label now; the annotation is deprecated");
    let finding = cx.report(&workload.resource, annotation, message).codes(codes(workload));
    finding.severity(Severity::Info).label("still honoured: these pods get no sidecar");
    finding.help(format!("put `{INJECT}: \"false\"` under `labels` of the template"));
}

/// `istioctl analyze` looks at Pods only, and not at templates.
fn codes(workload: &Workload<'_>) -> &'static [&'static str] {
    if workload.resource.kind == Kind::Pod { RULE.meta.codes } else { &[] }
}

/// The label, and where to write it: before the first of the template's labels, if these stand in lines of their own.
fn label_edit(cx: &Context<'_, '_>, workload: &Workload<'_>) -> Option<(Span, String)> {
    let labels =
        workload.labels().filter(|labels| labels.style() == Style::BlockMap && !labels.is_alias())?;
    let place = labels.entries().next()?.0.span();
    let before = &labels.tree().text()[..place.start as usize];
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let indent = cx.slice(Span { start: line as u32, end: place.start, ..place });
    let is_blank = indent.bytes().all(|byte| byte == b' ');
    is_blank.then(|| (Span { end: place.start, ..place }, format!("{INJECT}: \"true\"\n{indent}")))
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Question, analyze};
    use crate::load::Loaded;
    use crate::model::World;
    use crate::rules::find;

    fn fixed(text: &str) -> Option<String> {
        let loaded = Loaded::from_memory(&[("a.yaml", text)]);
        let rules = vec![find("injection-by-annotation").unwrap()];
        let world = World { complete: true, ..World::default() };
        let findings =
            analyze(&loaded, Question { world, rules, suppressions: vec![], expired: vec![] }).findings;
        let edit = &findings[0].fix.as_ref()?.edits[0];
        let mut text = text.to_owned();
        text.replace_range(edit.span.range(), &edit.replacement);
        Some(text)
    }

    fn deployment(labels: &str) -> String {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      \
             annotations:\n        sidecar.istio.io/inject: \"true\"\n      labels:{labels}\n"
        )
    }

    #[test]
    fn the_label_is_added_in_a_line_of_its_own() {
        let labelled = "\n        sidecar.istio.io/inject: \"true\"\n        app: web";
        assert_eq!(fixed(&deployment("\n        app: web")), Some(deployment(labelled)));
    }

    #[test]
    fn labels_in_braces_are_left_alone() {
        assert_eq!(fixed(&deployment(" {app: web}")), None);
    }
}
