use crate::finding::{RuleMeta, Severity};
use crate::model::membership::{INJECT, Membership};
use crate::model::selector::label;
use crate::model::{Kind, Lookup, Workload};
use crate::rules::injector::{Webhook, is_live, webhooks_of};
use crate::rules::{Check, Context, Rule};
use crate::yaml::Node;

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "image-auto-without-injection",
        codes: &["IST0146", "IST0147"],
        analyzers: &["injection.ImageAutoAnalyzer"],
        summary: "`image: auto` where no injector puts an image in its place",
        severity: Severity::Warning,
        inputs: &[Kind::Pod, Kind::Namespace, Kind::MutatingWebhookConfiguration],
        page: include_str!("image_auto_without_injection.md"),
    },
    check: Check::Each(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for workload in cx.each_workload() {
        let Some(image) = auto_image(workload) else { continue };
        if is_live(&workload.resource) {
            report(cx, workload, image, "the injector has not replaced it, and the pod cannot start");
        } else if !may_be_injected(cx, workload) {
            report(cx, workload, image, "no webhook takes these pods, and there is no such image");
        }
    }
}

fn auto_image<'a>(workload: &Workload<'a>) -> Option<Node<'a>> {
    let spec = workload.spec()?;
    let containers = ["containers", "initContainers"].into_iter().filter_map(|key| spec.get(key));
    let mut own = containers.flat_map(Node::items).filter(|it| it.str_at("name") == Some("istio-proxy"));
    own.find_map(|container| container.get("image").filter(|image| image.as_str() == Some("auto")))
}

/// By the webhooks of the input; where it has none, or others may be elsewhere, by those that Istio installs.
fn may_be_injected<'a>(cx: &Context<'_, 'a>, workload: &Workload<'a>) -> bool {
    let webhooks = cx.of_kind(Kind::MutatingWebhookConfiguration).flat_map(webhooks_of);
    let mut webhooks = webhooks.filter(|webhook| webhook.is_of_istio()).peekable();
    if webhooks.peek().is_some() {
        let taken = webhooks.any(|webhook| takes(cx, webhook, workload));
        if taken || cx.world().complete {
            return taken;
        }
    }
    matches!(cx.membership(workload), Membership::Sidecar | Membership::Unknown)
}

fn takes<'a>(cx: &Context<'_, 'a>, webhook: Webhook<'_, 'a>, workload: &Workload<'a>) -> bool {
    let name = workload.resource.namespace;
    let labels = match cx.namespace(name) {
        Lookup::Found(namespace) => namespace.labels(),
        Lookup::Missing => None,
        Lookup::Unknown => return webhook.objects().matches(workload.labels()),
    };
    // Kubernetes labels every namespace with its name.
    let of_namespace = |key: &str| match key {
        "kubernetes.io/metadata.name" => Some(name),
        _ => label(labels, key),
    };
    webhook.namespaces().matches_by(of_namespace) && webhook.objects().matches(workload.labels())
}

fn report(cx: &mut Context<'_, '_>, workload: &Workload<'_>, image: Node<'_>, why: &str) {
    let is_pod = workload.resource.kind == Kind::Pod;
    let finding = cx.report(&workload.resource, image, "nothing replaces the image `auto`").label(why);
    match is_pod {
        true => finding.codes(&["IST0147"]).severity(Severity::Error),
        false => finding.codes(&["IST0146"]),
    };
    finding.help(format!("label the pods `{INJECT}: \"true\"`, or their namespace `istio-injection: enabled`"));
}
