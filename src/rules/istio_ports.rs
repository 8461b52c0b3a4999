//! The ports of a route's destination, for the rules about them.

use std::fmt;

use super::Context;
use crate::model::{Host, HostTarget};

/// A port of a host.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Port<'m> {
    /// What routes name.
    pub(crate) number: i64,
    name: Option<&'m str>,
}

/// The ports of a host: a Service's own, else those of every ServiceEntry that has the host.
pub(crate) fn ports_of<'m>(
    cx: &Context<'m, '_>,
    host: Host<'m>,
    target: HostTarget<'m>,
) -> impl Iterator<Item = Port<'m>> {
    let service = match target {
        HostTarget::Service(service) => Some(service),
        HostTarget::Entry(_) => None,
    };
    let entries = cx.entries_for(host).flat_map(|entry| entry.0.spec_at("ports"));
    let declared = entries.flat_map(|ports| ports.items()).filter_map(|port| {
        Some(Port { number: port.get("number")?.as_int()?, name: port.str_at("name") })
    });
    let own = service.into_iter().flat_map(|service| service.ports());
    own.map(|port| Port { number: port.number, name: port.name }).chain(declared)
}

/// Ports in words: `port 80 (http)` or `80 (http), 9090`.
pub(crate) struct Ports<'m>(Vec<Port<'m>>);

impl<'m> Ports<'m> {
    /// The ports, each once, in order.
    pub(crate) fn of(ports: impl Iterator<Item = Port<'m>>) -> Self {
        let mut all: Vec<_> = ports.collect();
        all.sort_by_key(|port| port.number);
        all.dedup_by_key(|port| port.number);
        Self(all)
    }
}

impl fmt::Display for Ports<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.len() == 1 { "port " } else { "ports " })?;
        for (index, port) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}", port.number)?;
            if let Some(name) = port.name {
                write!(f, " ({name})")?;
            }
        }
        Ok(())
    }
}
