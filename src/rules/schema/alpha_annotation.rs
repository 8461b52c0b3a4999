use crate::finding::{RuleMeta, Severity};
use crate::mesh::istio::{Status, annotations};
use crate::model::Kind;
use crate::rules::istio_names::{Found, INPUTS, Names};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "alpha-annotation",
        codes: &["IST0136"],
        analyzers: &["annotations.AlphaAnalyzer"],
        summary: "an alpha annotation of Istio's (only where `--only` names this rule)",
        severity: Severity::Info,
        inputs: INPUTS,
        page: include_str!("alpha_annotation.md"),
    },
    check: Check::Name(Names::Annotations, check),
};

fn check(cx: &mut Context<'_, '_>, found: Found<'_>) {
    let Some(annotation) = annotations::find(found.name) else { return };
    if annotation.status != Status::Alpha || annotations::is_written(found.name) || is_by_cni(found) {
        return;
    }
    let message = format!("the annotation `{}` is alpha", found.name);
    let finding = cx.report(found.holder.resource, found.key, message);
    finding.codes(found.codes(RULE.meta.codes)).label("any release may change it or take it out");
}

/// What the injector writes into pods by itself where Istio's CNI plugin is used, and no `istio-init` shows that it is not
/// (Istio 1.30, `AlphaAnalyzer`).
fn is_by_cni(found: Found<'_>) -> bool {
    const WRITTEN: &[&str] = &[
        "sidecar.istio.io/interceptionMode",
        "traffic.sidecar.istio.io/includeOutboundIPRanges",
        "traffic.sidecar.istio.io/includeInboundPorts",
        "traffic.sidecar.istio.io/excludeInboundPorts",
    ];
    let resource = found.holder.resource;
    let mut containers = resource.spec_at("initContainers").into_iter().flat_map(Node::items);
    resource.kind == Kind::Pod
        && WRITTEN.contains(&found.name)
        && !containers.any(|container| container.str_at("name") == Some("istio-init"))
}
