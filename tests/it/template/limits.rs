//! A template without end meets a limit, and says which.

use weft::template::{Limits, Options, on_deep_stack};

use super::{generate, render_with};

fn limited(template: &str, limits: Limits) -> String {
    let options = Options { limits, ..Options::default() };
    match render_with(template, &generate::data(), options) {
        Ok(text) => format!("{} bytes", text.len()),
        Err(error) => error.message,
    }
}

#[test]
fn each_limit_stops_what_has_no_end() {
    let few = Limits { steps: 1000, ..Limits::default() };
    let small = Limits { bytes: 1000, ..Limits::default() };
    let flat = Limits { depth: 10, ..Limits::default() };
    for (template, limits, message) in [
        ("{{range 1000000000}}{{end}}", few, "the template does not end: 1000 steps are the limit"),
        ("{{range 1000000000}}x{{end}}", few, "the template does not end: 1000 steps are the limit"),
        ("{{range 1000000000}}x{{end}}", small, "the template makes more than 1000 bytes, the limit"),
        (
            "{{$x := .s}}{{range 60}}{{$x = print $x $x}}{{end}}",
            small,
            "the template makes more than 1000 bytes, the limit",
        ),
        (
            "{{define `a`}}{{template `a`}}{{end}}{{template `a`}}",
            flat,
            "templates render one another more than 10 deep",
        ),
        (
            "{{define `a`}}{{include `a` .}}{{end}}{{template `a`}}",
            flat,
            "templates render one another more than 10 deep",
        ),
        ("{{$t := `{{tpl . .}}`}}{{tpl $t $t}}", flat, "templates render one another more than 10 deep"),
        ("{{range 900}}{{end}}", few, "0 bytes"),
    ] {
        assert_eq!(limited(template, limits), message, "{template}");
    }
}

#[test]
fn what_prints_without_measure_is_cut_off() {
    let message = "the value prints as more than 16777216 bytes";
    for template in [
        "{{$x := list 1}}{{range 60}}{{$x = list $x $x}}{{end}}{{printf `%1000v` $x}}",
        "{{$x := list 1}}{{range 60}}{{$x = dict `a` $x `b` $x}}{{end}}{{printf `%01000.0f` $x}}",
        "{{$f := `%1000000[1]d`}}{{range 7}}{{$f = print $f $f}}{{end}}{{printf $f 1}}",
    ] {
        assert_eq!(limited(template, Limits::default()), message, "{template}");
    }
}

#[test]
fn no_recursion_overflows_the_stack() {
    let blocks = format!("{}{{{{include `t` $}}}}{}", "{{if 1}}".repeat(90), "{{end}}".repeat(90));
    let parentheses = format!("{{{{{}include `t` .{}}}}}", "(".repeat(90), ")".repeat(90));
    let endless = Limits { depth: usize::MAX, ..Limits::default() };
    for template in
        ["{{template `t`}}", "{{include `t` .}}", "{{tpl `{{include \"t\" .}}` .}}", &blocks, &parentheses]
    {
        let message = limited(template, endless);
        assert_eq!(message, "blocks, parentheses and templates lie too deep in one another", "{template}");
    }
}

#[test]
fn a_deep_stack_is_deep_enough_for_what_helm_allows() {
    let template = |calls: usize| {
        let body = "{{with .}}{{if lt .n .end}}{{print (include `r` (dict `n` (len (printf `%*d` .n 1)) `end` .end))}}{{end}}{{end}}";
        // A number grows by one where it is printed as wide as it is large, with one space more.
        let body = body.replace("(printf `%*d` .n 1)", "(printf `%*d ` .n 1)");
        format!("{{{{define `r`}}}}{body}{{{{end}}}}{{{{include `r` (dict `n` 1 `end` {calls})}}}}")
    };
    let render = |calls| {
        let rendered = on_deep_stack(|limits| limited(&template(calls), limits));
        rendered.expect("a thread")
    };
    assert_eq!(render(990), "0 bytes");
    assert_eq!(render(1010), "templates render one another more than 1000 deep");
}

#[test]
fn deep_nesting_is_refused_before_it_is_executed() {
    for (open, close) in [("{{if 1}}", "{{end}}"), ("{{with 1}}", "{{end}}"), ("{{range 1}}", "{{end}}")] {
        let template = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let message = limited(&template, Limits::default());
        assert_eq!(message, "blocks and parentheses lie more than 100 deep in one another");
    }
    let template = format!("{{{{{}1{}}}}}", "(".repeat(100_000), ")".repeat(100_000));
    let message = limited(&template, Limits::default());
    assert_eq!(message, "blocks and parentheses lie more than 100 deep in one another");
    // A chain of `else if` nests nothing.
    let template = format!("{{{{if 0}}}}{}{{{{end}}}}", "{{else if 0}}".repeat(10_000));
    assert_eq!(limited(&template, Limits::default()), "0 bytes");
}

#[test]
fn values_may_be_deep_or_contain_themselves() {
    let deep = "{{$x := list}}{{range 200000}}{{$x = list $x}}{{end}}";
    let message = "the value is more than 200 levels deep, or contains itself";
    assert_eq!(limited(deep, Limits::default()), "0 bytes");
    assert_eq!(limited(&format!("{deep}{{{{$x}}}}"), Limits::default()), message);
    let own = "{{$d := dict}}{{$_ := set $d `self` $d}}";
    assert_eq!(limited(&format!("{own}{{{{$d}}}}"), Limits::default()), message);
    assert_eq!(
        limited(&format!("{own}{{{{range $d}}}}{{{{.self | len}}}}{{{{end}}}}"), Limits::default()),
        "1 bytes"
    );
}
