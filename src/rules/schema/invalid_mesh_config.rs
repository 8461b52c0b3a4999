use crate::finding::{RuleMeta, Severity};
use crate::model::{Kind, Resource};
use crate::rules::embedded::{self, Embedded, What};
use crate::rules::webhook::Judge;
use crate::rules::webhook::mesh_config::{mesh_config, mesh_networks, proxy_config};
use crate::rules::{Check, Context, Rule};
use crate::yaml::{Node, ProblemKind, Tree};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-mesh-config",
        codes: &[],
        analyzers: &[],
        summary: "configuration of the mesh or of its proxies that Istio does not take",
        severity: Severity::Error,
        inputs: &[Kind::ConfigMap, Kind::Pod, Kind::IstioOperator],
        page: include_str!("invalid_mesh_config.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_resource() {
        for text in embedded::texts(resource, cx.world()) {
            if let Some(tree) = text.read() {
                check_text(cx, resource, &text, &tree);
            }
        }
    }
    for operator in cx.each_of_kind(Kind::IstioOperator) {
        check_operator(cx, operator);
    }
}

fn check_text<'m, 'a>(
    cx: &mut Context<'m, 'a>,
    resource: &'m Resource<'a>,
    text: &Embedded<'_>,
    tree: &Tree,
) {
    for problem in &tree.problems {
        let is_twice = matches!(problem.kind, ProblemKind::DuplicateKey { .. });
        let message = match is_twice {
            true => problem.message.clone(),
            false => format!("the text of `{}` is no YAML: {}", text.key, problem.message),
        };
        let finding = cx.report_span(resource, problem.span, message);
        match &problem.kind {
            ProblemKind::DuplicateKey { first } => {
                finding.severity(Severity::Warning).label("this one counts");
                finding.also(*first, "this one is ignored").help("remove one of them");
            }
            _ => drop(finding.label(text.refusal)),
        }
    }
    let Some(root) = embedded::root(tree) else { return };
    let judge = &mut Judge::of_config(cx, resource, text.refusal);
    judge_config(judge, text.what, root);
}

fn judge_config(judge: &mut Judge<'_, '_, '_>, what: What, root: Node<'_>) {
    match what {
        What::MeshConfig => mesh_config(judge, root),
        What::ProxyConfig => proxy_config(judge, root),
        What::MeshNetworks => {
            if let Some(networks) = root.get("networks") {
                mesh_networks(judge, networks);
            }
        }
    }
}

/// istioctl checks the configuration of the mesh before it installs; the networks are istiod's to refuse.
fn check_operator<'m, 'a>(cx: &mut Context<'m, 'a>, operator: &'m Resource<'a>) {
    let Some(spec) = operator.spec() else { return };
    let judge = &mut Judge::of_config(cx, operator, "istioctl refuses the IstioOperator");
    for path in [&["meshConfig"][..], &["values", "meshConfig"]] {
        if let Some(mesh) = spec.at(path) {
            mesh_config(judge, mesh);
        }
    }
    let judge = &mut Judge::of_config(cx, operator, "istiod takes none of the networks");
    if let Some(networks) = spec.at(&["values", "global", "meshNetworks"]) {
        mesh_networks(judge, networks);
    }
}
