//! Texts with the fixes of findings in them.

use std::collections::BTreeMap;

use super::Finding;
use crate::source::{Edit, FileId, Sources};

/// A file as it is when its findings are fixed.
#[derive(Debug)]
pub struct Repaired<'f> {
    /// The file.
    pub file: FileId,
    /// Its new text.
    pub text: String,
    /// The findings whose fixes are in it.
    pub fixed: Vec<&'f Finding>,
}

/// Puts the fixes of findings into their texts. A fix that touches the place of another is left for the next
/// round; so is one whose edits lie in several files.
pub fn repair<'f>(findings: &'f [Finding], sources: &Sources) -> Vec<Repaired<'f>> {
    let mut files: BTreeMap<FileId, (Vec<&Edit>, Vec<&Finding>)> = BTreeMap::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let Some(file) = fix.edits.first().map(|edit| edit.span.file) else { continue };
        let is_one = fix.edits.iter().all(|edit| edit.span.file == file);
        if !is_one {
            continue;
        }
        let (edits, fixed) = files.entry(file).or_default();
        if fix.edits.iter().all(|edit| edits.iter().all(|other| apart(edit, other))) {
            edits.extend(&fix.edits);
            fixed.push(finding);
        }
    }
    let made = files.into_iter().map(|(file, (edits, fixed))| Repaired {
        file,
        text: applied(&sources.get(file).text, edits),
        fixed,
    });
    made.collect()
}

/// Whether two edits touch different places.
fn apart(one: &Edit, other: &Edit) -> bool {
    one.span.end < other.span.start || other.span.end < one.span.start
}

fn applied(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.span.start);
    let (mut made, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        made += &text[at..edit.span.start as usize];
        made += &edit.replacement;
        at = edit.span.end as usize;
    }
    made + &text[at..]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::finding::{RuleMeta, Severity};
    use crate::source::{Origin, SourceFile, Span};

    static RULE: RuleMeta = RuleMeta {
        name: "a-rule",
        codes: &[],
        analyzers: &[],
        summary: "",
        severity: Severity::Error,
        inputs: &[],
        page: "",
    };

    fn fixed(text: &str, edits: &[(u32, u32, &str)]) -> Vec<(String, usize)> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.yaml", Arc::new(text.to_owned()), Origin::Memory));
        let finding = |(start, end, new): &(u32, u32, &str)| {
            let span = Span { file, start: *start, end: *end };
            let mut finding = Finding::new(&RULE, 0, span, "wrong");
            finding.replace(span, *new, "mend it");
            finding
        };
        let findings: Vec<Finding> = edits.iter().map(finding).collect();
        repair(&findings, &sources).into_iter().map(|made| (made.text, made.fixed.len())).collect()
    }

    #[test]
    fn edits_keep_every_other_byte() {
        let edits = [(10, 11, "two"), (3, 4, "one")];
        assert_eq!(fixed("a: 1 # x\nb: 2\n", &edits[1..]), [("a: one # x\nb: 2\n".to_owned(), 1)]);
        assert_eq!(fixed("a: 1 # x\nb:2\n", &[(11, 12, "two"), (3, 4, "one")])[0].0, "a: one # x\nb:two\n");
    }

    #[test]
    fn of_two_that_meet_the_first_is_made() {
        assert_eq!(fixed("abcdef", &[(0, 3, "x"), (2, 4, "y"), (3, 4, "z")]), [("xdef".to_owned(), 1)]);
    }
}
