//! "Did you mean": the names that a mistyped word may stand for.

/// How many are named at most.
const LIMIT: usize = 3;

/// Up to three candidates near to `word`, the nearest first; empty where none is.
///
/// Near is what fingers do: another case, a slip in a third of the letters, a word not typed to its end, the parts of a
/// long name in another order.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, candidate)?, candidate)))
        .collect();
    near.sort();
    near.dedup();
    near.truncate(LIMIT);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The rank of a candidate, lower is nearer; `None` where it is not near at all.
fn distance(word: &str, candidate: &str) -> Option<usize> {
    let candidate = candidate.to_lowercase();
    let length = word.chars().count().max(candidate.chars().count());
    let slips = strsim::damerau_levenshtein(word, &candidate);
    if slips <= (length / 3).max(1) && slips < length {
        return Some(slips);
    }
    let stem = word.trim_start_matches('-');
    if stem.len() >= 2 && candidate.trim_start_matches('-').starts_with(stem) {
        return Some(length - word.chars().count());
    }
    // Two of three parts of a kebab-case or dotted name: `unknown-gateway` for `virtual-service-unknown-gateway`.
    let parts: Vec<&str> = split(word).collect();
    let shared = parts.iter().filter(|&&part| split(&candidate).any(|other| other == part)).count();
    (parts.len() >= 2 && shared * 3 >= parts.len() * 2).then_some(100 + length)
}

fn split(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '.', '_', '/']).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMANDS: [&str; 6] = ["analyze", "explain", "rules", "completion", "version", "demo"];

    #[test]
    fn slips_are_understood() {
        assert_eq!(did_you_mean("anlyze", COMMANDS), ["analyze"]);
        assert_eq!(did_you_mean("analyse", COMMANDS), ["analyze"]);
        assert_eq!(did_you_mean("dmeo", COMMANDS), ["demo"]);
        assert_eq!(did_you_mean("VERSION", COMMANDS), ["version"]);
    }

    #[test]
    fn words_may_end_early() {
        assert_eq!(did_you_mean("comp", COMMANDS), ["completion"]);
        assert_eq!(did_you_mean("--fail", ["--fail-on", "--file"]), ["--file", "--fail-on"]);
    }

    #[test]
    fn parts_may_be_missing_or_swapped() {
        let rules = ["virtual-service-unknown-gateway", "gateway-port-conflict"];
        assert_eq!(did_you_mean("unknown-gateway", rules), ["virtual-service-unknown-gateway"]);
    }

    #[test]
    fn strangers_are_not_named() {
        assert!(did_you_mean("frobnicate", COMMANDS).is_empty());
        assert!(did_you_mean("x", COMMANDS).is_empty());
        assert!(did_you_mean("", COMMANDS).is_empty());
        assert!(did_you_mean("", ["a"]).is_empty());
    }
}
