//! Which rules run and which findings count: names, codes, upstream analysers, groups and globs.

use globset::{Glob, GlobMatcher};

use super::{ALL, Registered};
use crate::error::{Error, did_you_mean};
use crate::finding::{Finding, RuleMeta};

/// A name that selects no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// As it was typed.
    pub name: String,
    /// The nearest names, nearest first, at most three.
    pub nearest: Vec<&'static str>,
}

impl From<UnknownRule> for Error {
    /// The command line, or `weft.toml`, names a rule that does not exist.
    fn from(unknown: UnknownRule) -> Self {
        Self::usage(format!("no rule `{}`", unknown.name)).nearest(&unknown.nearest).hint("weft rules")
    }
}

/// Selects rules: by name (`virtual-service-unknown-gateway`), code (`IST0101`), upstream analyser
/// (`virtualservice.GatewayAnalyzer`), group (`istio`), or a glob over any of these (`virtual-service-*`).
#[derive(Clone, Debug)]
pub struct Pattern(GlobMatcher);

impl Pattern {
    /// Reads a pattern; one that selects no rule is an error with the nearest names.
    pub fn new(text: &str) -> Result<Self, UnknownRule> {
        let pattern = Glob::new(text).map(|glob| Self(glob.compile_matcher())).ok();
        let selects = |pattern: &Self| ALL.iter().any(|entry| pattern.selects(*entry));
        pattern.filter(selects).ok_or_else(|| UnknownRule { name: text.to_owned(), nearest: near(text) })
    }

    /// Whether it selects a rule.
    pub fn selects(&self, entry: Registered) -> bool {
        names(entry).any(|name| self.0.is_match(name))
    }

    /// Whether it selects a rule by a name that is the rule's own: no group, and no glob over everything.
    fn names(&self, entry: Registered) -> bool {
        self.selects(entry) && !self.0.is_match("") && !self.0.is_match(entry.group)
    }

    /// Whether it selects the rule behind a finding.
    pub fn selects_meta(&self, meta: &RuleMeta) -> bool {
        ALL.iter().any(|entry| entry.meta().name == meta.name && self.selects(*entry))
    }
}

/// A pattern of rules, perhaps with the objects that it holds for: `RULE[=Kind/namespace/name]`, each part a glob.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// As it was typed.
    pub text: String,
    /// The rules.
    pub rules: Pattern,
    /// The objects; every object where there is none.
    pub object: Option<ObjectPattern>,
}

impl Ignore {
    /// Reads `RULE[=Kind/namespace/name]`.
    pub fn new(text: &str) -> Result<Self, UnknownRule> {
        let (rules, object) =
            text.split_once('=').map_or((text, None), |(rules, object)| (rules, Some(object)));
        let object = object.map(ObjectPattern::new);
        Ok(Self { text: text.to_owned(), rules: Pattern::new(rules)?, object })
    }

    /// Whether it silences a finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.rules.selects_meta(finding.rule)
            && self.object.as_ref().is_none_or(|object| object.covers(finding))
    }
}

/// Objects by `Kind/namespace/name`, or `Kind/name` for those without a namespace; each part a glob.
#[derive(Clone, Debug)]
pub struct ObjectPattern(Vec<Option<GlobMatcher>>);

impl ObjectPattern {
    /// Reads a pattern; a part that is no glob matches nothing.
    pub fn new(text: &str) -> Self {
        Self(text.split('/').map(|part| Glob::new(part).ok().map(|glob| glob.compile_matcher())).collect())
    }

    /// Whether it names the object of a finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        let Some(resource) = &finding.resource else { return false };
        let namespace = resource.namespace.as_deref();
        let full = [Some(resource.kind.as_str()), namespace, Some(resource.name.as_str())];
        let parts: Vec<&str> = full.into_iter().flatten().collect();
        let fits = |parts: &[&str]| {
            parts.len() == self.0.len()
                && self
                    .0
                    .iter()
                    .zip(parts)
                    .all(|(glob, part)| glob.as_ref().is_some_and(|glob| glob.is_match(part)))
        };
        fits(&parts)
    }
}

/// The rules that `--only` selects; where it selects none, all but those that wait to be named. Problems of reading are always told: a document that
/// was not read must not pass for one without findings.
pub fn chosen(only: &[Pattern]) -> Vec<Registered> {
    let chosen = |entry: &Registered| {
        let is_named = |pattern: &Pattern| match entry.if_named {
            true => pattern.names(*entry),
            false => pattern.selects(*entry),
        };
        (only.is_empty() && !entry.if_named) || entry.group == "yaml" || only.iter().any(is_named)
    };
    ALL.iter().copied().filter(chosen).collect()
}

/// Everything that a rule answers to.
fn names(entry: Registered) -> impl Iterator<Item = &'static str> {
    let meta = entry.meta();
    [meta.name, entry.group]
        .into_iter()
        .chain(meta.codes.iter().copied())
        .chain(meta.analyzers.iter().copied())
}

fn near(text: &str) -> Vec<&'static str> {
    did_you_mean(text, ALL.iter().flat_map(|entry| names(*entry)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(pattern: &str) -> Vec<&'static str> {
        let pattern = Pattern::new(pattern).unwrap();
        ALL.iter().filter(|entry| pattern.selects(**entry)).map(|entry| entry.meta().name).collect()
    }

    #[test]
    fn a_rule_answers_to_its_name_its_code_its_analyser_and_its_group() {
        let name = "virtual-service-unknown-gateway";
        assert_eq!(selected(name), [name]);
        assert!(selected("IST0101").contains(&name));
        assert!(selected("virtualservice.GatewayAnalyzer").contains(&name));
        assert!(selected("istio").contains(&name));
        assert!(selected("virtual-service-*").contains(&name));
    }

    #[test]
    fn a_pattern_that_selects_nothing_names_the_nearest() {
        let unknown = Pattern::new("virtual-service-unknown-gatway").unwrap_err();
        assert_eq!(unknown.nearest[0], "virtual-service-unknown-gateway");
        assert_eq!(Ignore::new("IST9999=Gateway/*/*").unwrap_err().name, "IST9999");
    }

    #[test]
    fn some_rules_wait_to_be_named() {
        let runs = |only: &[&str]| {
            let only: Vec<Pattern> = only.iter().map(|name| Pattern::new(name).unwrap()).collect();
            chosen(&only).iter().any(|entry| entry.meta().name == "alpha-annotation")
        };
        assert!(!runs(&[]) && !runs(&["schema"]) && !runs(&["*"]));
        assert!(runs(&["alpha-annotation"]) && runs(&["IST0136"]) && runs(&["annotations.AlphaAnalyzer"]));
    }

    #[test]
    fn documents_that_were_not_read_are_told_whatever_is_selected() {
        let only = [Pattern::new("IST0101").unwrap()];
        assert!(chosen(&only).iter().any(|entry| entry.meta().name == "yaml-syntax"));
    }
}
