//! Regular expressions in RE2's syntax: Istio reads them with Go's `regexp`, Envoy with RE2, and both refuse the same.
//!
//! The syntax is checked here and nothing is compiled. Crates for regular expressions do not help: what RE2 has they
//! lack (`\Q…\E`, octal escapes, `{` as a character), and what they have RE2 reads otherwise (`[a&&b]`, `[[a]]`).

mod atom;
mod scripts;

use self::atom::{class, escape, set};
use super::Fault;

/// The most that `{n}` may say, and the most that nested ones may come to.
const MOST_REPEATS: u32 = 1000;
/// How deep groups may nest.
const MOST_NESTED: usize = 999;

/// An expression of RE2.
pub fn re2(text: &str) -> Result<(), Fault> {
    let mut reader = Reader { rest: text, names: vec![], groups: vec![Group::default()] };
    while !reader.rest.is_empty() {
        reader.step()?;
    }
    match reader.groups.len() {
        1 => Ok(()),
        _ => Err("has a `(` without its `)`".to_owned()),
    }
}

struct Reader<'a> {
    rest: &'a str,
    /// Names of groups so far.
    names: Vec<&'a str>,
    /// The open groups, the whole expression first.
    groups: Vec<Group>,
}

/// What is known about an open group.
#[derive(Clone, Copy, Default)]
struct Group {
    /// How often the last item repeats at most, counted bounds multiplied; nothing where there is no item to repeat.
    item: Option<u32>,
    /// The most that any item so far repeats.
    most: u32,
    /// Whether the last item ends in a repetition.
    is_repeated: bool,
}

impl Group {
    /// Another item, which repeats what is in it so often.
    fn push(&mut self, repeats: u32) {
        *self = Self { item: Some(repeats), most: self.most.max(repeats), is_repeated: false };
    }
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> Result<(), Fault> {
        let Some(c) = self.rest.chars().next() else { return Ok(()) };
        match c {
            '(' => return self.open(),
            ')' => return self.close(),
            '|' => {
                self.skip(1);
                let group = self.group();
                *group = Group { item: None, is_repeated: false, ..*group };
            }
            '*' | '+' | '?' => return self.repeat(&self.rest[..1], &self.rest[1..], None),
            '{' => match counted(self.rest) {
                Some((low, high, behind)) => {
                    let sign = &self.rest[..self.rest.len() - behind.len()];
                    return self.repeat(sign, behind, Some((low, high)));
                }
                // Braces that are no bounds stand for themselves.
                None => self.take(1),
            },
            '[' => {
                self.rest = class(self.rest)?;
                self.group().push(1);
            }
            '\\' => return self.backslash(),
            _ => self.take(c.len_utf8()),
        }
        Ok(())
    }

    fn group(&mut self) -> &mut Group {
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    /// An item of so many bytes.
    fn take(&mut self, bytes: usize) {
        self.skip(bytes);
        self.group().push(1);
    }

    fn open(&mut self) -> Result<(), Fault> {
        if self.groups.len() > MOST_NESTED {
            return Err("nests its groups too deep".to_owned());
        }
        let Some(inner) = self.rest.strip_prefix("(?") else {
            self.skip(1);
            self.groups.push(Group::default());
            return Ok(());
        };
        if let Some(named) = inner.strip_prefix("P<").or_else(|| inner.strip_prefix('<')) {
            if named.starts_with(['=', '!']) {
                return Err("looks behind with `(?<`, which RE2 does not do".to_owned());
            }
            let (name, behind) =
                named.split_once('>').ok_or_else(|| "has a name of a group without `>`".to_owned())?;
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                return Err(format!("has a group with the name `{name}`: letters, digits and `_` make one"));
            }
            if self.names.contains(&name) {
                return Err(format!("has two groups with the name `{name}`"));
            }
            self.names.push(name);
            self.rest = behind;
            self.groups.push(Group::default());
            return Ok(());
        }
        self.flags(inner)
    }

    /// Flags for the rest of a group, `(?i)`, or for a group of their own, `(?i:…)`.
    fn flags(&mut self, inner: &'a str) -> Result<(), Fault> {
        if inner.starts_with(['=', '!']) {
            return Err(format!("looks ahead with `(?{}`, which RE2 does not do", &inner[..1]));
        }
        let end = inner.find([':', ')']).ok_or_else(|| "has a `(` without its `)`".to_owned())?;
        let (on, off) = match inner[..end].split_once('-') {
            Some((on, off)) => (on, Some(off)),
            None => (&inner[..end], None),
        };
        let are_flags = |text: &str| text.bytes().all(|b| b"imsU".contains(&b));
        if !are_flags(on) || off.is_some_and(|off| off.is_empty() || !are_flags(off)) {
            return Err(format!(
                "has `(?{}`, and RE2 has the flags `i`, `m`, `s` and `U` there",
                &inner[..=end]
            ));
        }
        match inner[end..].starts_with(':') {
            true => self.groups.push(Group::default()),
            false => self.group().is_repeated = false,
        }
        self.rest = &inner[end + 1..];
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        if self.groups.len() < 2 {
            return Err("has a `)` without its `(`".to_owned());
        }
        self.skip(1);
        let closed = self.groups.pop().unwrap_or_default();
        self.group().push(closed.most.max(1));
        Ok(())
    }

    /// Repeats the last item: `sign` says how, `bounds` where it counts.
    fn repeat(
        &mut self,
        sign: &str,
        behind: &'a str,
        bounds: Option<(u32, Option<u32>)>,
    ) -> Result<(), Fault> {
        let too_often = || {
            format!(
                "repeats with `{sign}`, and RE2 repeats at most {MOST_REPEATS} times, nested ones multiplied"
            )
        };
        if let Some((low, high)) = bounds {
            if low > MOST_REPEATS || high.is_some_and(|high| high > MOST_REPEATS) {
                return Err(too_often());
            }
            if high.is_some_and(|high| high < low) {
                return Err(format!("repeats with `{sign}`, whose bounds are the wrong way round"));
            }
        }
        let group = self.group();
        let item = group.item.ok_or_else(|| format!("has `{sign}` with nothing before it to repeat"))?;
        if group.is_repeated {
            return Err(format!("has `{sign}` behind another repetition"));
        }
        let times = match bounds {
            None => item,
            // What repeats no times counts for nothing, whatever is in it.
            Some((_, Some(0))) => 0,
            Some((low, high)) => item.saturating_mul(high.unwrap_or(low).max(1)),
        };
        if times > MOST_REPEATS {
            return Err(too_often());
        }
        *group = Group { item: Some(times), most: group.most.max(times), is_repeated: true };
        self.rest = behind.strip_prefix('?').unwrap_or(behind);
        Ok(())
    }

    fn backslash(&mut self) -> Result<(), Fault> {
        if let Some(quoted) = self.rest.strip_prefix("\\Q") {
            let (inner, behind) = quoted.split_once("\\E").unwrap_or((quoted, ""));
            self.rest = behind;
            let group = self.group();
            match inner.is_empty() {
                true => group.is_repeated = false,
                false => group.push(1),
            }
            return Ok(());
        }
        if ["\\A", "\\b", "\\B", "\\z"].iter().any(|at| self.rest.starts_with(at)) {
            self.take(2);
            return Ok(());
        }
        self.rest = match set(self.rest)? {
            Some(behind) => behind,
            None => escape(self.rest)?.1,
        };
        self.group().push(1);
        Ok(())
    }
}

/// Bounds such as `{2}`, `{2,}` and `{2,5}`, and what stands behind them.
fn counted(text: &str) -> Option<(u32, Option<u32>, &str)> {
    let (low, rest) = count(text.strip_prefix('{')?)?;
    let (high, rest) = match rest.strip_prefix(',') {
        Some(rest) if rest.starts_with('}') => (None, rest),
        Some(rest) => count(rest).map(|(high, rest)| (Some(high), rest))?,
        None => (Some(low), rest),
    };
    Some((low, high, rest.strip_prefix('}')?))
}

/// A number without leading zeros; one too large is the largest.
fn count(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let is_count = !digits.is_empty() && (digits == "0" || !digits.starts_with('0'));
    is_count.then(|| (digits.parse().unwrap_or(u32::MAX), rest))
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn what_re2_has() {
        let good = [
            "",
            "a|b",
            "^/v[12]/.*$",
            "(?i)a",
            "(?i-s:a)",
            "(?P<a>b)(?<c>d)",
            "a*?b+?c??",
            "a{2}",
            "a{2,}",
            "a{2,5}?",
            "a{",
            "a{,5}",
            "{",
            "a{01}",
            r"\Qa(b\E+",
            r"\Qa(",
            r"\pL\p{Greek}\P{^Lu}\p{Any}",
            r"\x41\x{10FFFF}\012\0",
            r"\<\>\_\-",
            "[a&&b]",
            "[[a]]",
            "[--a]",
            "[]a]",
            "[^]a]",
            "[a-]",
            "[-a]",
            "[[:alpha:][:^digit:]]",
            "[[:alpha]",
            r"[\d\pL\]-]",
            "()",
            "|",
            "(|a)*",
            r"\b{start}",
            "a{1000}",
            "(a{10}){100}",
            "^*",
            "a(?i)*",
            "(a*)*",
            "(?:a{2}){0}",
            "é+",
            "a-z-A",
            "a{0}",
        ];
        judge(re2, &good, &[]);
    }

    #[test]
    fn what_re2_lacks() {
        let bad = [
            "(",
            ")",
            "a)",
            "(?",
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(?<!a)",
            r"\1",
            r"(a)\1",
            r"\8",
            "*",
            "|*",
            "(*)",
            "a**",
            "a*+",
            "a???",
            "a{1001}",
            "a{5,2}",
            "(a{10}){101}",
            "a{2}{3}",
            "[",
            "[]",
            "[a",
            "[^]",
            "[b-a]",
            "[a--b]",
            r"[a-\d]",
            "[[:foo:]]",
            "[a-",
            r"\u{41}",
            r"\u0041",
            r"\U0001",
            r"\Z",
            r"\G",
            r"\C",
            r"\e",
            r"\cA",
            r"\K",
            r"\h",
            r"\é",
            "\\",
            "(?x)a",
            "(?R)",
            "(?u)a",
            "(?i-)",
            "(?P<a-b>c)",
            "(?P<>a)",
            "(?P<a>b)(?P<a>c)",
            "(?P=a)",
            "(?>a)",
            "(?#a)",
            "a++",
            r"\p{Foo}",
            r"\p{Script=Greek}",
            r"\pX",
            r"\p",
            r"\x4",
            r"\x{110000}",
            r"\x{}",
            "(?i)*",
            "(?'a'b)",
        ];
        judge(re2, &[], &bad);
    }

    #[test]
    fn faults_are_one_line() {
        assert_eq!(re2("a(?=b)").unwrap_err(), "looks ahead with `(?=`, which RE2 does not do");
        assert_eq!(re2(r"(a)\1").unwrap_err(), r"refers back with `\1`, which RE2 does not do");
        assert_eq!(re2("*.example").unwrap_err(), "has `*` with nothing before it to repeat");
    }

    #[test]
    fn depth_is_bounded() {
        assert!(re2(&"(".repeat(100_000)).is_err());
    }
}
