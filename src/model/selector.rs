//! Labels and what selects them.

use std::fmt;

use crate::yaml::Node;

/// A label selector: a plain map (`Service.spec.selector`) or `matchLabels` with `matchExpressions`.
#[derive(Clone, Copy)]
pub struct Selector<'a> {
    labels: Option<Node<'a>>,
    expressions: Option<Node<'a>>,
}

impl<'a> Selector<'a> {
    /// A selector written as a plain map of labels.
    pub fn of_map(map: Option<Node<'a>>) -> Self {
        Self { labels: map, expressions: None }
    }

    /// A selector written as `matchLabels` and `matchExpressions`.
    pub fn of_object(object: Option<Node<'a>>) -> Self {
        Self {
            labels: object.and_then(|object| object.get("matchLabels")),
            expressions: object.and_then(|object| object.get("matchExpressions")),
        }
    }

    /// The labels it asks for by equality.
    pub fn labels(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        pairs(self.labels)
    }

    /// Whether it asks for nothing.
    pub fn is_empty(self) -> bool {
        self.labels().next().is_none() && self.expressions.is_none_or(|list| list.items().next().is_none())
    }

    /// Whether these labels satisfy it. An empty selector is satisfied by all; an operator that Kubernetes does not
    /// know by none.
    pub fn matches(self, labels: Option<Node<'a>>) -> bool {
        self.matches_by(|key| label(labels, key))
    }

    /// The same for labels that are in no tree: `labels` gives the value of a key.
    pub fn matches_by<'l>(self, labels: impl Fn(&str) -> Option<&'l str>) -> bool {
        self.labels().all(|(key, value)| labels(key) == Some(value))
            && self.expressions.is_none_or(|list| list.items().all(|term| holds(term, &labels)))
    }

    /// The values that it compares a label with.
    pub fn values_of(self, key: &str) -> impl Iterator<Item = &'a str> {
        let equal = self.labels().filter(move |(name, _)| *name == key).map(|(_, value)| value);
        let terms = self.expressions.into_iter().flat_map(Node::items);
        let terms = terms.filter(move |term| term.str_at("key") == Some(key));
        let listed = terms.filter_map(|term| term.get("values")).flat_map(Node::items);
        equal.chain(listed.filter_map(Node::text))
    }
}

impl fmt::Display for Selector<'_> {
    /// What it asks for by equality, in one line: `app: web, version: v1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (key, value)) in self.labels().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{key}: {value}")?;
        }
        Ok(())
    }
}

/// The value of a label.
pub fn label<'a>(labels: Option<Node<'a>>, key: &str) -> Option<&'a str> {
    labels?.get(key)?.text()
}

/// Keys and values of a map of labels; what is not text is left out.
pub fn pairs<'a>(labels: Option<Node<'a>>) -> impl Iterator<Item = (&'a str, &'a str)> {
    labels.into_iter().flat_map(Node::entries).filter_map(|(key, value)| Some((key.text()?, value.text()?)))
}

fn holds<'l>(term: Node<'_>, labels: &impl Fn(&str) -> Option<&'l str>) -> bool {
    let value = term.str_at("key").and_then(labels);
    let among = || {
        let mut values = term.get("values").into_iter().flat_map(Node::items);
        value.is_some_and(|value| values.any(|item| item.text() == Some(value)))
    };
    match term.str_at("operator") {
        Some("In") => among(),
        Some("NotIn") => !among(),
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        _ => false,
    }
}
