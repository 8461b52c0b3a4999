//! Istio's routing objects by the hosts that they name.

use std::ops::Range;
use std::sync::OnceLock;

use super::chains::{Chain, Chains};
use super::host::Host;
use super::kinds::Kind;
use super::resource::Resource;
use super::set::{ResourceSet, within};
use super::view::{Destination, Route, routes_of};
use crate::yaml::Node;

/// Where a VirtualService's routes apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding<'a> {
    /// In every sidecar (`mesh`).
    Mesh,
    /// In the proxies of a Gateway.
    Gateway {
        /// The Gateway's namespace.
        namespace: &'a str,
        /// Its name.
        name: &'a str,
    },
}

/// A VirtualService's claim to a host.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// The VirtualService.
    pub service: Resource<'a>,
    /// The place of the host.
    pub host: Node<'a>,
}

/// A destination of a VirtualService, read once for all rules.
#[derive(Clone, Copy)]
pub struct Routed<'a> {
    /// The VirtualService.
    pub service: Resource<'a>,
    /// The destination.
    pub destination: Destination<'a>,
    /// Its host, normalised.
    pub host: Host<'a>,
    /// Whether a gateway sends requests there: the client is then that gateway, wherever it runs.
    pub by_gateway: bool,
}

#[derive(Default)]
pub(super) struct Routing<'a> {
    rules: OnceLock<Rules<'a>>,
    claims: OnceLock<Chains<(Binding<'a>, Host<'a>), Claim<'a>>>,
    routed: OnceLock<Vec<Routed<'a>>>,
}

struct Rules<'a> {
    exact: Chains<Host<'a>, Resource<'a>>,
    wild: Vec<(Host<'a>, Resource<'a>)>,
}

impl<'a> ResourceSet<'a> {
    /// The DestinationRules whose `host` names or covers a host: the exact ones first.
    pub fn destination_rules_for<'m>(
        &'m self,
        host: Host<'m>,
    ) -> impl Iterator<Item = &'m Resource<'a>> + use<'m, 'a> {
        let rules = self.destination_rules();
        let wild = rules.wild.iter().filter(move |(wild, _)| wild.covers(host)).map(|(_, rule)| rule);
        rules.exact.get(&host).chain(wild)
    }

    /// The hosts that two or more DestinationRules name, with those, in no order; wildcards are left out.
    pub fn crowded_rules(&self) -> impl Iterator<Item = (&Host<'a>, Chain<'_, Resource<'a>>)> {
        self.destination_rules().exact.crowded()
    }

    /// Who claims which host where: VirtualServices by binding and host.
    pub fn claims(&self) -> &Chains<(Binding<'a>, Host<'a>), Claim<'a>> {
        self.index.routing.claims.get_or_init(|| {
            let domain = &self.world.cluster_domain;
            let services = self.of_kind(Kind::VirtualService);
            let mut claims = Chains::with_capacity(services.len() * 2);
            for service in services {
                let gateways = service.spec_at("gateways").into_iter().flat_map(Node::items);
                let named = gateways.filter_map(Node::as_str);
                let mesh = named.clone().next().is_none().then_some(Binding::Mesh);
                let bindings = named.map(|name| Binding::of(name, service.namespace));
                for binding in bindings.chain(mesh) {
                    for host in service.spec_at("hosts").into_iter().flat_map(Node::items) {
                        let Some(text) = host.as_str() else { continue };
                        let key = (binding, Host::new(text, service.namespace, domain));
                        claims.push(key, Claim { service: *service, host });
                    }
                }
            }
            claims
        })
    }

    /// The destinations of every VirtualService, mirrors among them, in the order of reading.
    pub fn routed(&self) -> &[Routed<'a>] {
        self.index.routing.routed.get_or_init(|| {
            let services = self.of_kind(Kind::VirtualService);
            let mut all = Vec::with_capacity(services.len() * 2);
            for service in services {
                let mut gateways = service.spec_at("gateways").into_iter().flat_map(Node::items);
                let by_gateway = gateways.any(|gateway| gateway.as_str() != Some("mesh"));
                for destination in routes_of(service).flat_map(Route::destinations) {
                    let host = Host::new(destination.host, service.namespace, &self.world.cluster_domain);
                    all.push(Routed { service: *service, destination, host, by_gateway });
                }
            }
            all
        })
    }

    /// Those of them whose VirtualServices are in a stretch of all resources.
    pub fn routed_within(&self, stretch: &Range<u32>) -> &[Routed<'a>] {
        within(self.routed(), stretch, |routed| routed.service.at)
    }

    fn destination_rules(&self) -> &Rules<'a> {
        self.index.routing.rules.get_or_init(|| {
            let all = self.of_kind(Kind::DestinationRule);
            let mut rules = Rules { exact: Chains::with_capacity(all.len()), wild: vec![] };
            for rule in all {
                let Some(text) = rule.spec_at("host").and_then(Node::as_str) else { continue };
                let host = Host::new(text, rule.namespace, &self.world.cluster_domain);
                match host.is_wildcard() {
                    true => rules.wild.push((host, *rule)),
                    false => rules.exact.push(host, *rule),
                }
            }
            rules
        })
    }
}

impl<'a> Binding<'a> {
    /// Reads an entry of `spec.gateways` of a VirtualService in `namespace`.
    pub fn of(written: &'a str, namespace: &'a str) -> Self {
        if written == "mesh" {
            return Binding::Mesh;
        }
        match written.split_once('/') {
            // `./name` names the VirtualService's own namespace.
            None | Some((".", _)) => {
                Binding::Gateway { namespace, name: written.strip_prefix("./").unwrap_or(written) }
            }
            Some((namespace, name)) => Binding::Gateway { namespace, name },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_keep_the_order_of_each_key() {
        let mut chains = Chains::with_capacity(2);
        for (key, value) in [("a", 1), ("b", 2), ("a", 3), ("a", 4)] {
            chains.push(key, value);
        }
        assert_eq!(chains.get(&"a").copied().collect::<Vec<_>>(), [1, 3, 4]);
        assert_eq!(chains.crowded().count(), 1);
        assert_eq!(chains.get(&"c").count(), 0);
    }

    #[test]
    fn a_dot_names_the_own_namespace() {
        let own = Binding::Gateway { namespace: "shop", name: "public" };
        assert_eq!(Binding::of("public", "shop"), own);
        assert_eq!(Binding::of("./public", "shop"), own);
        assert_eq!(Binding::of("shop/public", "web"), own);
        assert_eq!(Binding::of("mesh", "shop"), Binding::Mesh);
    }
}
