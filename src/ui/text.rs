//! Words and lines: plurals, and fragments laid out within a width.

use unicode_width::UnicodeWidthStr;

/// "1 finding", "2 findings".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

/// The plural of the nouns that weft has: files, classes, policies, gateways.
fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    let sibilant = ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end));
    format!("{noun}{}", if sibilant { "es" } else { "s" })
}

/// Columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Puts fragments on as few lines as `limit` columns allow, with `separator` between those that share one.
pub(super) fn lay_out(fragments: &[String], separator: &str, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fragment in fragments {
        match lines.last_mut() {
            Some(line) if width(line) + width(separator) + width(fragment) <= limit => {
                line.push_str(separator);
                line.push_str(fragment);
            }
            _ => lines.push(fragment.clone()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_number() {
        let two = |noun| count(2, noun);
        assert_eq!(count(1, "policy"), "1 policy");
        assert_eq!([two("policy"), two("gateway"), two("class")], ["2 policies", "2 gateways", "2 classes"]);
        assert_eq!(count(0, "finding"), "0 findings");
    }

    #[test]
    fn fragments_share_a_line_while_there_is_room() {
        let fragments = ["aaaa", "bbbb", "cccc"].map(str::to_owned);
        assert_eq!(lay_out(&fragments, " · ", 11), ["aaaa · bbbb", "cccc"]);
    }
}
