//! From what was loaded to what is wrong with it: the whole of `analyze` but for reading and printing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::Allow;
use crate::error::Result;
use crate::finding::{Finding, RuleMeta};
use crate::load::Loaded;
use crate::model::{Kind, ResourceSet, World};
use crate::rules::select::{Ignore, ObjectPattern, Pattern, chosen};
use crate::rules::suppress::{Suppression, apply, written_in};
use crate::rules::{Panicked, Registered, run};
use crate::source::Span;

/// The rule that tells of documents that could not be read; its findings decide the exit code.
const UNREAD: &str = "yaml-syntax";

/// What is asked of an analysis.
pub struct Question {
    /// What is known beside the manifests.
    pub world: World,
    /// The rules that run.
    pub rules: Vec<Registered>,
    /// What flags and `weft.toml` silence.
    pub suppressions: Vec<Suppression>,
    /// Decisions of `weft.toml` that hold no longer, in words.
    pub expired: Vec<String>,
}

/// The answer.
pub struct Analysis {
    /// What is wrong, in the order of files and places.
    pub findings: Vec<Finding>,
    /// How many findings were silenced.
    pub silenced: usize,
    /// Flags and lines of `weft.toml` that silence nothing, and decisions that have expired, in words.
    pub stale: Vec<String>,
    /// Rules that searched for something that may lie outside a partial input, and how often.
    pub unresolved: Vec<(&'static RuleMeta, usize)>,
    /// Rules that ended in a bug of weft's.
    pub panicked: Vec<Panicked>,
    /// How many objects were read.
    pub resources: usize,
    /// Kinds that weft does not know, `apiVersion kind`, and how many objects of each there are.
    pub unknown_kinds: BTreeMap<String, usize>,
    /// Where documents begin that are no Kubernetes objects, as `file:line`.
    pub others: Vec<String>,
    /// How many documents could not be read, but for those that somebody decided to live with.
    pub unread: usize,
}

impl Question {
    /// Every rule, or those that `only` names; silenced are what `ignore` and `weft.toml` name.
    pub fn new(
        world: World,
        only: &[String],
        ignore: &[String],
        allow: &[Allow],
        now: Timestamp,
    ) -> Result<Self> {
        let only = only.iter().map(|name| Pattern::new(name)).collect::<Result<Vec<_>, _>>()?;
        let flags = ignore.iter().map(|text| Ignore::new(text)).collect::<Result<Vec<_>, _>>()?;
        let mut suppressions: Vec<Suppression> = flags.into_iter().map(Suppression::of_flag).collect();
        let today = now.to_zoned(TimeZone::UTC).date();
        let mut expired = vec![];
        for allow in allow {
            match allow.last_day()? {
                Some(day) if day < today => expired.push(expiry(allow, day)),
                _ => suppressions.push(decision(allow)?),
            }
        }
        let world = World { now: Some(now), ..world };
        Ok(Self { world, rules: chosen(&only), suppressions, expired })
    }
}

fn expiry(allow: &Allow, day: Date) -> String {
    format!("weft.toml allows `{}` until {day} only ({})", allow.rule, allow.reason.trim())
}

fn decision(allow: &Allow) -> Result<Suppression> {
    let object = allow.object.as_deref().map(ObjectPattern::new);
    let text = format!("weft.toml: allow `{}`", allow.rule);
    Ok(Suppression::of_config(Pattern::new(&allow.rule)?, object, allow.files()?, text))
}

/// Answers a question about what was loaded.
pub fn analyze(loaded: &Loaded, question: Question) -> Analysis {
    let set = ResourceSet::new(&loaded.sources, &loaded.manifests, &question.world);
    let mut outcome = run(&set, &question.rules);
    let mut suppressions = question.suppressions;
    suppressions.extend(written_in(&set));
    let applied = apply(&mut outcome, &question.rules, &suppressions, &set);
    let unused = applied.unused.into_iter().map(|text| format!("{text} silences nothing"));
    let is_unread = |finding: &&Finding| finding.rule.name == UNREAD;
    Analysis {
        unread: applied.findings.iter().filter(is_unread).count(),
        findings: applied.findings,
        silenced: applied.silenced,
        stale: question.expired.into_iter().chain(unused).collect(),
        unresolved: outcome.unresolved,
        panicked: outcome.panicked,
        resources: set.resources().len(),
        unknown_kinds: unknown_kinds(&set),
        others: others(loaded, &question.world),
    }
}

impl Analysis {
    /// The rules that ran and could not judge everything, or nothing.
    pub fn undecided(&self) -> Vec<String> {
        let unresolved = self.unresolved.iter().map(|(meta, _)| meta.name);
        let panicked = self.panicked.iter().map(|panicked| panicked.rule.name);
        unresolved.chain(panicked).map(str::to_owned).collect()
    }
}

fn others(loaded: &Loaded, world: &World) -> Vec<String> {
    let settings = [world.mesh_config, world.mesh_networks];
    let nodes = loaded.manifests.iter().flat_map(|manifest| manifest.others());
    let nodes = nodes.filter(|node| !settings.contains(&Some(node.span().file)));
    let place = |span: Span| {
        let file = loaded.sources.get(span.file);
        format!("{}:{}", file.name, file.position(span.start).line)
    };
    nodes.map(|node| place(node.span())).collect()
}

fn unknown_kinds(set: &ResourceSet<'_>) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for resource in set.of_kind(Kind::Unknown) {
        *kinds.entry(format!("{} {}", resource.api_version(), resource.kind_name())).or_default() += 1;
    }
    kinds
}
