//! Constraints of versions: `>= 1.2, < 3 || ^4.1`.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Version;

/// A constraint: any of several groups, of which all must hold.
pub struct Constraint(Vec<Vec<Bound>>);

struct Bound {
    operator: Operator,
    version: Version,
    /// From which number on anything goes: `1.x` from the minor one, 1.
    open: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Tilde,
    Caret,
}

const OPERATORS: &str = r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^";
const VERSION: &str = concat!(
    r"v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?",
    r"(-(?:[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?(?:\+(?:[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?"
);

struct Grammar {
    one: Regex,
    find: Regex,
    range: Regex,
    group: Regex,
}

static GRAMMAR: LazyLock<Option<Grammar>> = LazyLock::new(|| {
    let bound = format!(r"(?:{OPERATORS})\s*(?:{VERSION})");
    Some(Grammar {
        one: Regex::new(&format!(r"^\s*({OPERATORS})\s*({VERSION})\s*$")).ok()?,
        find: Regex::new(&bound).ok()?,
        range: Regex::new(&format!(r"\s*({VERSION})\s+-\s+({VERSION})\s*")).ok()?,
        group: Regex::new(&format!(r"^(?:\s*{bound}\s*)(?:(?:\s+|,\s*){bound}\s*)*$")).ok()?,
    })
});

impl Constraint {
    /// Reads a constraint. `None`: it is none.
    pub fn parse(text: &str) -> Option<Constraint> {
        let grammar = GRAMMAR.as_ref()?;
        let text = grammar
            .range
            .replace_all(text, |range: &Captures<'_>| format!(">= {}, <= {} ", &range[1], &range[6]));
        let groups = text.split("||").map(|group| {
            if !grammar.group.is_match(group) {
                return None;
            }
            grammar.find.find_iter(group).map(|bound| Bound::parse(bound.as_str(), grammar)).collect()
        });
        groups.collect::<Option<_>>().map(Constraint)
    }

    /// Whether a version is within it. Prereleases are only where the group of bounds names one.
    pub fn allows(&self, version: &Version) -> bool {
        self.0.iter().any(|group| {
            let names_prerelease = group.iter().any(|bound| !bound.version.prerelease.is_empty());
            (version.prerelease.is_empty() || names_prerelease)
                && group.iter().all(|bound| bound.allows(version))
        })
    }
}

impl Bound {
    fn parse(text: &str, grammar: &Grammar) -> Option<Bound> {
        let captures = grammar.one.captures(text)?;
        let operator = match &captures[1] {
            "" | "=" => Operator::Equal,
            "!=" => Operator::NotEqual,
            ">" => Operator::Greater,
            "<" => Operator::Less,
            ">=" | "=>" => Operator::GreaterEqual,
            "<=" | "=<" => Operator::LessEqual,
            "~" | "~>" => Operator::Tilde,
            _ => Operator::Caret,
        };
        let group = |at| captures.get(at).map_or("", |group| group.as_str());
        let numbers = [3, 4, 5].map(|at| group(at).trim_start_matches('.'));
        let open = numbers.iter().position(|number| matches!(*number, "" | "x" | "X" | "*"));
        let text = match open {
            None => group(2).to_string(),
            Some(open) => {
                let mut known = numbers;
                known[open..].fill("0");
                format!("{}{}", known.join("."), group(6))
            }
        };
        Some(Bound { operator, version: Version::parse(&text)?, open })
    }

    fn allows(&self, version: &Version) -> bool {
        let order = version.compare(&self.version);
        let (own, numbers) = (self.version.numbers, version.numbers);
        // How many numbers count: all where none is open.
        let fixed = self.open.unwrap_or(3);
        let same = |count: usize| own[..count] == numbers[..count];
        match self.operator {
            Operator::Equal if self.open.is_some() => self.tilde(version, order),
            Operator::Equal => order == Ordering::Equal,
            Operator::NotEqual => match self.open {
                None => order != Ordering::Equal,
                Some(0) => !same(1) || numbers[1] != 0 || numbers[2] != 0 || order != Ordering::Equal,
                Some(2) => !same(2) || version.prerelease != self.version.prerelease,
                Some(open) => !same(open),
            },
            Operator::Greater => match self.open {
                None => order == Ordering::Greater,
                Some(0) => numbers[0] > 0 || (numbers[0] == own[0] && order == Ordering::Greater),
                Some(_) => numbers[..fixed] > own[..fixed],
            },
            Operator::Less => order == Ordering::Less,
            Operator::GreaterEqual => order != Ordering::Less,
            Operator::LessEqual => match self.open {
                None => order != Ordering::Greater,
                Some(1) => numbers[0] <= own[0],
                // With a minor number of its own, or nothing but `*`: up to that minor number.
                Some(_) => numbers[..2] <= own[..2],
            },
            Operator::Tilde => self.tilde(version, order),
            Operator::Caret => self.caret(version, order),
        }
    }

    /// The same minor version, and from the patch on.
    fn tilde(&self, version: &Version, order: Ordering) -> bool {
        let everything = self.version.numbers == [0; 3] && matches!(self.open, None | Some(0));
        let count = if self.open == Some(1) { 1 } else { 2 };
        order != Ordering::Less && (everything || self.version.numbers[..count] == version.numbers[..count])
    }

    /// The same up to the first number that is not 0.
    fn caret(&self, version: &Version, order: Ordering) -> bool {
        let own = self.version.numbers;
        let count = match self.open {
            _ if own[0] > 0 => 1,
            Some(1) => 1,
            Some(2) => 2,
            _ if own[1] > 0 => 2,
            _ => 3,
        };
        order != Ordering::Less && own[..count] == version.numbers[..count]
    }
}
