//! The one table of kinds that weft knows: group, kind, served versions, scope.
//!
//! To add a kind, add a line. Facts: the CRDs of Istio 1.30.3, Gateway API v1.5.1 and Linkerd edge-26.8.3, and the
//! API reference of Kubernetes 1.36; of other projects the kinds that meet a mesh.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Whether objects of a kind live in a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In a namespace.
    Namespaced,
    /// In none.
    Cluster,
}

/// A line of the table.
#[derive(Debug)]
pub struct KindInfo {
    /// The variant.
    pub kind: Kind,
    /// The API group; empty for Kubernetes' core.
    pub group: &'static str,
    /// `kind` as manifests write it.
    pub name: &'static str,
    /// The versions that are served, the one to write first.
    pub versions: &'static [&'static str],
    /// Where its objects live.
    pub scope: Scope,
}

impl KindInfo {
    /// The `apiVersion` to write.
    pub fn api_version(&self) -> String {
        match self.group {
            "" => self.versions[0].to_owned(),
            group => format!("{group}/{}", self.versions[0]),
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $group:literal $name:literal [$($version:literal),+] $scope:ident;)*) => {
        /// A kind that rules can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the variants are the API's own names; the table below says the rest")]
        pub enum Kind {
            /// Any other object: kept and counted, never dropped.
            Unknown,
            $($(#[$doc])* $kind,)*
        }

        /// The table, in the order of [`Kind`].
        pub static KINDS: &[KindInfo] = &[
            $(KindInfo {
                kind: Kind::$kind,
                group: $group,
                name: $name,
                versions: &[$($version),+],
                scope: Scope::$scope,
            },)*
        ];
    };
}

kinds! {
    Namespace = "" "Namespace" ["v1"] Cluster;
    Service = "" "Service" ["v1"] Namespaced;
    ServiceAccount = "" "ServiceAccount" ["v1"] Namespaced;
    Pod = "" "Pod" ["v1"] Namespaced;
    ReplicationController = "" "ReplicationController" ["v1"] Namespaced;
    ConfigMap = "" "ConfigMap" ["v1"] Namespaced;
    Secret = "" "Secret" ["v1"] Namespaced;
    Endpoints = "" "Endpoints" ["v1"] Namespaced;
    Node = "" "Node" ["v1"] Cluster;
    PersistentVolume = "" "PersistentVolume" ["v1"] Cluster;
    PersistentVolumeClaim = "" "PersistentVolumeClaim" ["v1"] Namespaced;
    LimitRange = "" "LimitRange" ["v1"] Namespaced;
    ResourceQuota = "" "ResourceQuota" ["v1"] Namespaced;
    Deployment = "apps" "Deployment" ["v1"] Namespaced;
    StatefulSet = "apps" "StatefulSet" ["v1"] Namespaced;
    DaemonSet = "apps" "DaemonSet" ["v1"] Namespaced;
    ReplicaSet = "apps" "ReplicaSet" ["v1"] Namespaced;
    Job = "batch" "Job" ["v1"] Namespaced;
    CronJob = "batch" "CronJob" ["v1"] Namespaced;
    Ingress = "networking.k8s.io" "Ingress" ["v1"] Namespaced;
    IngressClass = "networking.k8s.io" "IngressClass" ["v1"] Cluster;
    NetworkPolicy = "networking.k8s.io" "NetworkPolicy" ["v1"] Namespaced;
    EndpointSlice = "discovery.k8s.io" "EndpointSlice" ["v1"] Namespaced;
    HorizontalPodAutoscaler = "autoscaling" "HorizontalPodAutoscaler" ["v2", "v1"] Namespaced;
    PodDisruptionBudget = "policy" "PodDisruptionBudget" ["v1"] Namespaced;
    Role = "rbac.authorization.k8s.io" "Role" ["v1"] Namespaced;
    RoleBinding = "rbac.authorization.k8s.io" "RoleBinding" ["v1"] Namespaced;
    ClusterRole = "rbac.authorization.k8s.io" "ClusterRole" ["v1"] Cluster;
    ClusterRoleBinding = "rbac.authorization.k8s.io" "ClusterRoleBinding" ["v1"] Cluster;
    MutatingWebhookConfiguration = "admissionregistration.k8s.io" "MutatingWebhookConfiguration" ["v1"] Cluster;
    ValidatingWebhookConfiguration = "admissionregistration.k8s.io" "ValidatingWebhookConfiguration" ["v1"] Cluster;
    CustomResourceDefinition = "apiextensions.k8s.io" "CustomResourceDefinition" ["v1"] Cluster;

    VirtualService = "networking.istio.io" "VirtualService" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    DestinationRule = "networking.istio.io" "DestinationRule" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    Gateway = "networking.istio.io" "Gateway" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    ServiceEntry = "networking.istio.io" "ServiceEntry" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    Sidecar = "networking.istio.io" "Sidecar" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    WorkloadEntry = "networking.istio.io" "WorkloadEntry" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    WorkloadGroup = "networking.istio.io" "WorkloadGroup" ["v1", "v1beta1", "v1alpha3"] Namespaced;
    EnvoyFilter = "networking.istio.io" "EnvoyFilter" ["v1alpha3"] Namespaced;
    ProxyConfig = "networking.istio.io" "ProxyConfig" ["v1beta1"] Namespaced;
    AuthorizationPolicy = "security.istio.io" "AuthorizationPolicy" ["v1", "v1beta1"] Namespaced;
    PeerAuthentication = "security.istio.io" "PeerAuthentication" ["v1", "v1beta1"] Namespaced;
    RequestAuthentication = "security.istio.io" "RequestAuthentication" ["v1", "v1beta1"] Namespaced;
    Telemetry = "telemetry.istio.io" "Telemetry" ["v1", "v1alpha1"] Namespaced;
    WasmPlugin = "extensions.istio.io" "WasmPlugin" ["v1alpha1"] Namespaced;
    TrafficExtension = "extensions.istio.io" "TrafficExtension" ["v1alpha1"] Namespaced;
    IstioOperator = "install.istio.io" "IstioOperator" ["v1alpha1"] Namespaced;

    GatewayClass = "gateway.networking.k8s.io" "GatewayClass" ["v1", "v1beta1"] Cluster;
    /// The Gateway API's `Gateway`; the plain name is Istio's.
    KubernetesGateway = "gateway.networking.k8s.io" "Gateway" ["v1", "v1beta1"] Namespaced;
    HttpRoute = "gateway.networking.k8s.io" "HTTPRoute" ["v1", "v1beta1"] Namespaced;
    GrpcRoute = "gateway.networking.k8s.io" "GRPCRoute" ["v1"] Namespaced;
    TlsRoute = "gateway.networking.k8s.io" "TLSRoute" ["v1", "v1alpha3", "v1alpha2"] Namespaced;
    TcpRoute = "gateway.networking.k8s.io" "TCPRoute" ["v1alpha2"] Namespaced;
    UdpRoute = "gateway.networking.k8s.io" "UDPRoute" ["v1alpha2"] Namespaced;
    ReferenceGrant = "gateway.networking.k8s.io" "ReferenceGrant" ["v1", "v1beta1"] Namespaced;
    BackendTlsPolicy = "gateway.networking.k8s.io" "BackendTLSPolicy" ["v1", "v1alpha3"] Namespaced;
    ListenerSet = "gateway.networking.k8s.io" "ListenerSet" ["v1"] Namespaced;

    LinkerdServer = "policy.linkerd.io" "Server" ["v1beta3", "v1beta2", "v1beta1", "v1alpha1"] Namespaced;
    LinkerdServerAuthorization = "policy.linkerd.io" "ServerAuthorization" ["v1beta1", "v1alpha1"] Namespaced;
    LinkerdAuthorizationPolicy = "policy.linkerd.io" "AuthorizationPolicy" ["v1alpha1"] Namespaced;
    LinkerdMeshTlsAuthentication = "policy.linkerd.io" "MeshTLSAuthentication" ["v1alpha1"] Namespaced;
    LinkerdNetworkAuthentication = "policy.linkerd.io" "NetworkAuthentication" ["v1alpha1"] Namespaced;
    LinkerdEgressNetwork = "policy.linkerd.io" "EgressNetwork" ["v1alpha1"] Namespaced;
    LinkerdRateLimit = "policy.linkerd.io" "HTTPLocalRateLimitPolicy" ["v1alpha1"] Namespaced;
    LinkerdHttpRoute = "policy.linkerd.io" "HTTPRoute" ["v1beta3", "v1beta2", "v1beta1", "v1alpha1"] Namespaced;
    LinkerdServiceProfile = "linkerd.io" "ServiceProfile" ["v1alpha2", "v1alpha1"] Namespaced;
    LinkerdExternalWorkload = "workload.linkerd.io" "ExternalWorkload" ["v1beta1", "v1alpha1"] Namespaced;

    KongIngress = "configuration.konghq.com" "KongIngress" ["v1"] Namespaced;
    KongPlugin = "configuration.konghq.com" "KongPlugin" ["v1"] Namespaced;
    KongClusterPlugin = "configuration.konghq.com" "KongClusterPlugin" ["v1"] Cluster;
    KongConsumer = "configuration.konghq.com" "KongConsumer" ["v1"] Namespaced;
    KongUpstreamPolicy = "configuration.konghq.com" "KongUpstreamPolicy" ["v1beta1"] Namespaced;
}

/// How many values [`Kind`] has.
pub const COUNT: usize = KINDS_LEN + 1;
const KINDS_LEN: usize = KINDS.len();

impl Kind {
    /// The kind of an `apiVersion` and a `kind`, and whether the `apiVersion` is, to the letter, one that is served for
    /// it. The version does not decide the kind: another version of a known kind is still that kind. A kind of Istio
    /// under another of Istio's groups is meant to be that kind too, so that one wrong line gives one finding, not ten.
    pub fn of(api_version: &str, kind: &str) -> (Kind, bool) {
        let (group, version) = (group_of(api_version), version_of(api_version));
        let Some(infos) = by_name().get(kind) else { return (Kind::Unknown, false) };
        let exact = infos.iter().find(|info| info.group == group);
        let meant = || infos.iter().find(|info| is_istio(info.group) && is_istio(group));
        match exact.or_else(meant) {
            Some(info) => (info.kind, info.group == group && info.versions.contains(&version)),
            None => (Kind::Unknown, false),
        }
    }

    /// Its line in the table; none for [`Kind::Unknown`].
    pub fn info(self) -> Option<&'static KindInfo> {
        KINDS.get((self as usize).checked_sub(1)?)
    }

    /// Whether its objects live in a namespace; unknown kinds are taken to.
    pub fn is_namespaced(self) -> bool {
        self.info().is_none_or(|info| info.scope == Scope::Namespaced)
    }

    /// Where the pods' template lies in objects that run pods: an empty path for a Pod itself.
    pub fn pod_template(self) -> Option<&'static [&'static str]> {
        match self {
            Kind::Pod => Some(&[]),
            Kind::Deployment
            | Kind::StatefulSet
            | Kind::DaemonSet
            | Kind::ReplicaSet
            | Kind::ReplicationController
            | Kind::Job => Some(&["spec", "template"]),
            Kind::CronJob => Some(&["spec", "jobTemplate", "spec", "template"]),
            _ => None,
        }
    }
}

/// The lines of the table with this `kind`.
pub fn named(kind: &str) -> impl Iterator<Item = &'static KindInfo> {
    by_name().get(kind).into_iter().flatten().copied()
}

/// The table by `kind`: every object of an input is looked up in it.
fn by_name() -> &'static FxHashMap<&'static str, Vec<&'static KindInfo>> {
    static BY_NAME: LazyLock<FxHashMap<&str, Vec<&KindInfo>>> = LazyLock::new(|| {
        let mut names: FxHashMap<&str, Vec<&KindInfo>> = FxHashMap::default();
        for info in KINDS {
            names.entry(info.name).or_default().push(info);
        }
        names
    });
    &BY_NAME
}

/// Whether the table has kinds of this group.
pub fn is_known_group(group: &str) -> bool {
    KINDS.iter().any(|info| info.group == group)
}

/// Whether the group is one of Istio's.
pub fn is_istio(group: &str) -> bool {
    group.ends_with(".istio.io")
}

/// The group of an `apiVersion`: empty for Kubernetes' core.
pub fn group_of(api_version: &str) -> &str {
    api_version.rsplit_once('/').map_or("", |(group, _)| group)
}

/// The version of an `apiVersion`.
pub fn version_of(api_version: &str) -> &str {
    api_version.rsplit_once('/').map_or(api_version, |(_, version)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_its_variants() {
        for (index, info) in KINDS.iter().enumerate() {
            assert_eq!(info.kind as usize, index + 1, "{}", info.name);
            assert_eq!(info.kind.info().unwrap().name, info.name);
        }
    }

    #[test]
    fn the_group_tells_kinds_of_one_name_apart() {
        let of = |api_version, kind| Kind::of(api_version, kind);
        assert_eq!(of("networking.istio.io/v1", "Gateway"), (Kind::Gateway, true));
        assert_eq!(of("gateway.networking.k8s.io/v1", "Gateway"), (Kind::KubernetesGateway, true));
        assert_eq!(of("v1", "Service"), (Kind::Service, true));
        assert_eq!(of("serving.knative.dev/v1", "Service"), (Kind::Unknown, false));
    }

    #[test]
    fn what_is_not_served_is_told_from_what_is_not_known() {
        assert_eq!(Kind::of("networking.istio.io/v9", "Gateway"), (Kind::Gateway, false));
        assert_eq!(Kind::of("security.istio.io/v1beta1", "DestinationRule"), (Kind::DestinationRule, false));
    }
}
