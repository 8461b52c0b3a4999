use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::webhook::metadata::check_annotations;
use crate::rules::webhook::{CODES, doubt, has_only, refuse, target};
use crate::rules::{Check, Context, Rule};
use crate::schema::value;
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-telemetry",
        codes: CODES,
        analyzers: &["schema.ValidationAnalyzer.Telemetry"],
        summary: "a Telemetry that Istio refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::Telemetry],
        page: include_str!("invalid_telemetry.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for telemetry in cx.each_of_kind(Kind::Telemetry) {
        check_annotations(cx, telemetry);
        target::check_target(cx, telemetry);
        check_tracing(cx, telemetry);
        for metrics in telemetry.spec_at("metrics").into_iter().flat_map(Node::items) {
            for list in metrics.get("overrides").into_iter().flat_map(Node::items) {
                check_tags(cx, telemetry, list);
            }
        }
        for log in telemetry.spec_at("accessLogging").into_iter().flat_map(Node::items) {
            check_filter(cx, telemetry, log);
        }
    }
}

/// The items that are mappings; of others the schema tells.
fn maps(list: Option<Node<'_>>) -> impl Iterator<Item = Node<'_>> {
    list.into_iter().flat_map(Node::items).filter(|item| item.is_map())
}

/// Istio supports one entry, and one provider in it.
fn check_tracing(cx: &mut Context<'_, '_>, telemetry: &Resource<'_>) {
    let tracing = || maps(telemetry.spec_at("tracing"));
    if let Some(second) = tracing().nth(1) {
        let finding = doubt(cx, telemetry, second, "`tracing` has more than one entry");
        finding.label("Istio does not support a second one");
        finding.help("put what belongs together into one entry, or into Telemetries with other targets");
    }
    for entry in tracing() {
        if let Some(second) = maps(entry.get("providers")).nth(1) {
            let finding = doubt(cx, telemetry, second, "`tracing` has more than one provider");
            finding.label("Istio does not support a second one");
            finding.help("name one provider; a collector can pass spans on to several backends");
        }
        for (key, _) in entry.get("customTags").into_iter().flat_map(Node::entries) {
            if key.text() == Some("") {
                let finding = refuse(cx, telemetry, key, "a tag has no name");
                finding.label("an empty key");
                finding.help("write the name that the tag is to have on the spans");
            }
        }
    }
}

fn check_tags(cx: &mut Context<'_, '_>, telemetry: &Resource<'_>, list: Node<'_>) {
    for (key, tag) in list.get("tagOverrides").into_iter().flat_map(Node::entries) {
        let name = key.text().unwrap_or("");
        if name.is_empty() {
            let finding = doubt(cx, telemetry, key, "an overridden tag has no name");
            finding.label("an empty key");
            finding.help("write the name of the tag, such as `request_host`");
            continue;
        }
        // With an operation that is written, the schema tells.
        let is_bare = has_only(tag, &["operation", "value"]) && tag.get("operation").is_none();
        if is_bare && tag.get("value").is_none_or(|value| value.as_str() == Some("")) {
            let finding = refuse(cx, telemetry, key, format!("the tag `{name}` is overridden without a value"));
            finding.label("without an operation it is set, and needs a `value`");
            finding.help("write a `value`, such as `value: request.host`, or `operation: REMOVE` to drop the tag");
        }
    }
}

fn check_filter(cx: &mut Context<'_, '_>, telemetry: &Resource<'_>, log: Node<'_>) {
    let Some(filter) = log.get("filter").filter(|filter| filter.is_map()) else { return };
    let Some(expression) = filter.get("expression") else {
        if !has_only(filter, &["expression"]) {
            return;
        }
        let finding = refuse(cx, telemetry, filter, "a filter of access logs has no expression");
        finding.label("nothing to decide by");
        finding.help("write one, such as `expression: response.code >= 400`, or remove `filter`");
        return;
    };
    let Some(text) = expression.as_str() else { return };
    if let Err(fault) = value::cel(text) {
        let finding = refuse(cx, telemetry, expression, format!("`expression` {fault}"));
        finding.label("Istio reads this as CEL");
        finding.help("an expression looks like `response.code >= 400 || connection.mtls == false`");
    }
}
