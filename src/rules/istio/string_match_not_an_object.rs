use crate::finding::{Fix, RuleMeta, Severity};
use crate::model::view::{Protocol, VirtualService};
use crate::model::{Kind, Resource, View};
use crate::rules::{Check, Context, Rule};
use crate::source::Edit;
use crate::yaml::{Node, Style};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "string-match-not-an-object",
        codes: &[],
        analyzers: &[],
        summary: "a match of a VirtualService that compares with a bare value",
        severity: Severity::Error,
        inputs: &[Kind::VirtualService],
        page: include_str!("string_match_not_an_object.md"),
    },
    check: Check::Each(check),
};

/// The conditions of a match that are one comparison.
const SINGLE: &[&str] = &["uri", "scheme", "method", "authority"];
/// Those that are comparisons by name.
const BY_NAME: &[&str] = &["headers", "withoutHeaders", "queryParams"];

fn check(cx: &mut Context<'_, '_>) {
    for service in cx.each::<VirtualService>() {
        for route in service.routes().filter(|route| route.protocol == Protocol::Http) {
            for (key, value) in route.matches().flat_map(Node::entries) {
                let Some(field) = key.text() else { continue };
                if SINGLE.contains(&field) {
                    check_value(cx, service.resource(), field, value);
                } else if BY_NAME.contains(&field) {
                    for (name, value) in value.entries() {
                        check_value(cx, service.resource(), name.text().unwrap_or(field), value);
                    }
                }
            }
            let origins = route.node.at(&["corsPolicy", "allowOrigins"]);
            for value in origins.into_iter().flat_map(Node::items) {
                check_value(cx, service.resource(), "", value);
            }
        }
    }
}

/// `null` is dropped by the API server, and a mapping is the schema's business.
fn check_value(cx: &mut Context<'_, '_>, service: &Resource<'_>, field: &str, value: Node<'_>) {
    if value.is_map() || value.is_null() {
        return;
    }
    let what = if field.is_empty() { "an allowed origin" } else { field };
    let message = match field {
        "" => "an allowed origin is a bare value where an object belongs".to_owned(),
        _ => format!("`{what}` is matched with a bare value where an object belongs"),
    };
    let written = literal(cx, value);
    let finding = cx.report(service, value, message);
    finding.label("the API server refuses it: `exact`, `prefix` or `regex` has to say how to compare");
    let Some(written) = written else {
        finding.help("write an object with one of `exact`, `prefix` and `regex`");
        return;
    };
    let key = if field.is_empty() { "- ".to_owned() } else { format!("{field}: ") };
    let exact = format!("{{exact: {written}}}");
    if field == "uri" {
        // A path is as often meant as a prefix: two repairs are right, so that neither is made.
        finding.help(format!("write `uri: {{prefix: {written}}}` or `uri: {exact}`"));
        return;
    }
    finding.help(format!("write `{key}{exact}`"));
    if !value.is_alias() {
        let edit = Edit { span: value.span(), replacement: exact.clone() };
        finding.fix = Some(Fix { title: format!("write `{exact}`"), edits: vec![edit] });
    }
}

/// A scalar as it may stand between braces: as it is written where it has quotes, else with quotes.
fn literal(cx: &Context<'_, '_>, value: Node<'_>) -> Option<String> {
    match value.style() {
        Style::SingleQuoted | Style::DoubleQuoted => {
            let written = cx.slice(value.span());
            (!written.contains('\n')).then(|| written.to_owned())
        }
        Style::Plain => {
            let text = value.text()?;
            Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
        }
        _ => None,
    }
}
