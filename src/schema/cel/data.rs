//! What a document says, or a default in place of it.

use serde_json::Value as Json;

use crate::schema::types::{Type, TypeRef};
use crate::yaml::{Entries, Items, Node, Scalar};

/// A value as it is written.
#[derive(Clone, Copy)]
pub(super) enum Data<'a> {
    /// In a document.
    Node(Node<'a>),
    /// In a default.
    Json(&'a Json),
}

impl<'a> Data<'a> {
    pub(super) fn is_null(self) -> bool {
        match self {
            Self::Node(node) => node.is_null(),
            Self::Json(json) => json.is_null(),
        }
    }

    pub(super) fn is_map(self) -> bool {
        match self {
            Self::Node(node) => node.is_map(),
            Self::Json(json) => json.is_object(),
        }
    }

    pub(super) fn is_list(self) -> bool {
        match self {
            Self::Node(node) => node.is_seq(),
            Self::Json(json) => json.is_array(),
        }
    }

    pub(super) fn scalar(self) -> Option<Scalar<'a>> {
        match self {
            Self::Node(node) => node.scalar(),
            Self::Json(Json::Bool(value)) => Some(Scalar::Bool(*value)),
            Self::Json(Json::String(value)) => Some(Scalar::Str(value)),
            Self::Json(Json::Number(value)) => {
                value.as_i64().map(Scalar::Int).or_else(|| value.as_f64().map(Scalar::Float))
            }
            Self::Json(_) => None,
        }
    }

    /// What stands under a key, null too.
    fn get(self, key: &str) -> Option<Data<'a>> {
        match self {
            Self::Node(node) => node.entry(key).map(|(_, value)| Self::Node(value)),
            Self::Json(json) => json.get(key).map(Self::Json),
        }
    }

    /// What a field holds after nulls are dropped and defaults filled in. Null where null is a value is as good as
    /// absent to CEL, but keeps the default away (`unstructuredMap` in `k8s.io/apiserver/pkg/cel/common`).
    pub(super) fn field(self, name: &str, of: TypeRef) -> Option<Data<'a>> {
        let kind = of.get();
        match self.get(name) {
            Some(data) if !data.is_null() => Some(data),
            Some(_) if kind.nullable => None,
            _ => kind.default_value().map(Data::Json),
        }
    }

    /// What a map of values of a type holds under a key: null stays where it is a value.
    pub(super) fn value(self, key: &str, of: TypeRef) -> Option<Data<'a>> {
        present(self.get(key)?, of.get())
    }

    /// The items of a list.
    pub(super) fn items(self) -> DataItems<'a> {
        match self {
            Self::Node(node) => DataItems::Node(node.items()),
            Self::Json(json) => {
                DataItems::Json(json.as_array().map(Vec::as_slice).unwrap_or_default().iter())
            }
        }
    }

    /// The keys of a map of values of a type.
    pub(super) fn keys(self, of: TypeRef) -> Keys<'a> {
        match self {
            Self::Node(node) => Keys::Node(of, node, node.entries()),
            Self::Json(Json::Object(map)) => Keys::Json(of, map.iter()),
            Self::Json(_) => Keys::None,
        }
    }
}

/// What becomes of a value in a map or a list: null that is no value gives way to the default, if there is one.
pub(super) fn present<'a>(data: Data<'a>, kind: &'static Type) -> Option<Data<'a>> {
    match data.is_null() && !kind.nullable {
        true => kind.default_value().map(Data::Json),
        false => Some(data),
    }
}

/// See [`Data::items`].
pub(super) enum DataItems<'a> {
    Node(Items<'a>),
    Json(std::slice::Iter<'a, Json>),
}

impl<'a> Iterator for DataItems<'a> {
    type Item = Data<'a>;

    fn next(&mut self) -> Option<Data<'a>> {
        match self {
            Self::Node(items) => items.next().map(Data::Node),
            Self::Json(items) => items.next().map(Data::Json),
        }
    }
}

/// See [`Data::keys`].
pub(super) enum Keys<'a> {
    Node(TypeRef, Node<'a>, Entries<'a>),
    Json(TypeRef, serde_json::map::Iter<'a>),
    None,
}

impl<'a> Iterator for Keys<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        match self {
            Self::Node(of, map, entries) => entries.find_map(|(key, value)| {
                let name = key.text().unwrap_or_default();
                // Of a key that is there twice the last counts.
                let counts = !map.repeats_keys()
                    || map.entry(name).is_some_and(|(_, last)| last.index() == value.index());
                let stays = present(Data::Node(value), of.get()).is_some();
                (counts && stays).then_some(name)
            }),
            Self::Json(of, entries) => entries
                .find(|(_, value)| present(Data::Json(value), of.get()).is_some())
                .map(|(key, _)| key.as_str()),
            Self::None => None,
        }
    }
}
