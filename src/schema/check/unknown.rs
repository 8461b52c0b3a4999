//! Fields that a kind does not have, and what was probably meant.

use super::path::{path_of, push};
use super::problem::{Class, Problem};
use super::walk::Walk;
use crate::error::did_you_mean;
use crate::schema::types::{Shape, TypeRef};
use crate::yaml::Node;

impl<'a> Walk<'a> {
    /// `why` says why a field that weft knows does not count.
    pub(super) fn unknown_field(&mut self, of: TypeRef, node: Node<'a>, key: Node<'a>, why: Option<String>) {
        let name = key.text().unwrap_or_default();
        let message = format!("unknown field `{}`", path_of(self.root, key));
        let mut problem = Problem::new(Class::UnknownField, key, message);
        problem.ignored = self.lenient;
        let Shape::Object(fields) = &of.get().shape else { return };
        if let Some(why) = why {
            problem = problem.label(why);
            return self.report(problem);
        }
        let near = did_you_mean(name, fields.iter().map(|field| field.name));
        if let Some(place) = self.where_it_belongs(name, key) {
            problem = problem.help(format!("`{name}` is a field of {place}: look at the indentation"));
        } else if near.is_empty() {
            let some: Vec<&str> = fields.iter().map(|field| field.name).collect();
            match some.len() {
                0 => problem = problem.help("there are no fields here"),
                1..=8 => problem = problem.help(format!("fields here: `{}`", some.join("`, `"))),
                _ => {}
            }
        } else {
            problem = problem.help(format!("the nearest: `{}`", near.join("`, `")));
        }
        if let [only] = near[..]
            && node.get(only).is_none()
            && strsim::osa_distance(&name.to_lowercase(), &only.to_lowercase()) <= 2
        {
            problem.fix = Some((key.span(), only.to_owned(), format!("write `{only}`")));
        }
        self.report(problem.label(if self.lenient {
            "no such field; it is ignored"
        } else {
            "no such field"
        }));
    }

    /// An object above that has a field of this name, as a path.
    fn where_it_belongs(&self, name: &str, key: Node<'a>) -> Option<String> {
        let (mut of, mut node, mut path) = (self.top, self.root, String::new());
        let mut found = None;
        loop {
            if let Shape::Object(fields) = &of.get().shape
                && fields.find(name).is_some()
                && !node.entries().any(|(own, _)| own.index() == key.index())
            {
                found = Some(if path.is_empty() { "the top".to_owned() } else { format!("`{path}`") });
            }
            let at = key.index();
            match &of.get().shape {
                Shape::Object(fields) => {
                    let below = node.entries().take_while(|(own, _)| own.index() <= at).last()?;
                    let below_name = below.0.text()?;
                    let Some((_, field)) = fields.find(below_name) else { break };
                    push(&mut path, below_name);
                    (of, node) = (of.of(field.of), below.1);
                }
                Shape::Map(value) => {
                    let below = node.entries().take_while(|(own, _)| own.index() <= at).last()?;
                    push(&mut path, below.0.text()?);
                    (of, node) = (of.of(*value), below.1);
                }
                Shape::List(item) => {
                    node = node.items().take_while(|item| item.index() <= at).last()?;
                    path.push_str("[]");
                    of = of.of(*item);
                }
                _ => break,
            }
            if node.index() > at {
                break;
            }
        }
        found
    }
}
