//! The labels of Istio 1.30 (istio/api, `label`). Where a label only marks an object, or is copied about without harm, it
//! may stand anywhere.

use super::names::Status::{Alpha, Beta, Stable};
use super::{Name, Value, names};
use crate::model::Kind;

const ANYWHERE: &[Kind] = &[];
const PODS: &[Kind] = &[Kind::Pod];

/// The label of a name.
pub fn find(name: &str) -> Option<&'static Name> {
    LABELS.iter().find(|label| label.name == name)
}

/// Whether a name stands in one of Istio's domains, and is no label of Istio's.
pub fn is_unknown(name: &str) -> bool {
    names::is_istio(name) && find(name).is_none() && !names::is_undocumented(name)
}

/// Every label.
#[rustfmt::skip]
pub static LABELS: &[Name] = &[
    Name { name: "security.istio.io/tlsMode", kinds: ANYWHERE, status: Alpha, deprecated: Some(""), value: Value::Text, says: "Whether the pod takes mTLS; the injector writes it." },
    Name { name: "service.istio.io/canonical-name", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The service that the pod counts as in telemetry." },
    Name { name: "networking.istio.io/gatewayPort", kinds: &[Kind::Service], status: Alpha, deprecated: None, value: Value::Port, says: "The port of a gateway between networks, where it is not 15443." },
    Name { name: "service.istio.io/canonical-revision", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The version that the pod counts as in telemetry." },
    Name { name: "service.istio.io/workload-name", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The workload that the pod counts as in telemetry." },
    Name { name: "istio.io/rev", kinds: ANYWHERE, status: Beta, deprecated: None, value: Value::Text, says: "The revision of the control plane, or a tag of one." },
    Name { name: "istio.io/tag", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The tag that a webhook was made for; istioctl writes it." },
    Name { name: "operator.istio.io/component", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The component that an installed object belongs to." },
    Name { name: "operator.istio.io/managed", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "Marks what an installation looks after." },
    Name { name: "operator.istio.io/version", kinds: ANYWHERE, status: Alpha, deprecated: None, value: Value::Text, says: "The version that installed an object." },
    Name { name: "topology.istio.io/subzone", kinds: &[Kind::Node], status: Beta, deprecated: None, value: Value::Text, says: "The part of a zone that a node lies in, for routing by locality." },
    Name { name: "topology.istio.io/network", kinds: &[Kind::Namespace, Kind::Pod, Kind::Service, Kind::KubernetesGateway], status: Beta, deprecated: None, value: Value::Text, says: "The network that pods, a Service's endpoints or a whole cluster lie in." },
    Name { name: "topology.istio.io/cluster", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The cluster that the pod lies in." },
    Name { name: "topology.istio.io/locality", kinds: PODS, status: Alpha, deprecated: None, value: Value::Text, says: "The locality that the pod lies in, with dots between region, zone and subzone." },
    Name { name: "sidecar.istio.io/inject", kinds: PODS, status: Beta, deprecated: None, value: Value::OneOf(&["true", "false"]), says: "Whether these pods get a sidecar." },
    Name { name: "gateway.istio.io/managed", kinds: ANYWHERE, status: Stable, deprecated: None, value: Value::Text, says: "The controller that made an object for a Gateway; Istio writes it." },
    Name { name: "gateway.networking.k8s.io/gateway-name", kinds: ANYWHERE, status: Stable, deprecated: None, value: Value::Text, says: "The Gateway that an object was made for." },
    Name { name: "gateway.networking.k8s.io/gateway-class-name", kinds: ANYWHERE, status: Stable, deprecated: None, value: Value::Text, says: "The class of the Gateway that an object was made for." },
    Name { name: "istio.io/dataplane-mode", kinds: &[Kind::Pod, Kind::Namespace], status: Stable, deprecated: None, value: Value::OneOf(&["ambient", "none"]), says: "Whether these pods are in ambient mode." },
    Name { name: "istio.io/use-waypoint", kinds: &[Kind::Pod, Kind::WorkloadEntry, Kind::Service, Kind::ServiceEntry, Kind::Namespace], status: Stable, deprecated: None, value: Value::Text, says: "The waypoint that traffic goes through; `none` for no waypoint." },
    Name { name: "istio.io/use-waypoint-namespace", kinds: &[Kind::Pod, Kind::WorkloadEntry, Kind::Service, Kind::ServiceEntry, Kind::Namespace], status: Beta, deprecated: None, value: Value::Text, says: "The namespace of the waypoint, where it is another." },
    Name { name: "istio.io/ingress-use-waypoint", kinds: &[Kind::Service, Kind::ServiceEntry, Kind::Namespace], status: Beta, deprecated: None, value: Value::OneOf(&["true", "false"]), says: "Whether traffic from an ingress gateway goes through the waypoint too." },
    Name { name: "istio.io/waypoint-for", kinds: &[Kind::GatewayClass, Kind::KubernetesGateway], status: Stable, deprecated: None, value: Value::OneOf(&["service", "workload", "all", "none"]), says: "What a waypoint takes traffic for: services, workloads, all or none." },
    Name { name: "networking.istio.io/enable-autoallocate-ip", kinds: &[Kind::ServiceEntry], status: Beta, deprecated: None, value: Value::OneOf(&["true", "false"]), says: "Whether Istio gives the entry's hosts addresses of their own." },
    Name { name: "istio-injection", kinds: &[Kind::Namespace], status: Stable, deprecated: None, value: Value::OneOf(&["enabled", "disabled"]), says: "Whether the pods of a namespace get sidecars." },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_described() {
        for (at, label) in LABELS.iter().enumerate() {
            assert!(!LABELS[..at].iter().any(|other| other.name == label.name), "{}", label.name);
            assert!(label.says.ends_with('.') && label.says.len() < 100, "{}", label.name);
        }
    }
}
