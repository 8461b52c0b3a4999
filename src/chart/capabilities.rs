//! What a chart is told about the cluster.

use crate::error::{Error, Result};

/// What a chart is told about the cluster.
#[derive(Clone, Debug, Default)]
pub struct Capabilities {
    /// The version of Kubernetes.
    pub kube_version: KubeVersion,
    /// Versions of APIs (`monitoring.coreos.com/v1`) besides those that Helm knows.
    pub api_versions: Vec<String>,
}

/// A version of Kubernetes.
#[derive(Clone, Debug)]
pub struct KubeVersion {
    /// `v1.35.0`
    pub version: String,
    /// `1`
    pub major: String,
    /// `35`
    pub minor: String,
}

impl Default for KubeVersion {
    /// That of the client that Helm 3.21 is built with.
    fn default() -> Self {
        Self { version: "v1.35.0".to_owned(), major: "1".to_owned(), minor: "35".to_owned() }
    }
}

impl KubeVersion {
    /// Reads what `--kube-version` gives: two numbers or more, a `v` before them, and anything behind, which is dropped
    /// (Kubernetes, `version.ParseGeneric`).
    pub fn parse(text: &str) -> Result<Self> {
        let fail =
            || Error::usage(format!("`--kube-version {text}`: a version looks like `1.32` or `v1.32.1`"));
        let trimmed = text.trim();
        let numbers = trimmed.strip_prefix('v').unwrap_or(trimmed);
        let end = numbers.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(numbers.len());
        let numbers = numbers[..end].trim_end_matches('.');
        if numbers.starts_with('0') && !numbers.starts_with("0.") {
            return Err(fail());
        }
        let parts: Result<Vec<u64>, _> = numbers.split('.').map(str::parse).collect();
        match parts.map_err(|_| fail())?.as_slice() {
            parts @ [major, minor, ..] => {
                let all = parts.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
                Ok(Self { version: format!("v{all}"), major: major.to_string(), minor: minor.to_string() })
            }
            _ => Err(fail()),
        }
    }
}

/// The versions of APIs that Helm 3.21 takes every cluster to have.
pub(super) const KNOWN: &[&str] = &[
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "autoscaling/v2beta1",
    "autoscaling/v2beta2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha1",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_kubernetes_reads_them() {
        let read = |text| {
            KubeVersion::parse(text).map(|found| format!("{} {} {}", found.version, found.major, found.minor))
        };
        assert_eq!(read("1.32").unwrap(), "v1.32 1 32");
        assert_eq!(read("v1.27.3-gke.100").unwrap(), "v1.27.3 1 27");
        assert!(read("1").is_err() && read("x").is_err() && read("01.2").is_err());
    }
}
