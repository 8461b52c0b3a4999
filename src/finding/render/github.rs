//! Workflow commands: GitHub shows each as an annotation on the changed files.

use std::io::{self, Write};

use super::Report;
use crate::finding::{Places, Severity};

/// Writes one command a finding.
pub(super) fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    for finding in report.findings {
        let place = places.shown(finding.primary.span);
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let file = property(relative(&places.file(place.span).name));
        let (line, end_line) = (place.start.line, place.end.line);
        write!(out, "::{level} file={file},line={line},endLine={end_line}")?;
        if line == end_line {
            // The API behind refuses columns of a place that spans lines, and the annotation would be lost.
            write!(out, ",col={},endColumn={}", place.start.column, place.end.column)?;
        }
        let mut message = finding.message.clone();
        for help in &finding.help {
            message.push_str("\nhelp: ");
            message.push_str(help);
        }
        writeln!(out, ",title={}::{}", property(finding.rule.name), data(&message))?;
    }
    Ok(())
}

/// The path as git knows it.
fn relative(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use crate::finding::testing::{Case, full};

    #[test]
    fn one_command_a_finding() {
        insta::assert_snapshot!(full().render(Format::Github), @r#"
        ::error file=k8s/shop/web.yaml,line=9,endLine=9,col=7,endColumn=13,title=host-is-bad::gateway `publik` does not exist%0Ahelp: there is `public` in `shop`%0Ahelp: weft analyze --fix writes `public`
        ::warning file=k8s/shop/web.yaml,line=4,endLine=4,col=3,endColumn=12,title=host-is-bad::names are short
        ::notice file=k8s/shop/web.yaml,line=10,endLine=10,col=3,endColumn=8,title=host-is-bad::hosts are "on"
        "#);
    }

    #[test]
    fn what_commands_are_made_of_is_escaped() {
        let mut case = Case::new("./a,b:c%.yaml", "a: b\nc: d\n");
        case.error(0..9, "100%\r\n::error::x");
        insta::assert_snapshot!(case.render(Format::Github), @"::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=host-is-bad::100%25%0D%0A::error::x");
    }

    #[test]
    fn nothing_found_is_nothing_said() {
        assert_eq!(Case::new("a.yaml", "").render(Format::Github), "");
    }
}
