//! Values out of YAML, as `sigs.k8s.io/yaml` hands them to Go: through JSON, so that every number is a float64.

use std::rc::Rc;

use super::{Data, Origin, Provider, Setting, Table};
use crate::error::{Error, Result};
use crate::source::{FileId, Origin as From, SourceFile, Text};
use crate::template::Str;
use crate::yaml::{self, Node, ProblemKind, Scalar, Tag, Tree};

/// Reads a file of values. Nothing at all is an empty table.
pub(in crate::chart) fn read(name: &str, text: &str) -> Result<Table> {
    let provider = Rc::new(Provider { name: name.to_owned(), text: Text::new(text.to_owned()) });
    let tree = yaml::parse(FileId::new(0), provider.text.clone());
    match first_document(name, &tree)? {
        None => Ok(Table::new()),
        Some(root) if root.is_null() => Ok(Table::new()),
        Some(root) if root.is_map() => table(root, &provider),
        Some(root) => Err(Error::unreadable(format!("`{}`: values have to be a table", place(name, root)))),
    }
}

/// The root of the first document: Helm reads no further. What is wrong with it is an error with its place.
pub(in crate::chart) fn first_document<'a>(name: &str, tree: &'a Tree) -> Result<Option<Node<'a>>> {
    let Some(document) = tree.documents.first() else { return Ok(None) };
    if document.broken {
        let broken = |kind: &ProblemKind| !matches!(kind, ProblemKind::DuplicateKey { .. });
        if let Some(problem) = tree.problems.iter().find(|problem| broken(&problem.kind)) {
            let at = position(name, tree.text(), problem.span.start);
            return Err(Error::unreadable(format!("`{at}`: {}", problem.message)));
        }
    }
    Ok(tree.root(document))
}

/// `name:line:column` of an offset.
pub(super) fn position(name: &str, text: &str, at: u32) -> String {
    let position = SourceFile::new(name, Text::new(text.to_owned()), From::Memory).position(at);
    format!("{name}:{}:{}", position.line, position.column)
}

pub(in crate::chart) fn place(name: &str, node: Node<'_>) -> String {
    position(name, node.tree().text(), node.span().start)
}

fn table(node: Node<'_>, provider: &Rc<Provider>) -> Result<Table> {
    let table = Table::new();
    for (key, value) in node.entries() {
        table.set(self::key(key, provider)?, setting(value, provider)?);
    }
    Ok(table)
}

fn setting(node: Node<'_>, provider: &Rc<Provider>) -> Result<Setting> {
    let data = if node.is_map() {
        Data::Table(table(node, provider)?)
    } else if node.is_seq() {
        Data::List(node.items().map(|item| setting(item, provider)).collect::<Result<_>>()?)
    } else {
        scalar(node)
    };
    Ok(Setting { data, origin: Some(Origin { provider: provider.clone(), at: node.span().start }) })
}

fn scalar(node: Node<'_>) -> Data {
    match node.scalar() {
        None | Some(Scalar::Null) => Data::Null,
        Some(Scalar::Bool(truth)) => Data::Bool(truth),
        Some(Scalar::Int(number)) => Data::Float(number as f64),
        Some(Scalar::Uint(number)) => Data::Float(number as f64),
        Some(Scalar::Float(number)) => Data::Float(number),
        Some(Scalar::Str(text)) if node.tag() == Tag::Binary => Data::Text(Str::from(text)),
        Some(Scalar::Str(text)) => Data::Text(Str::from(text)),
    }
}

/// A key as JSON has it: a string, whatever YAML took it for.
fn key(node: Node<'_>, provider: &Provider) -> Result<Rc<str>> {
    Ok(match node.scalar() {
        Some(Scalar::Str(text)) => text.into(),
        Some(Scalar::Bool(truth)) => if truth { "true" } else { "false" }.into(),
        Some(Scalar::Int(number)) => number.to_string().into(),
        Some(Scalar::Uint(number)) => number.to_string().into(),
        Some(Scalar::Float(number)) => float(number).into(),
        Some(Scalar::Null) | None => {
            let at = place(&provider.name, node);
            return Err(Error::unreadable(format!("`{at}`: a key has to be a string")));
        }
    })
}

/// A number where Go's YAML reader wants a string: as short as it can be said.
fn float(number: f64) -> String {
    let value = crate::template::Value::Float(number);
    crate::template::sprintf(&"%v".into(), &[value])
        .map_or_else(|_| number.to_string(), |text| text.to_str().into_owned())
}

/// A scalar where a string is wanted, as `sigs.k8s.io/yaml` turns numbers and booleans into one; `None` for lists and
/// tables, the empty string for null.
pub(in crate::chart) fn single(node: Node<'_>) -> Option<String> {
    Some(match node.scalar()? {
        Scalar::Null => String::new(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Uint(number) => number.to_string(),
        Scalar::Float(number) => float(number),
        Scalar::Str(text) => text.to_owned(),
    })
}
