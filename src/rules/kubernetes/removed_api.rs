use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::model::kinds::group_of;
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "removed-api",
        codes: &[],
        analyzers: &[],
        summary: "a kind that its project has removed or given up",
        severity: Severity::Error,
        inputs: &[],
        page: include_str!("removed_api.md"),
    },
    check: Check::Each(check),
};

struct Removed {
    group: &'static str,
    /// Empty for every kind of the group.
    kinds: &'static [&'static str],
    severity: Severity,
    what: &'static str,
    instead: &'static str,
}

/// Kinds that are gone. Sources: the release notes of Istio 1.6 (RBAC and authentication v1alpha1) and 1.8 (Mixer),
/// Kubernetes 1.25 (PodSecurityPolicy), Gateway API v0.4 and v0.6, the archiving of SMI by the CNCF in 2023, and the
/// release notes of Kong Ingress Controller 3.5.
const REMOVED: &[Removed] = &[
    Removed {
        group: "rbac.istio.io",
        kinds: &[],
        severity: Severity::Error,
        what: "was removed in Istio 1.6",
        instead: "write an AuthorizationPolicy (security.istio.io/v1)",
    },
    Removed {
        group: "authentication.istio.io",
        kinds: &[],
        severity: Severity::Error,
        what: "was removed in Istio 1.6",
        instead: "write a PeerAuthentication for mTLS and a RequestAuthentication for tokens (security.istio.io/v1)",
    },
    Removed {
        group: "config.istio.io",
        kinds: &[],
        severity: Severity::Error,
        what: "was removed with Mixer in Istio 1.8",
        instead: "the Telemetry API replaces its reports, AuthorizationPolicy its checks, Envoy's rate limit filters its quotas",
    },
    Removed {
        group: "policy",
        kinds: &["PodSecurityPolicy"],
        severity: Severity::Error,
        what: "was removed in Kubernetes 1.25",
        instead: "label namespaces for Pod Security Admission (`pod-security.kubernetes.io/enforce`)",
    },
    Removed {
        group: "extensions",
        kinds: &["PodSecurityPolicy"],
        severity: Severity::Error,
        what: "was removed in Kubernetes 1.25",
        instead: "label namespaces for Pod Security Admission (`pod-security.kubernetes.io/enforce`)",
    },
    Removed {
        group: "gateway.networking.k8s.io",
        kinds: &["ReferencePolicy"],
        severity: Severity::Error,
        what: "was removed in Gateway API v0.6",
        instead: "write a ReferenceGrant (gateway.networking.k8s.io/v1)",
    },
    Removed {
        group: "networking.x-k8s.io",
        kinds: &["GatewayClass", "Gateway", "HTTPRoute", "TLSRoute", "TCPRoute", "UDPRoute"],
        severity: Severity::Warning,
        what: "left this group in Gateway API v0.4",
        instead: "write it for `gateway.networking.k8s.io/v1`; some fields have other names there",
    },
    Removed {
        group: "split.smi-spec.io",
        kinds: &[],
        severity: Severity::Warning,
        what: "belongs to SMI, which was archived in 2023",
        instead: "split the traffic with an HTTPRoute of the Gateway API, which every mesh reads",
    },
    Removed {
        group: "access.smi-spec.io",
        kinds: &[],
        severity: Severity::Warning,
        what: "belongs to SMI, which was archived in 2023",
        instead: "write the policy in your mesh's own kind",
    },
    Removed {
        group: "specs.smi-spec.io",
        kinds: &[],
        severity: Severity::Warning,
        what: "belongs to SMI, which was archived in 2023",
        instead: "write the route in the Gateway API's kinds",
    },
    Removed {
        group: "configuration.konghq.com",
        kinds: &["TCPIngress"],
        severity: Severity::Warning,
        what: "is deprecated since Kong Ingress Controller 3.5",
        instead: "write a TCPRoute of the Gateway API",
    },
    Removed {
        group: "configuration.konghq.com",
        kinds: &["UDPIngress"],
        severity: Severity::Warning,
        what: "is deprecated since Kong Ingress Controller 3.5",
        instead: "write a UDPRoute of the Gateway API",
    },
];

fn check(cx: &mut Context<'_, '_>) {
    for resource in cx.each_resource().iter().filter(|resource| resource.kind == Kind::Unknown) {
        let (group, kind) = (group_of(resource.api_version()), resource.kind_name());
        let of_kind = |removed: &&Removed| removed.kinds.is_empty() || removed.kinds.contains(&kind);
        let Some(removed) = REMOVED.iter().filter(|removed| removed.group == group).find(of_kind) else {
            continue;
        };
        let Some(node) = resource.root.get("kind") else { continue };
        let finding = cx.report(resource, node, format!("`{kind}` {}", removed.what));
        finding.severity(removed.severity).help(removed.instead);
        finding.label(match removed.severity {
            Severity::Error => "nothing serves it any more",
            _ => "works only as long as its old CRD and controller do",
        });
    }
}
