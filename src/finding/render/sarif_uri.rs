//! Paths as URI references (RFC 3986): what code scanning matches with the files of a repository.

use std::fmt::Write as _;
use std::path::MAIN_SEPARATOR;

/// A relative path as a relative reference, an absolute one as a `file:` URI.
pub(super) fn uri(path: &str) -> String {
    let path = path.replace(MAIN_SEPARATOR, "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    let mut uri = match path.as_bytes().first() {
        Some(b'/') => "file://".to_owned(),
        Some(letter) if drive && letter.is_ascii_alphabetic() => "file:///".to_owned(),
        _ => String::new(),
    };
    // `./a` and `a` are one file, and services match by text.
    for byte in path.trim_start_matches("./").bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if plain {
            uri.push(byte as char);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("./k8s/über uns.yaml"), "k8s/%C3%BCber%20uns.yaml");
        assert_eq!(uri("../a#b?c%.yaml"), "../a%23b%3Fc%25.yaml");
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
        assert_eq!(uri("cluster:shop/Gateway/web"), "cluster%3Ashop/Gateway/web");
        assert_eq!(uri("C:/a.yaml"), "file:///C%3A/a.yaml");
    }
}
