use crate::finding::{RuleMeta, Severity};
use crate::model::selector::label;
use crate::model::view::Gateway;
use crate::model::{Kind, Lookup, Resource, Selector, View};
use crate::rules::nearest::nearest;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "gateway-without-workload",
        codes: &["IST0101"],
        analyzers: &["gateway.IngressGatewayPortAnalyzer", "gateway.SecretAnalyzer"],
        summary: "a Gateway selects no pod",
        severity: Severity::Error,
        inputs: &[Kind::Gateway, Kind::Pod, Kind::IstioOperator],
        page: include_str!("gateway_without_workload.md"),
    },
    check: Check::Each(check),
};

/// What the names of the labels end in by which pods are found that Istio makes of a Gateway of the Gateway API: they
/// are in no manifest.
const MADE_BY_ISTIO: &str = "/gateway-name";

/// The labels of the gateways that Istio's profiles install.
const INSTALLED: [(&str, &str); 2] = [("istio", "ingressgateway"), ("istio", "egressgateway")];

/// Whether the input holds what runs the mesh: then it holds the gateways too.
fn is_mesh_here(cx: &Context<'_, '_>) -> bool {
    cx.workloads_in(&cx.world().mesh_namespace).next().is_some()
}

fn check(cx: &mut Context<'_, '_>) {
    for gateway in cx.each::<Gateway>() {
        let selector = gateway.selector();
        let is_made = selector.labels().any(|(key, _)| key.ends_with(MADE_BY_ISTIO));
        // An operator makes the pods of gateways too, and so does the installation, which is seldom kept beside them.
        let may_be_made = is_made || cx.of_kind(Kind::IstioOperator).len() > 0;
        let may_be_installed = selector.labels().any(|label| INSTALLED.contains(&label)) && !is_mesh_here(cx);
        if may_be_made
            || may_be_installed
            || cx.selected_anywhere(selector).next().is_some() {
            continue;
        }
        if let Lookup::Missing = cx.lookup(None::<()>) {
            report(cx, gateway.resource(), selector);
        }
    }
}

fn report<'m>(cx: &mut Context<'m, '_>, gateway: &'m Resource<'m>, selector: Selector<'m>) {
    let meant = selector.labels().find_map(|(key, value)| {
        let values = cx.workloads().iter().filter_map(|workload| label(workload.labels(), key));
        Some((key, nearest(value, values.filter(|other| *other != value))?))
    });
    let place = gateway.spec_at("selector").and_then(|selector| selector.entries().next());
    let place = place.map_or(gateway.name_node(), |(_, value)| value);
    let message = match selector.is_empty() {
        true => format!("no pod serves Gateway `{}`: there is none", gateway.name),
        false => format!("no pod has the labels that Gateway `{}` selects", gateway.name),
    };
    let finding = cx.report(gateway, place, message);
    finding.label("no proxy opens these ports");
    match meant {
        Some((key, meant)) => finding.help(format!("did you mean `{key}: {meant}`?")),
        None => finding.help("select labels of the gateway's pods; they are in none of the manifests that were read"),
    };
}
