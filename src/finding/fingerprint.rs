//! An identity of findings that survives edits elsewhere in the file: for code scanning and baselines.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::Finding;
use super::place::{Places, floor};
use crate::source::Sources;

/// A line longer than this is no context; the span itself stands for it.
const LONG_LINE: usize = 4096;

/// One fingerprint a finding, in their order: 32 hexadecimal digits over the rule, the object and the text of the
/// offending line. It holds no path and no line number. Equal findings are told apart by counting.
pub fn fingerprints(findings: &[Finding], sources: &Sources) -> Vec<String> {
    let places = Places::new(sources);
    let mut seen: HashMap<[u8; 32], u32> = HashMap::new();
    let one = |finding: &Finding| {
        let base = hash(finding, &places);
        let nth = seen.entry(base).or_default();
        *nth += 1;
        if *nth == 1 {
            return hex(&base);
        }
        let mut digest = Sha256::new();
        digest.update(base);
        digest.update(nth.to_le_bytes());
        hex(&digest.finalize())
    };
    findings.iter().map(one).collect()
}

fn hash(finding: &Finding, places: &Places<'_>) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut field = |text: &str| {
        // The length keeps two neighbouring fields from running into one another.
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    field(finding.rule.name);
    if let Some(resource) = &finding.resource {
        // Without apiVersion: moving from v1beta1 to v1 is not a new problem.
        field(&resource.kind);
        field(resource.namespace.as_deref().unwrap_or_default());
        field(&resource.name);
        field(resource.cluster.as_deref().unwrap_or_default());
    }
    let place = places.shown(finding.primary.span);
    let text = &places.file(place.span).text;
    let line = &text[places.file(place.span).line_range(place.start.line)];
    if line.len() > LONG_LINE {
        let named = &text[place.span.range()];
        field(&named[..floor(named, LONG_LINE)]);
    } else {
        field(line.trim_start_matches('\u{feff}').trim());
    }
    digest.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::Case;

    fn prints(text: &str) -> Vec<String> {
        let mut case = Case::new("a.yaml", text);
        for at in text.match_indices("bad").map(|(at, _)| at).collect::<Vec<_>>() {
            case.error(at..at + 3, "is bad");
        }
        fingerprints(&case.findings, &case.sources)
    }

    #[test]
    fn lines_may_move() {
        assert_eq!(prints("a: bad\n"), prints("# new\nb: c\n\n  a: bad\r\n"));
        assert_ne!(prints("a: bad\n"), prints("b: bad\n"));
    }

    #[test]
    fn equal_findings_are_counted() {
        let prints = prints("- bad\n- bad\n- bad\n");
        assert_eq!(prints.len(), 3);
        assert_ne!(prints[0], prints[1]);
        assert_ne!(prints[1], prints[2]);
        assert!(prints.iter().all(|print| print.len() == 32));
    }
}
