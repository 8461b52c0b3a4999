//! Recognises Helm templates: documents that fail because of `{{ … }}` where YAML needs a value.

use super::scan;

/// The action that is to blame when a document that begins at `body` fails at `failed`, if one is. Braces in quotes,
/// comments and block scalars are harmless.
pub(super) fn blame(text: &str, body: usize, failed: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find(&bytes[body..], b"{{")?;
    let failed_line = scan::line_end(bytes, failed.clamp(body, bytes.len()));
    let mut lines = Lines { bytes, at: body, block: None };
    let mut blamed = None;
    while let Some((start, end)) = lines.next_written() {
        let found = action(bytes, start, end);
        if let Some((at, leads)) = found
            && (leads || end == failed_line)
        {
            blamed = Some(at);
            break;
        }
    }
    blamed
}

/// The lines of a document outside comments and block scalars.
struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The indentation of the line with the block scalar's header, while its content goes on.
    block: Option<usize>,
}

impl Lines<'_> {
    fn next_written(&mut self) -> Option<(usize, usize)> {
        while self.at < self.bytes.len() {
            let (start, end) = (self.at, scan::line_end(self.bytes, self.at));
            self.at = end + 1;
            let line = &self.bytes[start..end];
            let indentation = line.iter().take_while(|&&byte| byte == b' ').count();
            let blank = line.trim_ascii().is_empty();
            if blank || self.block.is_some_and(|parent| indentation > parent) {
                continue;
            }
            self.block = opens_block_scalar(line).then_some(indentation);
            if line[indentation] != b'#' {
                return Some((start, end));
            }
        }
        None
    }
}

/// Whether a line ends in `|`, `>-` and their like.
fn opens_block_scalar(line: &[u8]) -> bool {
    let word = line.trim_ascii().rsplit(|&byte| byte == b' ').next().unwrap_or_default();
    matches!(word.first(), Some(b'|' | b'>'))
        && word[1..].iter().all(|byte| matches!(byte, b'-' | b'+' | b'1'..=b'9'))
}

/// The first `{{` of a line outside quotes and comments, and whether a value begins with it.
fn action(bytes: &[u8], start: usize, end: usize) -> Option<(usize, bool)> {
    let mut quote = None;
    // Whether a token can begin here.
    let mut fresh = true;
    for at in start..end {
        let byte = bytes[at];
        match quote {
            Some(open) => {
                quote = (byte != open).then_some(open);
                continue;
            }
            None if byte == b'#' && fresh => return None,
            None if fresh && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if byte == b'{' && bytes.get(at + 1) == Some(&b'{') => {
                return Some((at, fresh));
            }
            None => {}
        }
        fresh = match byte {
            b' ' => fresh || (at > start && matches!(bytes[at - 1], b':' | b'-')),
            b'[' | b',' | b'{' | b'(' => true,
            _ => false,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::blame;

    fn blamed(text: &str) -> Option<usize> {
        blame(text, 0, text.len())
    }

    #[test]
    fn blames_actions_where_values_begin() {
        assert_eq!(blamed("a: {{ .x }}-y\nb: c\n"), Some(3));
        assert_eq!(blamed("{{- if .x }}\na: b\n"), Some(0));
        assert_eq!(blamed("a:\n  - {{ .x }} {{ .y }}\n"), Some(7));
        assert_eq!(blamed("a: [b, {{ .x }} c]\n"), Some(7));
    }

    #[test]
    fn leaves_harmless_braces_alone() {
        assert_eq!(blamed("a: \"{{ .x }}\"\nb: [\n"), None);
        assert_eq!(blamed("a: '{{ .x }}'\nb: [\n"), None);
        assert_eq!(blamed("# {{ .x }}\nb: [ # {{ .x }}\n"), None);
        assert_eq!(blamed("a: |\n  {{ .x }}\n\n  {{ .y }}\nb: [\n"), None);
        assert_eq!(blamed("a: x {{ .x }}\nb: [\n"), None);
    }
}
