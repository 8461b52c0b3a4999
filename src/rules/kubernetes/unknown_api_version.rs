use crate::finding::{RuleMeta, Severity};
use crate::model::Resource;
use crate::model::kinds::{KindInfo, group_of, is_istio, version_of};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "unknown-api-version",
        codes: &[],
        analyzers: &[],
        summary: "an `apiVersion` that is not served for its kind",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("unknown_api_version.md"),
    },
    check: Check::Each(check),
};

/// An `apiVersion` that was served once.
struct Gone {
    api_version: &'static str,
    kinds: &'static [&'static str],
    /// The first release that does not serve it.
    since: &'static str,
    /// What to write today.
    now: &'static str,
    /// What else changed with it.
    changed: Option<&'static str>,
    /// Whether the new `apiVersion` alone makes the manifest right again.
    is_fix: bool,
}

const SELECTOR: Option<&str> = Some("`spec.selector` is required there");
const INGRESS: Option<&str> =
    Some("`pathType` is required there, and a backend is `service.name` and `service.port`");

const fn gone(
    api_version: &'static str,
    kinds: &'static [&'static str],
    since: &'static str,
    now: &'static str,
    changed: Option<&'static str>,
) -> Gone {
    Gone { api_version, kinds, since, now, changed, is_fix: changed.is_none() }
}

/// Versions of Kubernetes' own kinds that it serves no more, by the "Deprecated API Migration Guide" of its
/// documentation (kubernetes.io/docs/reference/using-api/deprecation-guide).
const GONE: &[Gone] = &[
    gone("extensions/v1beta1", &["Deployment", "DaemonSet", "ReplicaSet"], "1.16", "apps/v1", SELECTOR),
    gone("extensions/v1beta1", &["NetworkPolicy"], "1.16", "networking.k8s.io/v1", None),
    gone("extensions/v1beta1", &["Ingress"], "1.22", "networking.k8s.io/v1", INGRESS),
    gone("apps/v1beta1", &["Deployment", "StatefulSet"], "1.16", "apps/v1", SELECTOR),
    gone("apps/v1beta2", &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"], "1.16", "apps/v1", None),
    gone("networking.k8s.io/v1beta1", &["Ingress"], "1.22", "networking.k8s.io/v1", INGRESS),
    gone("networking.k8s.io/v1beta1", &["IngressClass"], "1.22", "networking.k8s.io/v1", None),
    gone(
        "policy/v1beta1",
        &["PodDisruptionBudget"],
        "1.25",
        "policy/v1",
        Some("an empty `spec.selector` selects every pod there, and none here"),
    ),
    gone("batch/v1beta1", &["CronJob"], "1.25", "batch/v1", None),
    gone("batch/v2alpha1", &["CronJob"], "1.21", "batch/v1", None),
    gone(
        "autoscaling/v2beta1",
        &["HorizontalPodAutoscaler"],
        "1.25",
        "autoscaling/v2",
        Some("`targetAverageUtilization` is `target.averageUtilization` there"),
    ),
    gone("autoscaling/v2beta2", &["HorizontalPodAutoscaler"], "1.26", "autoscaling/v2", None),
    gone(
        "rbac.authorization.k8s.io/v1beta1",
        &["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
        "1.22",
        "rbac.authorization.k8s.io/v1",
        None,
    ),
    gone(
        "admissionregistration.k8s.io/v1beta1",
        &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
        "1.22",
        "admissionregistration.k8s.io/v1",
        Some("`sideEffects` and `admissionReviewVersions` are required there"),
    ),
    gone(
        "apiextensions.k8s.io/v1beta1",
        &["CustomResourceDefinition"],
        "1.22",
        "apiextensions.k8s.io/v1",
        Some("each of `spec.versions` needs a schema there"),
    ),
    gone(
        "discovery.k8s.io/v1beta1",
        &["EndpointSlice"],
        "1.25",
        "discovery.k8s.io/v1",
        Some("`topology` is `nodeName` and `zone` there"),
    ),
];

/// Versions of the Gateway API's kinds that its releases serve no more (its CHANGELOG and pull requests 2069, 3361).
/// Its CRDs are installed apart from the cluster, so that an old version may still work where the CRDs are old.
const GONE_FROM_GATEWAY_API: &[(&str, &[&str], &str)] = &[
    ("v1alpha2", &["GatewayClass", "Gateway", "HTTPRoute"], "v0.8"),
    ("v1alpha2", &["GRPCRoute", "ReferenceGrant"], "v1.2"),
    ("v1alpha2", &["BackendTLSPolicy"], "v1.1"),
];
const GATEWAY_API: &str = "gateway.networking.k8s.io";

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_resource().iter().filter(|resource| !resource.served) {
        let api_version = resource.api_version();
        let group = group_of(api_version);
        match resource.kind.info() {
            // A wrong group is another rule's.
            Some(info) if info.group != group => {}
            Some(info) if info.versions.contains(&version_of(api_version)) => {}
            Some(info) => report(cx, resource, info),
            // The one group of Kubernetes that is gone as a whole.
            None if group == "extensions" => {
                if let Some(gone) = find_gone(resource) {
                    report_gone(cx, resource, gone);
                }
            }
            None => {}
        }
    }
}

fn find_gone(resource: &Resource<'_>) -> Option<&'static Gone> {
    let (api_version, kind) = (resource.api_version(), resource.kind_name());
    GONE.iter().find(|gone| gone.api_version == api_version && gone.kinds.contains(&kind))
}

fn report_gone(cx: &mut Context<'_, '_>, resource: &Resource<'_>, gone: &Gone) {
    let Some(node) = resource.root.get("apiVersion") else { return };
    let (written, kind) = (resource.api_version(), resource.kind_name());
    let message = format!("`{written}` of {kind} is gone since Kubernetes {}", gone.since);
    let finding = cx.report(resource, node, message);
    finding.label("the API server refuses it").help(format!("write `{}`", gone.now));
    if let Some(changed) = gone.changed {
        finding.help(changed);
    }
    if gone.is_fix {
        finding.rewrite(node, gone.now);
    }
}

fn report(cx: &mut Context<'_, '_>, resource: &Resource<'_>, info: &'static KindInfo) {
    if let Some(gone) = find_gone(resource) {
        return report_gone(cx, resource, gone);
    }
    let Some(node) = resource.root.get("apiVersion") else { return };
    let (written, kind, now) = (resource.api_version(), info.name, info.api_version());
    let version = version_of(written);
    let once = GONE_FROM_GATEWAY_API
        .iter()
        .find(|(of, kinds, _)| info.group == GATEWAY_API && *of == version && kinds.contains(&kind));
    if let Some((_, _, since)) = once {
        let message = format!("`{written}` of {kind} is not served since Gateway API {since}");
        let finding = cx.report(resource, node, message);
        finding.severity(Severity::Warning).label("works only with older CRDs");
        finding.help(format!("write `{now}`")).rewrite(node, &now);
        return;
    }
    let finding = cx.report(resource, node, format!("`{kind}` has no version `{version}`"));
    finding.label(match info.versions {
        [only] => format!("`{only}` is its only version"),
        versions => format!("its versions: `{}`", versions.join("`, `")),
    });
    finding.help(format!("write `{now}`"));
    // Istio's versions of a kind differ in nothing but their name.
    if info.versions.len() == 1 || is_istio(info.group) {
        finding.rewrite(node, &now);
    }
}
