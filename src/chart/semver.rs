//! Versions and ranges of versions, as Helm's library takes them (Masterminds/semver 3.4).

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Whether a text is a version. Minor and patch may be missing, and a `v` may stand before it.
pub(super) fn is_version(text: &str) -> bool {
    parse(text).is_some()
}

/// Whether a version lies in a range; what is no version or no range lies nowhere.
pub(super) fn is_compatible(range: &str, version: &str) -> bool {
    let Some(version) = parse(version) else { return false };
    ranges(range).is_some_and(|any| any.iter().any(|all| holds(all, &version)))
}

#[derive(Debug)]
struct Version {
    numbers: [u64; 3],
    pre: String,
}

/// One comparison: its sign, its version, and how many of the version's numbers were written.
#[derive(Debug)]
struct Bound {
    sign: String,
    version: Version,
    written: usize,
}

const VERSION: &str = r"v?([0-9|xX*]+)(\.[0-9|xX*]+)?(\.[0-9|xX*]+)?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?";
const SIGN: &str = r"(=|!=|>=|=>|<=|=<|>|<|~>|~|\^|)";

fn compiled(pattern: String) -> Option<Regex> {
    Regex::new(&pattern).ok()
}

static ONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(r"^v?(\d+)(\.\d+)?(\.\d+)?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$".replace(r"\d", "[0-9]"))
});
static HYPHEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let version = VERSION.replace("(?:", "(").replace('(', "(?:");
    compiled(format!(r"\s*({version})\s+-\s+({version})\s*"))
});
static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let bound = format!(r"\s*{SIGN}\s*{VERSION}\s*").replace("(?:", "(").replace('(', "(?:");
    compiled(format!(r"^(?:{bound})(?:(?:\s+|,\s*){bound})*$"))
});
static BOUND: LazyLock<Option<Regex>> = LazyLock::new(|| compiled(format!(r"{SIGN}\s*{VERSION}")));

fn part<'t>(found: &Captures<'t>, at: usize) -> &'t str {
    found.get(at).map_or("", |part| part.as_str())
}

fn parse(text: &str) -> Option<Version> {
    let found = ONE.as_ref()?.captures(text)?;
    let number = |at: usize| {
        let digits = part(&found, at).trim_start_matches('.');
        if digits.is_empty() { Some(0) } else { digits.parse().ok() }
    };
    let pre = part(&found, 4).trim_start_matches('-').to_owned();
    // The parts of a prerelease that are numbers have no zeros before them.
    let padded = |part: &str| {
        part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if pre.split('.').any(padded) {
        return None;
    }
    Some(Version { numbers: [number(1)?, number(2)?, number(3)?], pre })
}

/// Of the outer list one has to hold, of each inner list all.
fn ranges(text: &str) -> Option<Vec<Vec<Bound>>> {
    let text = HYPHEN.as_ref()?.replace_all(text, ">=$1 <=$2 ");
    text.split("||")
        .map(|text| if text.is_empty() { Some(vec![bound_any()]) } else { bounds(text) })
        .collect()
}

fn bound_any() -> Bound {
    Bound { sign: String::new(), version: Version { numbers: [0; 3], pre: String::new() }, written: 0 }
}

fn bounds(text: &str) -> Option<Vec<Bound>> {
    if !ALL.as_ref()?.is_match(text) {
        return None;
    }
    BOUND.as_ref()?.captures_iter(text).map(|found| bound(&found)).collect()
}

fn bound(found: &Captures<'_>) -> Option<Bound> {
    let mut numbers = [0; 3];
    let mut written = 0;
    for (at, number) in numbers.iter_mut().enumerate() {
        let digits = part(found, at + 2).trim_start_matches('.');
        if digits.is_empty() || ["x", "X", "*"].contains(&digits) {
            break;
        }
        *number = digits.parse().ok()?;
        written += 1;
    }
    let pre = part(found, 5).trim_start_matches('-').to_owned();
    Some(Bound { sign: part(found, 1).to_owned(), version: Version { numbers, pre }, written })
}

fn holds(all: &[Bound], version: &Version) -> bool {
    // Who does not speak of prereleases does not mean them.
    let any_pre = all.iter().any(|bound| !bound.version.pre.is_empty());
    (version.pre.is_empty() || any_pre) && all.iter().all(|bound| holds_one(bound, version))
}

fn holds_one(bound: &Bound, version: &Version) -> bool {
    let order = compare(version, &bound.version);
    let ([major, minor, patch], [wanted_major, wanted_minor, wanted_patch]) =
        (version.numbers, bound.version.numbers);
    let (minor_open, patch_open) = (bound.written == 1, bound.written == 2);
    let is_open = bound.written < 3;
    match bound.sign.as_str() {
        "" | "=" if !is_open => order.is_eq(),
        "" | "=" | "~" | "~>" => {
            let everything = bound.version.numbers == [0; 3] && !minor_open && !patch_open;
            order.is_ge() && (everything || major == wanted_major && (minor_open || minor == wanted_minor))
        }
        "!=" if !is_open => order.is_ne(),
        "!=" => match bound.written {
            1 => major != wanted_major,
            2 if (major, minor) == (wanted_major, wanted_minor) => {
                pre(&version.pre, &bound.version.pre).is_ne()
            }
            2 => true,
            _ => order.is_ne(),
        },
        ">" if minor_open => major > wanted_major,
        ">" if patch_open => (major, minor) > (wanted_major, wanted_minor),
        ">" => order.is_gt(),
        "<" => order.is_lt(),
        ">=" | "=>" => order.is_ge(),
        "<=" | "=<" if !is_open => order.is_le(),
        "<=" | "=<" => major < wanted_major || major == wanted_major && (minor_open || minor <= wanted_minor),
        _ if order.is_lt() => false,
        _ if wanted_major > 0 || minor_open => major == wanted_major,
        _ if major > 0 => false,
        _ if wanted_minor > 0 || patch_open => minor == wanted_minor,
        _ => minor == 0 && patch == wanted_patch,
    }
}

fn compare(a: &Version, b: &Version) -> Ordering {
    a.numbers.cmp(&b.numbers).then_with(|| pre(&a.pre, &b.pre))
}

fn pre(a: &str, b: &str) -> Ordering {
    if a.is_empty() || b.is_empty() {
        return a.is_empty().cmp(&b.is_empty());
    }
    let part = |(a, b): (&str, &str)| match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    };
    let parts = a.split('.').zip(b.split('.')).map(part);
    parts.fold(Ordering::Equal, Ordering::then).then(a.split('.').count().cmp(&b.split('.').count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_helms() {
        for (range, version) in [
            (">=1.20.0-0", "v1.35.0"),
            ("^1.2", "1.9.0"),
            ("~1.2.3", "1.2.9"),
            ("1.x", "1.4.0"),
            ("*", "3.2.1"),
            ("1.2 - 1.4", "1.4.7"),
            (">1, <3 || 5", "5.0.1"),
            ("", "1.0.0"),
            ("!=1.2", "1.3.0"),
            ("^0.2.3", "0.2.9"),
            ("<=1.2", "1.2.9"),
            (">= 1.0.0", "1.0"),
            ("~>2.0.0-alpha.1", "2.0.0-alpha.2"),
            ("=1.1.1", "v1.1.1+x"),
        ] {
            assert!(is_compatible(range, version), "{range} {version}");
        }
        for (range, version) in [
            (">=1.20.0", "1.21.0-rc.1"),
            ("^1.2", "2.0.0"),
            ("~1.2.3", "1.3.0"),
            (">1", "1.5.0"),
            ("<1.2", "1.2.0"),
            ("^0.2.3", "0.3.0"),
            ("nonsense", "1.0.0"),
            ("1.0.0", "nonsense"),
            ("!=1", "1.5.0"),
        ] {
            assert!(!is_compatible(range, version), "{range} {version}");
        }
    }
}
