//! Values of a type, as YAML, that a rule of the type may judge either way.

use std::fmt::Write;

use crate::schema::types::{Shape, Type, TypeRef};

/// Texts at the borders of what rules ask for.
const TEXTS: &[&str] = &[
    "",
    "*",
    "*.a.b",
    "a.b",
    "A-b_c",
    "a/b",
    "/",
    "/a/../b",
    "/a//b/.",
    "/%2F",
    "a#",
    "unix:///x",
    "unix:///x/",
    "unix://",
    "unix://@x",
    "unix://x",
    "http://a",
    "https://a:80/b?c#d",
    "ftp://a",
    "oci://r/i:t",
    "HTTP://a",
    "a:b",
    "10s",
    "0s",
    "1ms",
    "999us",
    "1h1.5m",
    "1x",
    "-1s",
    "10.0.0.1",
    "::1",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
    "10.0.0.0/8",
    "80",
    "0",
    "65535",
    "65536",
    "+7",
    "ä",
    "a b",
    "a.b.c",
];
const NUMBERS: &[&str] = &["0", "1", "2", "80", "80.0", "99", "1e2", "101", "65535", "65536", "-1"];
/// Deeper than the rules look.
const DEPTH: usize = 9;

/// Makes values by bytes that choose; without any left the plainest choice is taken.
pub(super) struct Generator<'g> {
    bytes: std::slice::Iter<'g, u8>,
    rule: &'g str,
    made: String,
}

/// A value of a type for a rule.
pub(super) fn value(of: TypeRef, rule: &str, bytes: &[u8]) -> String {
    let mut generator = Generator { bytes: bytes.iter(), rule, made: String::new() };
    generator.write(of, 0);
    generator.made
}

impl Generator<'_> {
    fn pick(&mut self, of: usize) -> usize {
        self.bytes.next().map_or(0, |byte| usize::from(*byte) % of)
    }

    /// How many items a list gets: a few, or more than a rule looks at one by one.
    fn count(&mut self) -> usize {
        match self.pick(64) {
            63 => 18,
            few => few % 4,
        }
    }

    fn write(&mut self, of: TypeRef, depth: usize) {
        let kind = of.get();
        match &kind.shape {
            Shape::Object(fields) => {
                self.made.push('{');
                for field in fields.iter() {
                    // What the rule does not speak of matters less.
                    let speaks = self.rule.contains(field.name);
                    let chosen = if speaks { self.pick(4) > 0 } else { self.pick(16) == 15 };
                    if chosen && depth < DEPTH {
                        let _ = write!(self.made, "{}: ", field.name);
                        self.write_or_null(of.of(field.of), depth);
                        self.made.push_str(", ");
                    }
                }
                self.made.push('}');
            }
            Shape::Map(value) => {
                self.made.push('{');
                for _ in 0..self.pick(4) {
                    let text = self.text(&Type::default());
                    let _ = write!(self.made, "{text:?}: ");
                    self.write_or_null(of.of(*value), depth);
                    self.made.push_str(", ");
                }
                self.made.push('}');
            }
            Shape::List(item) => {
                self.made.push('[');
                let mut last: Option<String> = None;
                for _ in 0..if depth < DEPTH { self.count() } else { 0 } {
                    let begun = self.made.len();
                    match last.take().filter(|_| self.pick(4) == 3) {
                        Some(last) => self.made += &last,
                        None => self.write(of.of(*item), depth + 1),
                    }
                    last = Some(self.made[begun..].to_owned());
                    self.made.push_str(", ");
                }
                self.made.push(']');
            }
            Shape::Boolean => {
                let value = self.pick(2) == 1;
                let _ = write!(self.made, "{value}");
            }
            Shape::Integer | Shape::Number => self.number(),
            Shape::IntOrString if self.pick(2) == 0 => self.number(),
            Shape::String | Shape::IntOrString | Shape::Quantity => {
                let text = self.text(kind);
                let _ = write!(self.made, "{text:?}");
            }
            Shape::Any | Shape::Elsewhere(_) => self.made += "{}",
        }
    }

    fn write_or_null(&mut self, of: TypeRef, depth: usize) {
        match self.pick(16) {
            15 => self.made += "null",
            _ => self.write(of, depth + 1),
        }
    }

    fn number(&mut self) {
        let number = self.pick(NUMBERS.len());
        self.made += NUMBERS[number];
    }

    /// One of the values there are, one that the rule names, or another.
    fn text(&mut self, kind: &Type) -> String {
        if let Some(choices) = kind.limits.as_ref().and_then(|limits| limits.choices.as_ref()) {
            return choices[self.pick(choices.len())].to_owned();
        }
        let named: Vec<&str> = self.rule.split(['"', '\'']).skip(1).step_by(2).collect();
        match self.pick(3) {
            0 if !named.is_empty() => named[self.pick(named.len())].to_owned(),
            _ => match self.pick(TEXTS.len() + 1) {
                0 => "a".repeat(254),
                text => TEXTS[text - 1].to_owned(),
            },
        }
    }
}
