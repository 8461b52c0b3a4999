//! The annotations of Istio 1.30 (istio/api, `annotation`), and what their values may be (`pkg/kube/inject`).

use super::names::Status::{Alpha, Beta, Stable};
use super::{Name, Value, names};
use crate::model::Kind;

const ANYWHERE: &[Kind] = &[];
const PODS: &[Kind] = &[Kind::Pod];

/// An annotation of Istio's.
pub type Annotation = Name;

/// The annotation of a name.
pub fn find(name: &str) -> Option<&'static Annotation> {
    ANNOTATIONS.iter().find(|annotation| annotation.name == name)
}

/// Whether Istio or its CNI plugin writes it into pods, so that nobody is to blame for it.
pub fn is_written(name: &str) -> bool {
    ["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"].contains(&name)
}

/// Whether Istio should know a name and does not.
pub fn is_unknown(name: &str) -> bool {
    names::is_istio(name) && find(name).is_none() && !names::is_undocumented(name)
}

/// Whether the injector checks the value (`inject.AnnotationValidation`), and `istioctl analyze` with it.
pub fn is_validated(annotation: &Annotation) -> bool {
    annotation.value != Value::Text && annotation.kinds == PODS
}

/// Every annotation.
#[rustfmt::skip]
pub static ANNOTATIONS: &[Annotation] = &[
    Name { name: "prometheus.istio.io/merge-metrics", kinds: PODS, status: Alpha, deprecated: None, value: Value::Bool, says: "Whether the proxy serves the application's metrics together with its own." },
    Name { name: "alpha.istio.io/kubernetes-serviceaccounts", kinds: &[Kind::Service], status: Alpha, deprecated: Some(""), value: Value::Text, says: "Kubernetes service accounts that run the service on virtual machines." },
    Name { name: "alpha.istio.io/canonical-serviceaccounts", kinds: &[Kind::Service], status: Alpha, deprecated: Some(""), value: Value::Text, says: "Other service accounts that run the service on virtual machines." },
    Name { name: "networking.istio.io/exportTo", kinds: &[Kind::Service], status: Alpha, deprecated: None, value: Value::Text, says: "The namespaces that see the Service: names, `*` for all, `.` for its own, `~` for none." },
    Name { name: "sidecar.istio.io/inject", kinds: PODS, status: Beta, deprecated: Some("the label `sidecar.istio.io/inject`"), value: Value::Text, says: "Whether these pods get a sidecar. It is a label now." },
    Name { name: "sidecar.istio.io/status", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "What the injector added; it writes this itself." },
    Name { name: "sidecar.istio.io/rewriteAppHTTPProbers", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Whether the kubelet's probes go through the sidecar's agent, which mTLS does not hinder." },
    Name { name: "sidecar.istio.io/discoveryAddress", kinds: PODS, status: Alpha, deprecated: Some("`discoveryAddress` in the annotation `proxy.istio.io/config`"), value: Value::Text, says: "The address of istiod for this sidecar." },
    Name { name: "sidecar.istio.io/proxyImage", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The image of the sidecar." },
    Name { name: "sidecar.istio.io/proxyImageType", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The flavour of the sidecar's image: default, debug or distroless." },
    Name { name: "sidecar.istio.io/proxyCPU", kinds: PODS, status: Alpha, deprecated: None, value: Value::Quantity, says: "The CPU that the sidecar requests." },
    Name { name: "sidecar.istio.io/proxyCPULimit", kinds: PODS, status: Alpha, deprecated: None, value: Value::Quantity, says: "The most CPU that the sidecar gets." },
    Name { name: "sidecar.istio.io/proxyMemory", kinds: PODS, status: Alpha, deprecated: None, value: Value::Quantity, says: "The memory that the sidecar requests." },
    Name { name: "sidecar.istio.io/proxyMemoryLimit", kinds: PODS, status: Alpha, deprecated: None, value: Value::Quantity, says: "The most memory that the sidecar gets." },
    Name { name: "sidecar.istio.io/interceptionMode", kinds: PODS, status: Alpha, deprecated: None, value: Value::OneOf(&["REDIRECT", "TPROXY", "NONE"]), says: "How traffic reaches the sidecar: REDIRECT, TPROXY or NONE." },
    Name { name: "sidecar.istio.io/bootstrapOverride", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "A ConfigMap with Envoy's bootstrap configuration." },
    Name { name: "sidecar.istio.io/statsInclusionPrefixes", kinds: PODS, status: Alpha, deprecated: Some("`proxyStatsMatcher.inclusionPrefixes` in the annotation `proxy.istio.io/config`"), value: Value::Text, says: "Prefixes of the statistics that Envoy keeps." },
    Name { name: "sidecar.istio.io/statsInclusionSuffixes", kinds: PODS, status: Alpha, deprecated: Some("`proxyStatsMatcher.inclusionSuffixes` in the annotation `proxy.istio.io/config`"), value: Value::Text, says: "Suffixes of the statistics that Envoy keeps." },
    Name { name: "sidecar.istio.io/statsInclusionRegexps", kinds: PODS, status: Alpha, deprecated: Some("`proxyStatsMatcher.inclusionRegexps` in the annotation `proxy.istio.io/config`"), value: Value::Text, says: "Expressions for the statistics that Envoy keeps." },
    Name { name: "sidecar.istio.io/statsHistogramBuckets", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Buckets of histograms, by prefix of the statistic, as JSON." },
    Name { name: "sidecar.istio.io/statsFlushInterval", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "How often statistics are pushed to sinks." },
    Name { name: "sidecar.istio.io/statsEvictionInterval", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "After how long an idle series of statistics is dropped." },
    Name { name: "sidecar.istio.io/statsHistogramBins", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "How many bins a histogram of Istio's metrics has." },
    Name { name: "sidecar.istio.io/userVolume", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Volumes to add for the sidecar, as JSON: name to source." },
    Name { name: "sidecar.istio.io/userVolumeMount", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Mounts to add to the sidecar, as JSON: name to mount." },
    Name { name: "status.sidecar.istio.io/port", kinds: PODS, status: Alpha, deprecated: None, value: Value::Port, says: "The port of the sidecar's health checks; 0 turns them off." },
    Name { name: "sidecar.istio.io/logLevel", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "How much Envoy logs." },
    Name { name: "sidecar.istio.io/componentLogLevel", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "How much single components of Envoy log: `component:level`, with commas." },
    Name { name: "sidecar.istio.io/agentLogLevel", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "How much the sidecar's agent logs: `scope:level`, with commas." },
    Name { name: "sidecar.istio.io/nativeSidecar", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Whether the sidecar is an init container that keeps running." },
    Name { name: "readiness.status.sidecar.istio.io/initialDelaySeconds", kinds: PODS, status: Alpha, deprecated: None, value: Value::Count, says: "Seconds before the sidecar's readiness is first probed." },
    Name { name: "readiness.status.sidecar.istio.io/periodSeconds", kinds: PODS, status: Alpha, deprecated: None, value: Value::Count, says: "Seconds between two probes of the sidecar's readiness." },
    Name { name: "readiness.status.sidecar.istio.io/failureThreshold", kinds: PODS, status: Alpha, deprecated: None, value: Value::Count, says: "How many failed probes make the sidecar unready." },
    Name { name: "readiness.status.sidecar.istio.io/applicationPorts", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The application's ports, which the sidecar waits for." },
    Name { name: "traffic.istio.io/nodeSelector", kinds: &[Kind::Service], status: Stable, deprecated: None, value: Value::Text, says: "The nodes whose addresses stand for a gateway between networks, as JSON of labels." },
    Name { name: "traffic.sidecar.istio.io/includeOutboundIPRanges", kinds: PODS, status: Alpha, deprecated: None, value: Value::RangesOrAll, says: "The destinations whose traffic goes through the sidecar; `*` for all." },
    Name { name: "traffic.sidecar.istio.io/excludeOutboundIPRanges", kinds: PODS, status: Alpha, deprecated: None, value: Value::Ranges, says: "The destinations whose traffic passes the sidecar by." },
    Name { name: "traffic.sidecar.istio.io/includeInboundPorts", kinds: PODS, status: Alpha, deprecated: None, value: Value::PortsOrAll, says: "The ports whose traffic goes through the sidecar; `*` for all." },
    Name { name: "traffic.sidecar.istio.io/excludeInboundPorts", kinds: PODS, status: Alpha, deprecated: None, value: Value::Ports, says: "The ports whose traffic passes the sidecar by." },
    Name { name: "traffic.sidecar.istio.io/excludeInterfaces", kinds: PODS, status: Alpha, deprecated: None, value: Value::Interfaces, says: "The network interfaces that are left alone." },
    Name { name: "traffic.sidecar.istio.io/includeOutboundPorts", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The destination ports whose traffic goes through the sidecar, wherever it goes." },
    Name { name: "traffic.sidecar.istio.io/excludeOutboundPorts", kinds: PODS, status: Alpha, deprecated: None, value: Value::Ports, says: "The destination ports whose traffic passes the sidecar by." },
    Name { name: "traffic.sidecar.istio.io/kubevirtInterfaces", kinds: PODS, status: Alpha, deprecated: Some("the annotation `istio.io/reroute-virtual-interfaces`"), value: Value::Interfaces, says: "Interfaces of virtual machines, whose inbound traffic counts as outbound." },
    Name { name: "kubernetes.io/ingress.class", kinds: &[Kind::Ingress], status: Stable, deprecated: None, value: Value::Text, says: "The controller that serves an Ingress; `spec.ingressClassName` does the same." },
    Name { name: "galley.istio.io/analyze-suppress", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "Codes of istioctl's findings to silence for the object; `*` for all." },
    Name { name: "proxy.istio.io/config", kinds: PODS, status: Beta, deprecated: None, value: Value::Text, says: "The proxy's configuration for these pods, as YAML of a ProxyConfig." },
    Name { name: "istio.io/dry-run", kinds: &[Kind::AuthorizationPolicy], status: Alpha, deprecated: None, value: Value::Text, says: "Whether the policy is only tried out: logged, and not enforced." },
    Name { name: "istio.io/rev", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The revision that the proxy is connected to; Istio writes it. To choose one, use the label." },
    Name { name: "proxy.istio.io/overrides", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Settings of the proxy's container that the injector keeps; it writes this itself." },
    Name { name: "inject.istio.io/templates", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The injector's templates to use, with commas." },
    Name { name: "sidecar.istio.io/extraStatTags", kinds: PODS, status: Alpha, deprecated: Some("`tagOverrides` of a Telemetry"), value: Value::Text, says: "More tags to take from the proxy's telemetry." },
    Name { name: "istio.io/autoRegistrationGroup", kinds: &[Kind::WorkloadEntry], status: Alpha, deprecated: None, value: Value::Text, says: "The WorkloadGroup that a WorkloadEntry was made from; Istio writes it." },
    Name { name: "istio.io/workloadController", kinds: &[Kind::WorkloadEntry], status: Alpha, deprecated: None, value: Value::Text, says: "The istiod that a workload was last connected to; Istio writes it." },
    Name { name: "istio.io/connectedAt", kinds: &[Kind::WorkloadEntry], status: Alpha, deprecated: None, value: Value::Text, says: "When a workload connected to istiod; Istio writes it." },
    Name { name: "istio.io/disconnectedAt", kinds: &[Kind::WorkloadEntry], status: Alpha, deprecated: None, value: Value::Text, says: "When a workload lost istiod; Istio writes it." },
    Name { name: "topology.istio.io/controlPlaneClusters", kinds: &[Kind::Namespace], status: Alpha, deprecated: None, value: Value::Text, says: "The clusters whose istiod may lead for a remote cluster; `*` for any." },
    Name { name: "gateway.istio.io/controller-version", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The version of the controller that looks after a Gateway; Istio writes it." },
    Name { name: "ambient.istio.io/redirection", kinds: PODS, status: Beta, deprecated: None, value: Value::Text, says: "Whether ambient mode captures the pod's traffic; Istio writes it." },
    Name { name: "ambient.istio.io/waypoint-inbound-binding", kinds: &[Kind::GatewayClass, Kind::KubernetesGateway], status: Alpha, deprecated: None, value: Value::Text, says: "How traffic is handed to a waypoint: a protocol, perhaps with `/` and a port." },
    Name { name: "gateway.istio.io/service-account", kinds: &[Kind::KubernetesGateway], status: Alpha, deprecated: None, value: Value::Text, says: "The name of the service account that Istio makes for a Gateway." },
    Name { name: "gateway.istio.io/name-override", kinds: &[Kind::KubernetesGateway], status: Alpha, deprecated: None, value: Value::Text, says: "The name of the Deployment and the Service that Istio makes for a Gateway." },
    Name { name: "networking.istio.io/service-type", kinds: &[Kind::KubernetesGateway], status: Alpha, deprecated: None, value: Value::Text, says: "The type of the Service that Istio makes for a Gateway." },
    Name { name: "networking.istio.io/traffic-distribution", kinds: &[Kind::Namespace, Kind::Service, Kind::ServiceEntry], status: Alpha, deprecated: None, value: Value::OneOfAnyCase(&["PreferClose", "PreferSameZone", "PreferSameNode", "Any"]), says: "Which endpoints are preferred: those that are near, or none." },
    Name { name: "ambient.istio.io/bypass-inbound-capture", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Whether ambient mode leaves the pod's inbound traffic alone." },
    Name { name: "istio.io/reroute-virtual-interfaces", kinds: PODS, status: Alpha, deprecated: None, value: Value::Interfaces, says: "Interfaces of virtual machines, whose inbound traffic counts as outbound." },
    Name { name: "ambient.istio.io/dns-capture", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "Whether ambient mode captures the pod's DNS traffic." },
    Name { name: "sidecar.istio.io/statsCompression", kinds: PODS, status: Alpha, deprecated: Some("`statsCompression` in the annotation `proxy.istio.io/config`"), value: Value::Text, says: "How Envoy compresses its statistics." },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_described() {
        for (at, annotation) in ANNOTATIONS.iter().enumerate() {
            assert!(
                !ANNOTATIONS[..at].iter().any(|other| other.name == annotation.name),
                "{}",
                annotation.name
            );
            assert!(annotation.says.ends_with('.') && annotation.says.len() < 100, "{}", annotation.name);
        }
    }

    #[test]
    fn nineteen_are_checked_by_the_injector() {
        // The nineteenth is `proxy.istio.io/config`, which is a document of its own.
        assert_eq!(ANNOTATIONS.iter().filter(|annotation| is_validated(annotation)).count(), 18);
    }
}
