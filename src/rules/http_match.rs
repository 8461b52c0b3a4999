//! When one `match` of a VirtualService's http route takes every request that another takes.
//!
//! Certain or nothing: what cannot be compared (two regular expressions, an unknown condition) does not cover.

use crate::model::view::Route;
use crate::yaml::{Node, Shape};

/// One match of an http route, or the whole of a route without matches.
#[derive(Clone, Copy)]
pub(crate) struct HttpMatch<'m> {
    /// The route it stands in.
    pub(crate) route: Route<'m>,
    /// The match; none for a route that takes every request.
    pub(crate) node: Option<Node<'m>>,
    uri: Uri<'m>,
}

#[derive(Clone, Copy)]
struct Uri<'m> {
    text: Option<Text<'m>>,
    ignores_case: bool,
}

/// One of Istio's StringMatch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text<'m> {
    Exact(&'m str),
    Prefix(&'m str),
    Regex(&'m str),
    /// A header that is there, whatever its value.
    Present,
    /// Not readable.
    Broken,
}

/// Conditions of one string each.
const STRINGS: &[&str] = &["scheme", "method", "authority"];
/// Conditions of strings by name.
const MAPS: &[&str] = &["headers", "queryParams"];
/// Whatever else a match may hold.
const OTHERS: &[&str] = &[
    "name",
    "uri",
    "ignoreUriCase",
    "withoutHeaders",
    "port",
    "sourceLabels",
    "sourceNamespace",
    "gateways",
    "statPrefix",
];

impl<'m> HttpMatch<'m> {
    /// The matches of a route: itself where it has none.
    pub(crate) fn all(route: Route<'m>) -> impl Iterator<Item = Self> {
        let catch_all = route.matches().next().is_none();
        let nodes = route.matches().map(Some).chain(catch_all.then_some(None));
        nodes.map(move |node| Self { route, node, uri: Uri::of(node) })
    }

    /// Whether it takes every path on no other condition: Istio moves such routes behind all others where it merges
    /// VirtualServices.
    pub(crate) fn is_catch_all(self) -> bool {
        let free = |node: Node<'m>| {
            node.entries().all(|(key, value)| {
                value.is_null() || matches!(key.text(), Some("name" | "uri" | "statPrefix" | "gateways"))
            })
        };
        self.node.is_none_or(free) && self.uri.takes_all()
    }

    /// The prefix that it asks of the path.
    pub(crate) fn prefix(self) -> Option<&'m str> {
        match self.uri.text {
            Some(Text::Prefix(prefix)) => Some(prefix),
            _ => None,
        }
    }

    /// The most telling place: the path it asks for, else its first condition, else the route's own.
    pub(crate) fn place(self) -> Node<'m> {
        let Some(node) = self.node else {
            let named = self.route.node.get("name");
            let host = self.route.destinations().next().map(|destination| destination.host_node);
            return named.or(host).unwrap_or(self.route.node);
        };
        let uri = node.get("uri");
        let text = uri.and_then(|uri| uri.entries().map(|(_, value)| value).next());
        let first = || node.entries().find(|(key, _)| key.text() != Some("name")).map(|(key, _)| key);
        text.or(uri).or_else(first).unwrap_or(node)
    }

    /// Whether it may apply in a gateway (`namespace/name`), or in sidecars (`mesh`), as far as it says itself.
    pub(crate) fn applies_to(self, is_it: impl Fn(&'m str) -> bool) -> bool {
        let mut gateways = self.items("gateways").peekable();
        gateways.peek().is_none() || gateways.filter_map(Node::as_str).any(is_it)
    }

    /// Whether it takes every request that the other takes.
    pub(crate) fn covers(self, other: Self) -> bool {
        self.uri.covers(other.uri) && self.conditions_cover(other)
    }

    fn conditions_cover(self, other: Self) -> bool {
        let Some(node) = self.node else { return true };
        let known = |key: Node<'_>| {
            key.text()
                .is_some_and(|key| STRINGS.contains(&key) || MAPS.contains(&key) || OTHERS.contains(&key))
        };
        if !node.is_map() || !node.entries().all(|(key, value)| known(key) || value.is_null()) {
            return false;
        }
        let text = |of: Self, key| of.get(key).map(Text::of);
        STRINGS.iter().all(|key| implied(text(self, key), text(other, key)))
            && MAPS.iter().all(|key| self.map_covers(other, key))
            && self.entries("withoutHeaders").all(|(name, value)| {
                let same = |(key, there): (Node<'m>, Node<'m>)| {
                    same_header(key, name) && Text::of(there) == Text::of(value)
                };
                Text::of(value) != Text::Broken && other.entries("withoutHeaders").any(same)
            })
            && self.get("port").is_none_or(|port| other.get("port").is_some_and(|there| equal(port, there)))
            && self.get("sourceNamespace").is_none_or(|name| {
                other.get("sourceNamespace").is_some_and(|there| name.text() == there.text())
            })
            && self.entries("sourceLabels").all(|(name, value)| {
                let there = other.get("sourceLabels").and_then(|labels| labels.get(name.text()?));
                there.is_some_and(|there| there.text() == value.text())
            })
            && self.gateways_cover(other)
    }

    fn map_covers(self, other: Self, key: &str) -> bool {
        self.entries(key).all(|(name, value)| {
            let here = |(key, _): &(Node<'m>, Node<'m>)| match key.text() {
                text if text == name.text() => true,
                _ => self.is_header(name) && same_header(*key, name),
            };
            let there = other.entries(key).find(here).map(|(_, value)| Text::of(value));
            there.is_some_and(|there| implied(Some(Text::of(value)), Some(there)))
        })
    }

    /// Header names are equal whatever their case; names of query parameters are not.
    fn is_header(self, name: Node<'_>) -> bool {
        self.entries("headers").any(|(key, _)| key.index() == name.index())
    }

    fn gateways_cover(self, other: Self) -> bool {
        let mut own = self.items("gateways").peekable();
        if own.peek().is_none() {
            return true;
        }
        let mut theirs = other.items("gateways").peekable();
        theirs.peek().is_some()
            && theirs.all(|there| self.items("gateways").any(|here| here.text() == there.text()))
    }

    fn get(self, key: &str) -> Option<Node<'m>> {
        self.node?.get(key)
    }

    fn items(self, key: &str) -> impl Iterator<Item = Node<'m>> {
        self.get(key).into_iter().flat_map(Node::items)
    }

    fn entries(self, key: &str) -> impl Iterator<Item = (Node<'m>, Node<'m>)> {
        self.get(key).into_iter().flat_map(Node::entries)
    }
}

impl<'m> Uri<'m> {
    fn of(node: Option<Node<'m>>) -> Self {
        let text = node.and_then(|node| node.get("uri")).map(Text::of);
        let ignores = node.and_then(|node| node.get("ignoreUriCase")).and_then(Node::as_bool);
        Self { text, ignores_case: ignores == Some(true) }
    }

    /// Every path begins with a slash.
    fn takes_all(self) -> bool {
        matches!(self.text, None | Some(Text::Prefix("/")))
    }

    fn covers(self, other: Self) -> bool {
        let (Some(own), Some(theirs)) = (self.text, other.text) else { return self.takes_all() };
        if self.takes_all() {
            return true;
        }
        if own == theirs && own != Text::Broken {
            return self.ignores_case || !other.ignores_case;
        }
        if let (Text::Regex(_), _) | (_, Text::Regex(_)) = (own, theirs) {
            return false;
        }
        match (self.ignores_case, other.ignores_case) {
            (false, false) => implied(Some(own), Some(theirs)),
            // Of the other's paths some are in a case that this one does not take.
            (false, true) => false,
            (true, _) => lower_implied(own, theirs),
        }
    }
}

impl<'m> Text<'m> {
    fn of(node: Node<'m>) -> Self {
        let mut entries = node.entries().filter(|(_, value)| !value.is_null());
        if !node.is_map() {
            return Text::Broken;
        }
        let Some((key, value)) = entries.next() else { return Text::Present };
        match (key.text(), value.as_str(), entries.next()) {
            (Some("exact"), Some(text), None) => Text::Exact(text),
            (Some("prefix"), Some(text), None) => Text::Prefix(text),
            (Some("regex"), Some(text), None) => Text::Regex(text),
            _ => Text::Broken,
        }
    }
}

/// Whether what satisfies `theirs` satisfies `own`; no condition is satisfied by all.
fn implied(own: Option<Text<'_>>, theirs: Option<Text<'_>>) -> bool {
    let Some(own) = own else { return true };
    let Some(theirs) = theirs else { return false };
    match (own, theirs) {
        (Text::Broken, _) | (_, Text::Broken) => false,
        (Text::Present, _) => true,
        (Text::Prefix(prefix), Text::Exact(text) | Text::Prefix(text)) => text.starts_with(prefix),
        (own, theirs) => own == theirs,
    }
}

fn lower_implied(own: Text<'_>, theirs: Text<'_>) -> bool {
    let starts = |text: &str, prefix: &str| {
        text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    match (own, theirs) {
        (Text::Prefix(prefix), Text::Exact(text) | Text::Prefix(text)) => starts(text, prefix),
        (Text::Exact(own), Text::Exact(theirs)) => own.eq_ignore_ascii_case(theirs),
        _ => false,
    }
}

fn same_header(one: Node<'_>, other: Node<'_>) -> bool {
    let (Some(one), Some(other)) = (one.text(), other.text()) else { return false };
    one.eq_ignore_ascii_case(other)
}

/// Whether two values say the same, whatever the order of their keys; `name` of a match says nothing.
pub(crate) fn equal_matches(one: Node<'_>, other: Node<'_>) -> bool {
    subset(one, other, Some("name")) && subset(other, one, Some("name"))
}

/// Whether two values say the same, whatever the order of their keys.
pub(crate) fn equal(one: Node<'_>, other: Node<'_>) -> bool {
    match (one.shape(), other.shape()) {
        (Shape::Map, Shape::Map) => subset(one, other, None) && subset(other, one, None),
        (Shape::Seq, Shape::Seq) => {
            one.items().count() == other.items().count()
                && one.items().zip(other.items()).all(|(one, other)| equal(one, other))
        }
        (Shape::Scalar, Shape::Scalar) => one.scalar() == other.scalar(),
        (Shape::Null, Shape::Null) => true,
        _ => false,
    }
}

fn subset(one: Node<'_>, other: Node<'_>, but: Option<&str>) -> bool {
    let counts = |key: Node<'_>, value: Node<'_>| !value.is_null() && (but.is_none() || key.text() != but);
    one.entries().filter(|(key, value)| counts(*key, *value)).all(|(key, value)| {
        let there = key.text().and_then(|key| other.get(key));
        there.is_some_and(|there| equal(value, there))
    })
}
