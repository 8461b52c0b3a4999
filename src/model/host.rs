//! Host names as a mesh compares them.

use std::fmt;

/// A host, normalised: two spellings of one service are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host<'a> {
    /// A Kubernetes Service, `name.namespace.svc.<cluster domain>`.
    Service {
        /// The Service's name.
        name: &'a str,
        /// Its namespace.
        namespace: &'a str,
    },
    /// Any other name, a wildcard among them.
    Name(&'a str),
}

/// The domain of services that several clusters share, which Istio treats like the cluster's own
/// (Multi-Cluster Services API).
const CLUSTERSET_DOMAIN: &str = "clusterset.local";

impl<'a> Host<'a> {
    /// Normalises a host that an Istio object in `namespace` names: a name without a dot is a Service beside it; any
    /// other is a full name (Istio, `ResolveShortnameToFQDN`).
    pub fn new(text: &'a str, namespace: &'a str, cluster_domain: &str) -> Self {
        if !text.contains('.') && text != "*" {
            return Host::Service { name: text, namespace };
        }
        let full = text.strip_suffix('.').unwrap_or(text);
        service_of(full, cluster_domain)
            .or_else(|| service_of(full, CLUSTERSET_DOMAIN))
            .unwrap_or(Host::Name(full))
    }

    /// Whether it is a wildcard, `*` or `*.example.com`.
    pub fn is_wildcard(self) -> bool {
        match self {
            Host::Name(name) => name.starts_with('*'),
            Host::Service { name, .. } => name.starts_with('*'),
        }
    }

    /// Whether this host, perhaps a wildcard, covers another.
    pub fn covers(self, other: Host<'_>) -> bool {
        match (self, other) {
            (Host::Service { name: "*", namespace }, Host::Service { namespace: of, .. }) => namespace == of,
            (Host::Name("*"), _) => true,
            (Host::Name(wild), Host::Name(name)) if wild.starts_with('*') => {
                name.len() >= wild.len() && name.ends_with(&wild[1..])
            }
            (Host::Name(wild), Host::Service { name, namespace }) if wild.starts_with('*') => {
                ends_with(&[name, ".", namespace, ".svc.cluster.local"], &wild[1..])
            }
            _ => self == other,
        }
    }
}

/// Whether a text that lies in pieces ends with another: `*.local`, `*.svc.cluster.local` and
/// `*.ns.svc.cluster.local` cover Services by their full name, and no name is built to see it.
fn ends_with(pieces: &[&str], mut end: &str) -> bool {
    for piece in pieces.iter().rev() {
        match end.strip_suffix(piece) {
            Some(rest) => end = rest,
            None => return piece.ends_with(end),
        }
    }
    end.is_empty()
}

fn service_of<'a>(full: &'a str, domain: &str) -> Option<Host<'a>> {
    let head = full.strip_suffix(domain)?.strip_suffix(".svc.")?;
    let (name, namespace) = head.split_once('.')?;
    let plain = !name.is_empty() && !namespace.is_empty() && !namespace.contains('.');
    plain.then_some(Host::Service { name, namespace })
}

impl fmt::Display for Host<'_> {
    /// The full name; a Service under the usual domain.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Service { name, namespace } => write!(f, "{name}.{namespace}.svc.cluster.local"),
            Host::Name(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Host<'_> {
        Host::new(text, "shop", "cluster.local")
    }

    #[test]
    fn spellings_of_one_service_are_equal() {
        let service = Host::Service { name: "web", namespace: "shop" };
        assert_eq!(host("web"), service);
        assert_eq!(host("web.shop.svc.cluster.local"), service);
        assert_eq!(host("web.shop.svc.cluster.local."), service);
        assert_eq!(host("web.shop.svc.clusterset.local"), service);
        assert_eq!(Host::new("web.shop.svc.example.org", "x", "example.org"), service);
    }

    #[test]
    fn a_dotted_name_is_taken_as_it_stands() {
        assert_eq!(host("web.shop"), Host::Name("web.shop"));
        assert_eq!(host("web.shop.svc"), Host::Name("web.shop.svc"));
    }

    #[test]
    fn wildcards_cover_whole_labels() {
        assert!(host("*").covers(host("web")));
        assert!(host("*.example.com").covers(host("a.example.com")));
        assert!(!host("*.example.com").covers(host("example.com")));
        assert!(!host("*.example.com").covers(host("badexample.com")));
        assert!(host("*.local").covers(host("web")));
        assert!(host("*.shop.svc.cluster.local").covers(host("web")));
        assert!(!host("*.other.svc.cluster.local").covers(host("web")));
        assert!(host("*-eu.example.com").covers(host("shop-eu.example.com")));
    }
}
