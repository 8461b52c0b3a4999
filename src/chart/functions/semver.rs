//! Semantic versions as Masterminds/semver 3.4 reads them.

mod constraint;

use std::any::Any;
use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;

pub use constraint::Constraint;

use crate::template::{Args, Fault, Functions, Kind, Object, Param, Scope, Signature, UintKind, Value};

const VERSION: Param = Param::Object("*semver.Version");

/// Adds the functions.
pub(super) fn add(functions: &mut Functions) {
    functions
        .add("semver", Signature::fixed(&[Param::Str]), |_, args| Ok(Value::object(parsed(&args.str(0))?)));
    functions.add("semverCompare", Signature::fixed(&[Param::Str, Param::Str]), |_, args| {
        let text = args.str(0);
        let constraint =
            Constraint::parse(&text).ok_or_else(|| format!("`{text}` is no constraint of versions"))?;
        Ok(constraint.allows(&parsed(&args.str(1))?).into())
    });
}

fn parsed(text: &str) -> Result<Version, Fault> {
    Version::parse(text).ok_or_else(|| format!("`{text}` is no semantic version").into())
}

/// A semantic version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    numbers: [u64; 3],
    prerelease: String,
    metadata: String,
    original: String,
}

impl Version {
    /// Reads a version; a `v` in front, missing numbers and leading zeros do no harm. `None`: it is none.
    pub fn parse(text: &str) -> Option<Version> {
        static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let part = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*";
            Regex::new(&format!(r"^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-({part}))?(?:\+({part}))?$"))
                .ok()
        });
        let captures = SHAPE.as_ref()?.captures(text)?;
        let group = |at| captures.get(at).map_or("", |group| group.as_str());
        let number = |at| if group(at).is_empty() { Some(0) } else { group(at).parse().ok() };
        let prerelease = group(4);
        let leads_with_zero = |part: &str| {
            part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if prerelease.split('.').any(leads_with_zero) {
            return None;
        }
        Some(Version {
            numbers: [number(1)?, number(2)?, number(3)?],
            prerelease: prerelease.to_string(),
            metadata: group(5).to_string(),
            original: text.to_string(),
        })
    }

    fn shown(&self) -> String {
        let [major, minor, patch] = self.numbers;
        let mut text = format!("{major}.{minor}.{patch}");
        for (mark, part) in [('-', &self.prerelease), ('+', &self.metadata)] {
            if !part.is_empty() {
                text.push(mark);
                text.push_str(part);
            }
        }
        text
    }

    /// The order of versions, in which metadata do not count.
    pub fn compare(&self, other: &Version) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| match (&*self.prerelease, &*other.prerelease) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (a, b) => compare_prereleases(a, b),
        })
    }
}

fn compare_prereleases(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

impl Object for Version {
    fn type_name(&self) -> &str {
        "*semver.Version"
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn method(&self, name: &str) -> Option<Signature> {
        match name {
            "Major" | "Minor" | "Patch" | "Prerelease" | "Metadata" | "Original" | "String" | "IncMajor"
            | "IncMinor" | "IncPatch" => Some(Signature::fixed(&[])),
            "Compare" | "Equal" | "LessThan" | "LessThanEqual" | "GreaterThan" | "GreaterThanEqual" => {
                Some(Signature::fixed(&[VERSION]))
            }
            _ => None,
        }
    }

    fn call(&self, name: &str, _: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        let [major, minor, patch] = self.numbers;
        let number = |number| Ok(Value::Uint(number, UintKind::Uint64));
        let order = || match args.any(0) {
            Value::Object(other) => match other.as_any().downcast_ref::<Version>() {
                Some(other) => Ok(self.compare(other)),
                None => Err(Fault::new("there is no version to compare with")),
            },
            _ => Err(Fault::new("there is no version to compare with")),
        };
        match name {
            "Major" => number(major),
            "Minor" => number(minor),
            "Patch" => number(patch),
            "Prerelease" => Ok(self.prerelease.as_str().into()),
            "Metadata" => Ok(self.metadata.as_str().into()),
            "Original" => Ok(self.original.as_str().into()),
            "IncMajor" => Ok(self.next([major.saturating_add(1), 0, 0])),
            "IncMinor" => Ok(self.next([major, minor.saturating_add(1), 0])),
            // The release that a prerelease leads to is the next one.
            "IncPatch" if !self.prerelease.is_empty() => Ok(self.next(self.numbers)),
            "IncPatch" => Ok(self.next([major, minor, patch.saturating_add(1)])),
            "Compare" => Ok(Value::int(order()? as i64)),
            "Equal" => Ok((order()?.is_eq()).into()),
            "LessThan" => Ok((order()?.is_lt()).into()),
            "LessThanEqual" => Ok((order()?.is_le()).into()),
            "GreaterThan" => Ok((order()?.is_gt()).into()),
            "GreaterThanEqual" => Ok((order()?.is_ge()).into()),
            _ => Ok(self.shown().into()),
        }
    }

    fn json(&self) -> Option<Value> {
        Some(self.shown().into())
    }

    fn text(&self) -> Option<String> {
        Some(self.shown())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Version {
    fn next(&self, numbers: [u64; 3]) -> Value {
        let mut next =
            Version { numbers, prerelease: String::new(), metadata: String::new(), original: String::new() };
        let prefix = if self.original.starts_with('v') { "v" } else { "" };
        next.original = format!("{prefix}{}", next.shown());
        Value::object(next)
    }
}
