//! Versions of charts, and the ranges that others want them in.

use super::functions::semver::{Constraint, Version};

/// Whether a text is a version. Minor and patch may be missing, and a `v` may stand before it.
pub(super) fn is_version(text: &str) -> bool {
    Version::parse(text).is_some()
}

/// Whether a version lies in a range; what is no version or no range lies nowhere.
pub(super) fn is_compatible(range: &str, version: &str) -> bool {
    let (Some(range), Some(version)) = (Constraint::parse(range), Version::parse(version)) else {
        return false;
    };
    range.allows(&version)
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
            ("!=1.2", "1.3.0"),
            ("^0.2.3", "0.2.9"),
            ("<=1.2", "1.2.9"),
            ("~>2.0.0-alpha.1", "2.0.0-alpha.2"),
        ] {
            assert!(is_compatible(range, version), "{range} {version}");
        }
        for (range, version) in [
            (">=1.20.0", "1.21.0-rc.1"),
            ("^1.2", "2.0.0"),
            (">1", "1.5.0"),
            ("^0.2.3", "0.3.0"),
            ("", "1.0.0"),
            ("nonsense", "1.0.0"),
            ("1.0.0", "nonsense"),
        ] {
            assert!(!is_compatible(range, version), "{range} {version}");
        }
    }
}
