//! `.helmignore`: Helm's own rules, which are not git's (3.21, `ignore/rules.go`).
//!
//! The first rule that says something decides. A rule with `!` takes away whatever it does not name, also when rules
//! before it are silent. A rule without `/` inside looks at the last name of a path only; `**` is refused.

/// The rules of a chart.
#[derive(Debug)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    pattern: Vec<char>,
    negated: bool,
    folders_only: bool,
    whole_path: bool,
}

impl Rules {
    /// Reads the rules, and adds Helm's own: dot files below `templates` are never templates.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut rules = Vec::new();
        for (line, text) in text.lines().chain(["templates/.?*"]).enumerate() {
            let text = text.trim();
            if !text.is_empty() && !text.starts_with('#') {
                rules.push(rule(text).map_err(|why| format!("line {}: `{text}`: {why}", line + 1))?);
            }
        }
        Ok(Self(rules))
    }

    /// Whether a path is left out.
    pub(super) fn ignore(&self, path: &str, is_folder: bool) -> bool {
        for rule in &self.0 {
            let fits = (is_folder || !rule.folders_only) && rule.matches(path);
            if fits != rule.negated {
                return true;
            }
        }
        false
    }
}

fn rule(text: &str) -> Result<Rule, &'static str> {
    if text.contains("**") {
        return Err("`**` means nothing in .helmignore");
    }
    let (negated, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let (folders_only, text) = text.strip_suffix('/').map_or((false, text), |rest| (true, rest));
    let whole_path = text.contains('/');
    let pattern: Vec<char> = text.strip_prefix('/').unwrap_or(text).chars().collect();
    check(&pattern)?;
    Ok(Rule { pattern, negated, folders_only, whole_path })
}

impl Rule {
    fn matches(&self, path: &str) -> bool {
        let path = if self.whole_path { path } else { path.rsplit('/').next().unwrap_or(path) };
        matches(&self.pattern, &path.chars().collect::<Vec<_>>())
    }
}

/// Whether every bracket is closed and nothing ends in a backslash.
fn check(mut pattern: &[char]) -> Result<(), &'static str> {
    while let Some((&first, rest)) = pattern.split_first() {
        pattern = match first {
            '\\' if rest.is_empty() => return Err("a `\\` stands before nothing"),
            '\\' => &rest[1..],
            '[' => class(rest, ' ').ok_or("a `[` is not closed, or holds nothing")?.1,
            _ => rest,
        };
    }
    Ok(())
}

/// Go's `filepath.Match`: `*` and `?` stop at `/`. Of several stars only the last is tried again, since what an earlier
/// one could take, the last can take too, up to the next `/`.
fn matches<'a>(mut pattern: &'a [char], mut text: &'a [char]) -> bool {
    let mut again: Option<(&'a [char], &'a [char])> = None;
    loop {
        if let Some(('*', behind)) = pattern.split_first() {
            again = Some((behind, text));
            pattern = behind;
        } else if pattern.is_empty() && text.is_empty() {
            return true;
        } else if let Some(left) = step(pattern, text) {
            (pattern, text) = left;
        } else if let Some((behind, [first, rest @ ..])) = again
            && *first != '/'
        {
            again = Some((behind, rest));
            (pattern, text) = (behind, rest);
        } else {
            return false;
        }
    }
}

/// One sign of the pattern, which is no star, against one of the text.
fn step<'a>(pattern: &'a [char], text: &'a [char]) -> Option<(&'a [char], &'a [char])> {
    let (&first, rest) = pattern.split_first()?;
    let (&next, text) = text.split_first()?;
    match first {
        '?' => (next != '/').then_some((rest, text)),
        '[' => {
            let (fits, rest) = class(rest, next)?;
            fits.then_some((rest, text))
        }
        '\\' => (rest.first() == Some(&next)).then(|| (&rest[1..], text)),
        _ => (first == next).then_some((rest, text)),
    }
}

/// Whether `[^a-z]` holds a character, and what is behind it; `None` where it does not end.
fn class(mut pattern: &[char], wanted: char) -> Option<(bool, &[char])> {
    let negated = pattern.first() == Some(&'^');
    if negated {
        pattern = &pattern[1..];
    }
    let (mut found, mut some) = (false, false);
    loop {
        if pattern.first() == Some(&']') && some {
            return Some((found != negated, &pattern[1..]));
        }
        let low = member(&mut pattern)?;
        let mut high = low;
        if pattern.first() == Some(&'-') {
            pattern = &pattern[1..];
            high = member(&mut pattern)?;
        }
        found |= (low..=high).contains(&wanted);
        some = true;
    }
}

fn member(pattern: &mut &[char]) -> Option<char> {
    let (&first, rest) = pattern.split_first()?;
    let (found, rest) = match first {
        '-' | ']' => return None,
        '\\' => rest.split_first().map(|(&escaped, rest)| (escaped, rest))?,
        _ => (first, rest),
    };
    *pattern = rest;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(rules: &str, path: &str) -> bool {
        Rules::parse(rules).unwrap().ignore(path, false)
    }

    #[test]
    fn rules_are_helms() {
        assert!(ignored("*.bak", "templates/a.bak"));
        assert!(ignored("/a.txt", "a.txt") && !ignored("/a.txt", "b/a.txt"));
        assert!(ignored("b/*.txt", "b/a.txt") && !ignored("b/*.txt", "c/b/a.txt"));
        assert!(!ignored("b/", "b") && Rules::parse("b/").unwrap().ignore("x/b", true));
        assert!(ignored("", "templates/.x") && !ignored("", ".x"));
        assert!(ignored("!keep.txt", "a.txt") && !ignored("!keep.txt", "keep.txt"));
        assert!(ignored("[a-c]?.t*t\n# no", "b1.toast") && !ignored("[^a-c]x", "ax"));
        assert!(ignored("a*b*c", "axxbyybzc") && !ignored("a*b*c", "axxbyy"));
    }

    #[test]
    fn what_cannot_be_a_rule_is_said() {
        assert_eq!(Rules::parse("a\n**/b").unwrap_err(), "line 2: `**/b`: `**` means nothing in .helmignore");
        assert!(Rules::parse("[a").is_err() && Rules::parse("a\\").is_err());
    }
}
