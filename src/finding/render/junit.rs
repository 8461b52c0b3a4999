//! JUnit XML: a test suite in which every finding is a failed test of its file.
//!
//! GitLab, Jenkins and the others group by `classname` and follow a test over time by its name. So the class is the
//! file, and the name holds rule and object and no line number.

use std::collections::HashMap;
use std::io::{self, Write};

use super::text::Draw;
use super::{Options, Report};
use crate::finding::{Finding, Places, Severity};

/// Writes the document. Without findings it has one passed test, so that the CI system has something to show.
pub(super) fn write(report: &Report<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    // Test views show plain text.
    let draw = Draw::new(Places::new(report.sources), &Options { color: false, ..options.clone() });
    let summary = &report.summary;
    let tests = report.findings.len().max(1);
    let failures = report.findings.iter().filter(|finding| fails(finding)).count();
    let time = options.elapsed.map_or(0.0, |elapsed| elapsed.as_secs_f64());
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"{time:.3}\"");
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"weft\" {counts}>")?;
    writeln!(out, "  <testsuite name=\"weft\" {counts} skipped=\"0\">")?;
    if report.findings.is_empty() {
        writeln!(out, "    <testcase classname=\"weft\" name=\"{}\"/>", escape(options.command))?;
    }
    let mut names: HashMap<String, usize> = HashMap::new();
    for finding in report.findings {
        let place = places.shown(finding.primary.span);
        let file = escape(&places.file(place.span).name);
        let name = unique(&mut names, &file, name(finding));
        let (name, line) = (escape(&name), place.start.line);
        write!(out, "    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{line}\">")?;
        let text = escape(&draw.finding(finding));
        if fails(finding) {
            let (message, kind) = (escape(&finding.message), finding.severity.as_str());
            write!(out, "<failure message=\"{message}\" type=\"{kind}\">{text}</failure>")?;
        } else {
            write!(out, "<system-out>{text}</system-out>")?;
        }
        writeln!(out, "</testcase>")?;
    }
    let (files, documents) = (summary.files, summary.documents);
    writeln!(out, "    <system-out>documents: {documents}, files: {files}</system-out>")?;
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn fails(finding: &Finding) -> bool {
    finding.severity > Severity::Info
}

fn name(finding: &Finding) -> String {
    let Some(resource) = &finding.resource else { return finding.rule.name.into() };
    let namespace = resource.namespace.as_deref().map(|name| format!("{name}/")).unwrap_or_default();
    format!("{} {} {namespace}{}", finding.rule.name, resource.kind, resource.name)
}

/// Tests of one name in one class are shown once: the second gets a number.
fn unique(names: &mut HashMap<String, usize>, file: &str, name: String) -> String {
    let nth = names.entry(format!("{file}\0{name}")).or_default();
    *nth += 1;
    if *nth == 1 { name } else { format!("{name} #{nth}") }
}

/// Text for an element or an attribute in double quotes. What XML 1.0 cannot hold, even escaped, is dropped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Options};
    use crate::finding::testing::{Case, full};

    #[test]
    fn findings_are_failed_tests_and_info_passes() {
        let options = Options { elapsed: Some(std::time::Duration::from_millis(12)), ..Options::default() };
        insta::assert_snapshot!(full().render_with(Format::Junit, &options), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="weft" tests="3" failures="2" errors="0" time="0.012">
          <testsuite name="weft" tests="3" failures="2" errors="0" time="0.012" skipped="0">
            <testcase classname="k8s/shop/web.yaml" name="host-is-bad VirtualService shop/web" file="k8s/shop/web.yaml" line="9"><failure message="gateway `publik` does not exist" type="error">error[host-is-bad]: gateway `publik` does not exist
         --&gt; k8s/shop/web.yaml:9:7
          |
        6 |   gateways:
        ...
        9 |     - publik
          |       ^^^^^^ no Gateway of this name in `shop`
          |
         ::: k8s/über uns.yaml:3:9
          |
        3 |   name: public
          |         ------ there is this one
          |
          = help: there is `public` in `shop`
          = help: weft analyze --fix writes `public`</failure></testcase>
            <testcase classname="k8s/shop/web.yaml" name="host-is-bad" file="k8s/shop/web.yaml" line="4"><failure message="names are short" type="warning">warning[host-is-bad]: names are short
         --&gt; k8s/shop/web.yaml:4:3
          |
        4 |   name: web
          |   ^^^^^^^^^</failure></testcase>
            <testcase classname="k8s/shop/web.yaml" name="host-is-bad #2" file="k8s/shop/web.yaml" line="10"><system-out>info[host-is-bad]: hosts are &quot;on&quot;
          --&gt; k8s/shop/web.yaml:10:3
           |
        10 |   hosts: [&quot;*&quot;]
           |   ^^^^^</system-out></testcase>
            <system-out>documents: 2, files: 2</system-out>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn a_clean_run_is_one_passed_test() {
        insta::assert_snapshot!(Case::new("a.yaml", "").render(Format::Junit), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="weft" tests="1" failures="0" errors="0" time="0.000">
          <testsuite name="weft" tests="1" failures="0" errors="0" time="0.000" skipped="0">
            <testcase classname="weft" name="analyze"/>
            <system-out>documents: 1, files: 1</system-out>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn markup_and_controls_do_not_break_the_document() {
        let mut case = Case::new("<a>&\"b\".yaml", "k: \"\u{1b}]]>\u{ffff}\"\n");
        case.error(0..3, "is <b>\u{0}\u{1b}[31m & \"c\"");
        let xml = case.render(Format::Junit);
        assert!(xml.contains("classname=\"&lt;a&gt;&amp;&quot;b&quot;.yaml\""), "{xml}");
        assert!(xml.contains("message=\"is &lt;b&gt;[31m &amp; &quot;c&quot;\""), "{xml}");
        assert!(!xml.contains(['\u{1b}', '\u{0}', '\u{ffff}']), "{xml}");
        assert!(!xml.contains("]]>"), "{xml}");
    }

    #[test]
    fn equal_names_are_numbered() {
        let mut case = Case::new("a.yaml", "a: b\nc: d\n");
        case.error(0..1, "one");
        case.error(5..6, "two");
        let xml = case.render(Format::Junit);
        assert!(xml.contains("name=\"host-is-bad\"") && xml.contains("name=\"host-is-bad #2\""), "{xml}");
    }
}
