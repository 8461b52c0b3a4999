//! What judges one object: reports about it, and the readings that every part needs.

use super::labels::check_labels;
use super::{doubt, refuse};
use crate::finding::{Finding, Severity};
use crate::model::Resource;
use crate::rules::Context;
use crate::schema::value::{self, Fault};
use crate::yaml::{Node, Scalar, Style};

/// Judges one object.
pub(in crate::rules) struct Judge<'c, 'm, 'a> {
    cx: &'c mut Context<'m, 'a>,
    /// The object.
    pub(in crate::rules) resource: &'m Resource<'a>,
    /// Whether Istio says what it doubts: its warnings about parts of subsets and ports get lost on the way.
    voiced: bool,
    /// Of configuration that lies in the object: what becomes of it when it is refused.
    refusal: Option<&'static str>,
}

impl<'c, 'm, 'a> Judge<'c, 'm, 'a> {
    /// Judges an object.
    pub(in crate::rules) fn new(cx: &'c mut Context<'m, 'a>, resource: &'m Resource<'a>) -> Self {
        Self { cx, resource, voiced: true, refusal: None }
    }

    /// Judges configuration that lies in an object, which no analyser of istioctl's looks at.
    pub(in crate::rules) fn of_config(
        cx: &'c mut Context<'m, 'a>,
        resource: &'m Resource<'a>,
        refusal: &'static str,
    ) -> Self {
        Self { cx, resource, voiced: false, refusal: Some(refusal) }
    }

    /// `spec`, or the whole object where there is none: what a missing field is missing in.
    pub(in crate::rules) fn spec(&self) -> Node<'a> {
        self.resource.spec().unwrap_or(self.resource.root)
    }

    /// Judges a part about which Istio's own warnings do not reach the user.
    pub(in crate::rules) fn unvoiced(&mut self, part: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.voiced, false);
        part(self);
        self.voiced = before;
    }

    /// Istio refuses the object for this.
    pub(in crate::rules) fn refuse(&mut self, node: Node<'_>, message: impl Into<String>) -> &mut Finding {
        if let Some(refusal) = self.refusal {
            return self.cx.report(self.resource, place(node), message).codes(&[]).label(refusal);
        }
        let label = format!("Istio refuses the {}", self.resource.kind_name());
        refuse(self.cx, self.resource, place(node), message).label(label)
    }

    /// Istio takes the object, and this is hardly what was meant.
    pub(in crate::rules) fn doubt(&mut self, node: Node<'_>, message: impl Into<String>) -> &mut Finding {
        let node = place(node);
        match self.voiced {
            true => doubt(self.cx, self.resource, node, message),
            false => self.cx.report(self.resource, node, message).severity(Severity::Warning).codes(&[]),
        }
    }

    /// Refuses a text that a check finds fault with.
    pub(in crate::rules) fn text<T>(&mut self, node: Node<'_>, check: impl FnOnce(&str) -> Result<T, Fault>) {
        let Some(text) = node.as_str() else { return };
        if let Err(fault) = check(text) {
            self.refuse(node, format!("{} {fault}", shown(text)));
        }
    }

    /// Refuses a number that is no port; what is no number is the schema's to tell.
    pub(in crate::rules) fn port(&mut self, node: Node<'_>) {
        if let Some(Err(fault)) = node.as_int().map(value::port) {
            self.refuse(node, format!("`{}` {fault}", node.text().unwrap_or_default()));
        }
    }

    /// Judges the labels in a field.
    pub(in crate::rules) fn labels(&mut self, holder: Node<'_>, key: &str) {
        if let Some(labels) = holder.get(key) {
            check_labels(self.cx, self.resource, labels);
        }
    }

    /// Refuses a duration that is no whole number of milliseconds. The CRD refuses those below 1 ms.
    pub(in crate::rules) fn milliseconds(&mut self, node: Node<'_>) {
        let nanos = node.as_str().and_then(|text| value::duration(text).ok());
        if nanos.is_some_and(|nanos| nanos >= MILLISECOND && nanos % MILLISECOND != 0) {
            let message = format!("{} is finer than a millisecond", shown(node.text().unwrap_or_default()));
            self.refuse(node, message).help("write whole milliseconds, such as `1500ms`");
        }
    }

    /// The same of a field, if it is there.
    pub(in crate::rules) fn milliseconds_at(&mut self, holder: Node<'_>, key: &str) {
        if let Some(node) = holder.get(key) {
            self.milliseconds(node);
        }
    }

    /// Refuses a number outside of bounds.
    pub(in crate::rules) fn within(
        &mut self,
        holder: Node<'_>,
        key: &str,
        bounds: std::ops::RangeInclusive<i64>,
    ) {
        let Some(node) = holder.get(key) else { return };
        let Some(number) = node.as_int().filter(|number| !bounds.contains(number)) else { return };
        let (low, high) = (bounds.start(), bounds.end());
        let wanted = match *high {
            i64::MAX => format!("{low} or more"),
            _ => format!("{low} to {high}"),
        };
        self.refuse(node, format!("`{key}` is {number}, not {wanted}"));
    }
}

/// Where a finding about a node points to: at the first key of what spreads over lines.
pub(in crate::rules) fn place(node: Node<'_>) -> Node<'_> {
    match node.style() {
        Style::BlockMap => node.entries().next().map_or(node, |(key, _)| key),
        Style::BlockSeq => node.items().next().map_or(node, place),
        _ => node,
    }
}

/// Nanoseconds of a millisecond.
pub(super) const MILLISECOND: i64 = 1_000_000;

/// A text in a message, which is seen even if it is empty.
pub(in crate::rules) fn shown(text: &str) -> String {
    if text.is_empty() { "`\"\"`".to_owned() } else { format!("`{text}`") }
}

/// The text of a field, unless it is absent or empty: protobuf does not tell the two apart.
pub(in crate::rules) fn filled<'a>(holder: Node<'a>, key: &str) -> Option<Node<'a>> {
    holder.get(key).filter(|node| node.as_str().is_some_and(|text| !text.is_empty()))
}

/// The list of a field, unless it is absent or empty.
pub(in crate::rules) fn listed<'a>(holder: Node<'a>, key: &str) -> Option<Node<'a>> {
    holder.get(key).filter(|node| node.items().next().is_some())
}

/// The items of a list in a field; none where there is no list.
pub(in crate::rules) fn items<'a>(holder: Node<'a>, key: &str) -> impl Iterator<Item = Node<'a>> + use<'a> {
    holder.get(key).into_iter().flat_map(Node::items)
}

/// Keys and values of a mapping in a field; none where there is no mapping.
pub(in crate::rules) fn entries<'a>(
    holder: Node<'a>,
    key: &str,
) -> impl Iterator<Item = (Node<'a>, Node<'a>)> + use<'a> {
    holder.get(key).into_iter().flat_map(Node::entries)
}

/// The key of a field that is there: the place of findings about what it holds as a whole.
pub(in crate::rules) fn key_of<'a>(holder: Node<'a>, key: &str) -> Option<Node<'a>> {
    holder.entry(key).filter(|(_, value)| !value.is_null()).map(|(key, _)| key)
}

/// A number, whole or not.
pub(in crate::rules) fn number(node: Node<'_>) -> Option<f64> {
    match node.scalar()? {
        Scalar::Int(value) => Some(value as f64),
        Scalar::Uint(value) => Some(value as f64),
        Scalar::Float(value) => Some(value),
        _ => None,
    }
}

/// Whether a mapping says nothing: no fields, or only empty ones.
pub(in crate::rules) fn is_blank(node: Node<'_>) -> bool {
    node.is_map() && node.entries().all(|(_, value)| value.is_null())
}
