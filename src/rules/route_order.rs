//! Which routes and matches of a VirtualService earlier ones make useless.
//!
//! Istio's own validation tells equal matches, routes behind one without a match, and prefixes that begin with an
//! earlier prefix (`analyzeUnreachableHTTPRules`); beyond that a route is judged where its whole is certainly taken.
//! What is delegated takes only what its delegate matches, so that it takes nothing for certain.

use super::http_match::{HttpMatch, equal_matches};
use crate::model::view::{Protocol, Route, VirtualService};
use crate::yaml::Node;

/// What is wrong with a route or one of its matches.
#[derive(Clone, Copy)]
pub(crate) enum Verdict<'m> {
    /// No request reaches the route.
    Unreachable {
        /// The route that takes its requests, the first of them if several do.
        by: Route<'m>,
        /// How it takes them.
        why: Why,
    },
    /// One match of the route never decides anything.
    Useless {
        /// The match.
        node: Node<'m>,
        /// The earlier one with its route.
        by: (Route<'m>, Node<'m>),
        /// Whether both say the same.
        equal: bool,
        /// Whether the whole route is without use, and nobody else says so.
        whole: bool,
    },
}

/// How an earlier route takes the requests of a later one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// It has no match.
    NoMatch,
    /// By the same matches.
    Equal,
    /// By wider ones.
    Wider,
}

/// Judges one VirtualService after the other, and keeps its room between them.
#[derive(Default)]
pub(crate) struct Verdicts<'m> {
    found: Vec<(Route<'m>, Verdict<'m>)>,
    seen: Vec<HttpMatch<'m>>,
}

/// How an earlier match makes one useless.
#[derive(Clone, Copy)]
struct Taken<'m> {
    by: HttpMatch<'m>,
    equal: bool,
    /// Istio's validation tells of it too: both ask for prefixes.
    told: bool,
}

impl<'m> Verdicts<'m> {
    /// The verdicts about the routes of a VirtualService, in order.
    pub(crate) fn of(&mut self, service: VirtualService<'m>) -> &[(Route<'m>, Verdict<'m>)] {
        self.found.clear();
        let mut list = Protocol::Http;
        let mut catch_all: Option<Route<'m>> = None;
        self.seen.clear();
        for route in service.routes() {
            if route.protocol != list {
                (list, catch_all) = (route.protocol, None);
                self.seen.clear();
            }
            let matches = route.matches().next().is_some();
            match catch_all {
                Some(by) => self.found.push((route, Verdict::Unreachable { by, why: Why::NoMatch })),
                None if matches => self.judge(route),
                None if route.node.get("delegate").is_none() => catch_all = Some(route),
                None => {}
            }
        }
        &self.found
    }

    fn judge(&mut self, route: Route<'m>) {
        let delegates = route.node.get("delegate").is_some();
        let from = self.found.len();
        let before = self.seen.len();
        let (mut count, mut equal, mut covered, mut told) = (0, 0, 0, 0);
        let mut first: Option<Route<'m>> = None;
        for one in HttpMatch::all(route) {
            count += 1;
            let Some(node) = one.node else { continue };
            let taken = self.taken(one, before);
            if let Some(taken) = taken {
                let outside = taken.by.route.index != route.index;
                first = first.or(outside.then_some(taken.by.route));
                equal += usize::from(taken.equal);
                covered += usize::from(outside);
                told += usize::from(taken.told);
                if let (Some(by), true) = (taken.by.node, taken.told) {
                    let by = (taken.by.route, by);
                    self.found.push((route, Verdict::Useless { node, by, equal: taken.equal, whole: false }));
                }
            }
            if !delegates && !taken.is_some_and(|taken| taken.equal) {
                self.seen.push(one);
            }
        }
        let Some(by) = first.filter(|_| covered == count) else { return };
        if equal == count || told < count {
            // Those that only a prefix takes are part of it.
            let equal_only = |(_, verdict): &(Route<'m>, Verdict<'m>)| {
                matches!(verdict, Verdict::Useless { equal: true, .. })
            };
            let kept: Vec<_> = self.found.drain(from..).filter(equal_only).collect();
            self.found.extend(kept);
            let why = if equal == count { Why::Equal } else { Why::Wider };
            self.found.push((route, Verdict::Unreachable { by, why }));
        } else {
            for (_, verdict) in &mut self.found[from..] {
                if let Verdict::Useless { whole, .. } = verdict {
                    *whole = true;
                }
            }
        }
    }

    /// The earlier match that takes every request of this one: an equal one first, then one of an earlier route.
    fn taken(&self, one: HttpMatch<'m>, before: usize) -> Option<Taken<'m>> {
        let node = one.node?;
        let twin = |seen: &&HttpMatch<'m>| seen.node.is_some_and(|seen| equal_matches(seen, node));
        if let Some(by) = self.seen.iter().find(twin) {
            return Some(Taken { by: *by, equal: true, told: true });
        }
        if one.route.protocol != Protocol::Http {
            return None;
        }
        let (earlier, same_route) = self.seen.split_at(before);
        let told = |by: &HttpMatch<'m>| {
            let prefixes = by.prefix().zip(one.prefix());
            prefixes.is_some_and(|(wide, narrow)| wide != narrow)
        };
        if let Some(by) = earlier.iter().find(|seen| seen.covers(one)) {
            return Some(Taken { by: *by, equal: false, told: told(by) });
        }
        let by = same_route.iter().find(|seen| told(seen) && seen.covers(one))?;
        Some(Taken { by: *by, equal: false, told: true })
    }
}

/// The place that shows a route: its name, its first match, or where it goes.
pub(crate) fn place(route: Route<'_>) -> Node<'_> {
    if let Some(name) = route.node.get("name") {
        return name;
    }
    match route.matches().next() {
        Some(first) => match_place(first),
        None => {
            let host = route.destinations().next().map(|destination| destination.host_node);
            host.or_else(|| route.node.entries().next().map(|(key, _)| key)).unwrap_or(route.node)
        }
    }
}

/// The place that shows a match: a value of one line.
pub(crate) fn match_place(node: Node<'_>) -> Node<'_> {
    let uri = node.get("uri").and_then(|uri| uri.entries().map(|(_, value)| value).next());
    let conditions = || node.entries().filter(|(key, _)| key.text() != Some("name"));
    let scalar = || conditions().map(|(_, value)| value).find(|value| !value.is_map() && !value.is_seq());
    let key = || conditions().map(|(key, _)| key).next();
    uri.or_else(scalar).or_else(key).unwrap_or(node)
}
