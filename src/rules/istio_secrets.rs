//! The Secrets that Istio's Gateways take their certificates from.

use crate::model::view::Gateway;
use crate::yaml::Node;

/// A Secret that a server of a Gateway names.
#[derive(Clone, Copy)]
pub(crate) struct Credential<'m> {
    /// Its name.
    pub(crate) secret: &'m str,
    /// The place of the name.
    pub(crate) node: Node<'m>,
}

/// The way of writing that says that a name is a Secret's; other schemes name something else.
const SCHEME: &str = "kubernetes://";

/// What the servers name by `credentialName` and `credentialNames`, once each time.
pub(crate) fn credentials<'m>(gateway: Gateway<'m>) -> impl Iterator<Item = Credential<'m>> {
    let settings = gateway.servers().filter_map(|server| server.get("tls"));
    let names = settings.flat_map(|tls| {
        let listed = tls.get("credentialNames").into_iter().flat_map(Node::items);
        tls.get("credentialName").into_iter().chain(listed)
    });
    names.filter_map(|node| {
        let written = node.as_str()?;
        let secret = written.strip_prefix(SCHEME).unwrap_or(written);
        (!secret.is_empty() && !secret.contains("://")).then_some(Credential { secret, node })
    })
}
