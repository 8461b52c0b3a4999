use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "kong-ingress-ignored-field",
        codes: &[],
        analyzers: &[],
        summary: "settings of a KongIngress that Kong does not read",
        severity: Severity::Warning,
        inputs: &[Kind::KongIngress],
        page: include_str!("kong_ingress_ignored_field.md"),
    },
    check: Check::Each(check),
};

/// A section that Kong Ingress Controller ignores since 3.0 (the API's own comments in `kongingress_types.go`;
/// Kong/kubernetes-ingress-controller 4760).
struct Section {
    name: &'static str,
    /// What carries the annotations that took its place.
    carrier: &'static str,
    /// The settings that have such an annotation.
    settings: &'static [&'static str],
}

const SECTIONS: &[Section] = &[
    Section {
        name: "proxy",
        carrier: "the Service",
        settings: &["protocol", "path", "retries", "connect_timeout", "read_timeout", "write_timeout"],
    },
    Section {
        name: "route",
        carrier: "the Ingress or HTTPRoute",
        settings: &[
            "methods",
            "headers",
            "protocols",
            "regex_priority",
            "strip_path",
            "preserve_host",
            "https_redirect_status_code",
            "path_handling",
            "snis",
            "request_buffering",
            "response_buffering",
        ],
    },
];

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_of_kind(Kind::KongIngress) {
        // Said once for the object.
        let mut without_effect = resource.root.get("upstream").is_none();
        // Many write a `spec`, as in other kinds: KongIngress has none.
        for (holder, label) in [
            (Some(resource.root), "ignored since Kong Ingress Controller 3.0"),
            (resource.spec(), "ignored since Kong Ingress Controller 3.0; and KongIngress has no `spec`"),
        ] {
            for section in SECTIONS {
                let entry = holder.and_then(|holder| holder.entry(section.name));
                let Some((key, value)) = entry.filter(|(_, value)| !value.is_null()) else { continue };
                let message = format!("`{}` of a KongIngress has no effect", section.name);
                let finding = cx.report(resource, key, message);
                finding.label(label);
                if let Some(annotations) = annotations(section, value) {
                    finding.help(format!("annotate {} instead: {annotations}", section.carrier));
                }
                if std::mem::take(&mut without_effect) {
                    finding.help("this KongIngress has no effect at all: delete it");
                }
            }
        }
    }
}

/// The annotations that took the place of the settings in a section.
fn annotations(section: &Section, value: Node<'_>) -> Option<String> {
    let keys = value.entries().filter_map(|(key, _)| key.text());
    let annotations = keys.filter(|key| section.settings.contains(key)).map(|key| match key {
        "headers" => "`konghq.com/headers.NAME`".to_owned(),
        key => format!("`konghq.com/{}`", key.replace('_', "-")),
    });
    let annotations: Vec<String> = annotations.collect();
    (!annotations.is_empty()).then(|| annotations.join(", "))
}
