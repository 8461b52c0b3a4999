use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::rules::webhook::Judge;
use crate::rules::webhook::judge::{filled, items};
use crate::rules::{Check, Context, Rule};
use crate::schema::value::{self, Fault};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "invalid-istio-operator",
        codes: &[],
        analyzers: &[],
        summary: "an IstioOperator that istioctl refuses or warns of",
        severity: Severity::Error,
        inputs: &[Kind::IstioOperator],
        page: include_str!("invalid_istio_operator.md"),
    },
    check: Check::Each(check),
};

/// The lists of gateways among the components, and the chart's values that go with each.
const GATEWAYS: &[(&str, &str)] =
    &[("ingressGateways", "istio-ingressgateway"), ("egressGateways", "istio-egressgateway")];

/// Istio 1.30, `ParseAndValidateIstioOperator`. Types are the schema's business, the mesh's configuration another rule's.
fn check(cx: &mut Context<'_, '_>) {
    for operator in cx.each_of_kind(Kind::IstioOperator) {
        let Some(spec) = operator.spec() else { continue };
        let judge = &mut Judge::of_config(cx, operator, "istioctl refuses the IstioOperator");
        if let Some(revision) = filled(spec, "revision") {
            judge.text(revision, value::istio_label);
        }
        if let Some(tag) = spec.get("tag") {
            judge.text(tag, image_tag);
        }
        for (list, chart) in GATEWAYS {
            check_gateways(judge, spec, list, chart);
        }
        check_replicas(judge, spec);
    }
}

/// A tag as go-containerregistry takes it.
fn image_tag(text: &str) -> Result<(), Fault> {
    let is_wrong = |c: char| !c.is_ascii_alphanumeric() && !"_-.".contains(c);
    match text.chars().find(|c| is_wrong(*c)) {
        None if text.is_empty() => Err("is no tag of an image".to_owned()),
        Some(c) => Err(format!("is no tag of an image: it has `{c}`, but may have only letters, digits, `_`, `-` and `.`")),
        None if text.len() > 128 => Err("is longer than the 128 characters of a tag".to_owned()),
        None => Ok(()),
    }
}

/// The name of a gateway's objects.
fn object_name(text: &str) -> Result<(), Fault> {
    let is_wrong = |c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && !".-".contains(c);
    match text.chars().find(|c| is_wrong(*c)) {
        Some(c) => Err(format!("has `{c}`, but may have only lowercase letters, digits, `-` and `.`")),
        None if text.len() > 254 => Err("is longer than 254 characters".to_owned()),
        None => Ok(()),
    }
}

fn check_gateways(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>, list: &str, chart: &str) {
    let values = spec.at(&["values", "gateways", chart]);
    let is_on = |key: &str| values.and_then(|values| values.get(key)).and_then(Node::as_bool) == Some(true);
    let Some(components) = spec.get("components") else { return };
    for gateway in items(components, list) {
        if let Some(name) = filled(gateway, "name") {
            judge.text(name, object_name);
        }
        let Some(settings) = gateway.get("k8s") else { continue };
        if !is_on("runAsRoot") {
            for port in settings.get("service").into_iter().flat_map(|service| items(service, "ports")) {
                check_port(judge, port, chart);
            }
        }
        let replicas = settings.get("replicaCount").filter(|node| node.as_int().is_some_and(|count| count != 0));
        if let Some(replicas) = replicas.filter(|_| is_on("autoscaleEnabled")) {
            let finding = judge.doubt(replicas, "`replicaCount` is set while the gateway scales by itself");
            finding.label("the autoscaler decides");
            finding.help(format!("remove it, or turn `values.gateways.{chart}.autoscaleEnabled` off"));
        }
    }
}

/// Gateways do not run as root, so that they cannot listen below 1024. Without a target port they listen at the port.
fn check_port(judge: &mut Judge<'_, '_, '_>, port: Node<'_>, chart: &str) {
    let Some(number) = port.get("port").and_then(Node::as_int) else { return };
    let target = match port.get("targetPort") {
        None => 0,
        Some(node) => match node.as_int() {
            Some(target) => target,
            // A name is not looked into, whatever it is.
            None => return,
        },
    };
    if target >= 1024 || (target == 0 && number > 1024) {
        return;
    }
    let (place, listens) = match port.get("targetPort").filter(|_| target != 0) {
        Some(node) => (node, target),
        None => (port.get("port").unwrap_or(port), number),
    };
    let finding = judge.refuse(place, format!("a gateway that is not root cannot listen at port {listens}"));
    finding.help(format!(
        "write a `targetPort` above 1024, such as 8080 or 8443, or set `values.gateways.{chart}.runAsRoot`"
    ));
}

fn check_replicas(judge: &mut Judge<'_, '_, '_>, spec: Node<'_>) {
    let scales = spec.at(&["values", "pilot", "autoscaleEnabled"]).and_then(Node::as_bool) == Some(true);
    let replicas = spec.at(&["components", "pilot", "k8s", "replicaCount"]);
    let replicas = replicas.filter(|node| scales && node.as_int().is_some_and(|count| count > 1));
    if let Some(replicas) = replicas {
        let finding = judge.doubt(replicas, "`replicaCount` is set while istiod scales by itself");
        finding.label("the autoscaler decides");
        finding.help("remove it, or turn `values.pilot.autoscaleEnabled` off; `autoscaleMin` is the least number");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_of_few_signs() {
        for good in ["1.30.3", "1.30-alpha_x", "latest"] {
            assert_eq!(image_tag(good), Ok(()), "{good}");
        }
        for bad in ["a:b", "a/b", "1.30 ", "v1+x", "", &"a".repeat(129)] {
            assert!(image_tag(bad).is_err(), "{bad}");
        }
    }
}
