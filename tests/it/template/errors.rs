//! What is wrong with a template is said with its place, the piece of the template, and who rendered it.

use super::render;

/// Templates that Go refuses too, and what weft says of them.
pub(super) const CASES: &[(&str, &str)] = &[
    ("{{", "t:1:3: the action has no end: `}}` is missing"),
    ("{{.s", "t:1:5: the action has no end: `}}` is missing"),
    ("{{if}}{{end}}", "t:1:5: `if` has no value"),
    ("{{if 1}}", "t:1:3: `if` has no `end`"),
    ("{{end}}", "t:1:6: `end` closes nothing"),
    ("{{else}}", "t:1:7: `else` belongs to nothing"),
    ("{{if 1}}{{else}}{{else}}{{end}}", "t:1:23: a second `else` follows the first"),
    ("{{range}}{{end}}", "t:1:8: `range` has no value"),
    ("{{break}}", "t:1:8: `break` stands outside of any `range`"),
    ("{{if 1}}{{continue}}{{end}}", "t:1:19: `continue` stands outside of any `range`"),
    (r#"{{range .l}}{{define "a"}}{{break}}{{end}}{{end}}"#, "t:1:15: `define` may not stand inside a block"),
    ("{{nope}}", "t:1:3: function `nope` is not defined"),
    ("{{nope 1}}", "t:1:3: function `nope` is not defined"),
    ("{{$x}}", "t:1:5: variable `$x` is not defined"),
    ("{{if 1}}{{$x := 1}}{{end}}{{$x}}", "t:1:31: variable `$x` is not defined"),
    ("{{.s | 1}}", "t:1:9: `1` cannot take a value from the pipeline: it is no function"),
    ("{{1 | nil}}", "t:1:10: `nil` cannot take a value from the pipeline: it is no function"),
    ("{{(1}}", "t:1:5: a parenthesis is not closed"),
    ("{{1)}}", "t:1:4: a parenthesis is closed that was not opened"),
    (r#"{{"a}}"#, "t:1:3: the string has no closing quote on its line"),
    ("{{`a}}", "t:1:3: the raw string has no closing backquote"),
    ("{{'a}}", "t:1:3: the character constant has no closing quote"),
    ("{{'ab'}}", "t:1:3: `'ab'` is not a character constant"),
    (r#"{{"\z"}}"#, r#"t:1:3: "\z" is not a well-formed string"#),
    ("{{1_}}", "t:1:3: `1_` is not a number"),
    ("{{089}}", "t:1:3: `089` is too large for an integer"),
    ("{{1i}}", "t:1:3: `1i` is a complex number, which weft does not compute with"),
    ("{{99999999999999999999}}", "t:1:3: `99999999999999999999` is too large for an integer"),
    ("{{1x}}", "t:1:3: `1x` is not a number"),
    ("{{$x := }}", "t:1:9: the action has no value"),
    ("{{$x, $y := 1}}", "t:1:5: the action declares too many variables"),
    ("{{range $x, 1 := .l}}{{end}}", "t:1:13: `range` declares nothing but variables"),
    ("{{range $a, $b, $c := .l}}{{end}}", "t:1:15: `range` declares too many variables"),
    ("{{/* a }}", "t:1:3: the comment has no end: `*/` is missing"),
    ("{{/* a */ }}", "t:1:3: a comment must end in `*/}}` or `*/ -}}`"),
    ("{{- /* a */-}}", "t:1:5: a comment must end in `*/}}` or `*/ -}}`"),
    ("{{template}}", "t:1:11: `template` cannot contain `}}`"),
    ("{{template a}}", "t:1:12: `template` cannot contain `a`"),
    (
        r#"{{template "a" 1 2 |}}"#,
        r#"t:1:12: in `t` at `template "a" 1 2`: template `a` is not defined: did you mean `t`?"#,
    ),
    ("{{define}}{{end}}", "t:1:9: `define` cannot contain `}}`"),
    (r#"{{define "a"}}"#, "t:1:3: `define` has no `end`"),
    (r#"{{define "a"}}x{{else}}{{end}}"#, "t:1:22: `define` takes no `else`"),
    (r#"{{define "a"}}x{{end}}{{define "a"}}y{{end}}"#, "t:1:43: template `a` is defined twice"),
    (r#"{{define "t"}}x{{end}}y"#, "t:1:24: the text of template `t` also defines a template of this name"),
    (r#"{{if 1}}{{define "a"}}{{end}}{{end}}"#, "t:1:11: `define` may not stand inside a block"),
    (r#"{{block "a"}}{{end}}"#, "t:1:12: `block` has no value"),
    ("{{true.a}}", "t:1:9: `true` has no fields"),
    (r#"{{"a".b}}"#, r#"t:1:8: `"a"` has no fields"#),
    ("{{nil}}", "t:1:3: in `t` at `nil`: `nil` alone is no value"),
    ("{{nil.a}}", "t:1:8: `nil` has no fields"),
    ("{{.a.}}", "t:1:5: an operand cannot contain `.`"),
    ("{{.a!}}", "t:1:3: '!' cannot stand behind `.a`"),
    ("{{#}}", "t:1:3: the action cannot contain `#`"),
    ("{{é}}", "t:1:3: function `é` is not defined"),
    ("{{.s:}}", "t:1:5: a colon must be part of `:=`"),
    ("{{1 , 2}}", "t:1:5: an operand cannot contain `,`"),
    ("{{()}}", "t:1:4: a parenthesis has no value"),
    ("{{| 1}}", "t:1:3: the action cannot contain `|`"),
    ("{{end 1}}", "t:1:7: `end` cannot contain `1`"),
    ("{{with $x := 1}}{{end}}{{$x}}", "t:1:28: variable `$x` is not defined"),
    ("{{.s.a}}", "t:1:3: in `t` at `.s.a`: `.s` is of type string, which has no field `a`"),
    ("{{.n.a}}", "t:1:3: in `t` at `.n.a`: `.n` is of type float64, which has no field `a`"),
    ("{{.nil.a}}", "t:1:3: in `t` at `.nil.a`: `.nil` is nil, so that it has no field `a`"),
    ("{{.l.a}}", "t:1:3: in `t` at `.l.a`: `.l` is of type []interface {}, which has no field `a`"),
    ("{{.m.nil.a}}", "t:1:3: in `t` at `.m.nil.a`: `.m.nil` is nil, so that it has no field `a`"),
    ("{{.s 1}}", "t:1:3: in `t` at `.s`: `s` is no method and takes no arguments"),
    ("{{.m.a 1}}", "t:1:3: in `t` at `.m.a`: `a` is no method and takes no arguments"),
    ("{{1 2}}", "t:1:3: in `t` at `1`: `1` is no function and takes no arguments"),
    (r#"{{"a" 1}}"#, r#"t:1:3: in `t` at `"a"`: `"a"` is no function and takes no arguments"#),
    ("{{. 1}}", "t:1:3: in `t` at `.`: `.` is no function and takes no arguments"),
    ("{{(1) 2}}", "t:1:3: in `t` at `(1)`: `(1)` is no function and takes no arguments"),
    ("{{$x := 1}}{{$x 2}}", "t:1:14: in `t` at `$x`: `$x` is no function and takes no arguments"),
    (
        "{{9223372036854775808}}",
        "t:1:3: in `t` at `9223372036854775808`: the number is too large for an integer",
    ),
    ("{{upper 1}}", "t:1:9: in `t` at `1`: the argument must be of type string, which `1` is not"),
    ("{{upper .n}}", "t:1:9: in `t` at `.n`: the argument must be of type string, not float64"),
    ("{{upper .nil}}", "t:1:9: in `t` at `.nil`: the argument must be of type string, not nil"),
    (
        "{{upper .missing}}",
        "t:1:9: in `t` at `.missing`: the argument must be of type string, but has no value",
    ),
    ("{{upper nil}}", "t:1:9: in `t` at `nil`: the argument must be of type string, but has no value"),
    ("{{upper}}", "t:1:3: in `t` at `upper`: `upper` takes 1 argument, not 0"),
    (r#"{{upper "a" "b"}}"#, r#"t:1:3: in `t` at `upper "a" "b"`: `upper` takes 1 argument, not 2"#),
    ("{{.n | upper}}", "t:1:8: in `t` at `upper`: the argument must be of type string, not float64"),
    (
        r#"{{repeat 1.5 "a"}}"#,
        "t:1:10: in `t` at `1.5`: the argument must be of type int, which `1.5` is not",
    ),
    (r#"{{repeat .n "a"}}"#, "t:1:10: in `t` at `.n`: the argument must be of type int, not float64"),
    (
        r#"{{half "x"}}"#,
        r#"t:1:8: in `t` at `"x"`: the argument must be of type float64, which `"x"` is not"#,
    ),
    ("{{not_ok 1}}", "t:1:10: in `t` at `1`: the argument must be of type bool, which `1` is not"),
    (r#"{{set nil "a" 1}}"#, r#"t:1:3: in `t` at `set nil "a" 1`: a nil map takes no entries"#),
    (r#"{{set .missing "a" 1}}"#, r#"t:1:3: in `t` at `set .missing "a" 1`: a nil map takes no entries"#),
    (
        r#"{{set .nil "a" 1}}"#,
        "t:1:7: in `t` at `.nil`: the argument must be of type map[string]interface {}, not nil",
    ),
    (
        r#"{{set .l "a" 1}}"#,
        "t:1:7: in `t` at `.l`: the argument must be of type map[string]interface {}, not []interface {}",
    ),
    ("{{strings 1}}", "t:1:11: in `t` at `1`: the argument must be of type string, which `1` is not"),
    (r#"{{fail "why"}}"#, r#"t:1:3: in `t` at `fail "why"`: why"#),
    (
        "{{eq 1 1.0}}",
        "t:1:3: in `t` at `eq 1 1.0`: values of the types int and float64 cannot be compared: numbers from YAML are float64, literals without a point are int",
    ),
    (
        r#"{{eq 1 "1"}}"#,
        r#"t:1:3: in `t` at `eq 1 "1"`: values of the types int and string cannot be compared"#,
    ),
    (
        "{{eq .n 3}}",
        "t:1:3: in `t` at `eq .n 3`: values of the types float64 and int cannot be compared: numbers from YAML are float64, literals without a point are int",
    ),
    ("{{eq 1}}", "t:1:3: in `t` at `eq 1`: there is nothing to compare with"),
    ("{{eq}}", "t:1:3: in `t` at `eq`: `eq` takes at least 1 argument, not 0"),
    (
        "{{eq .l .l}}",
        "t:1:3: in `t` at `eq .l .l`: values of the types []interface {} and []interface {} cannot be compared",
    ),
    (
        "{{eq .m .l}}",
        "t:1:3: in `t` at `eq .m .l`: values of the types map[string]interface {} and []interface {} cannot be compared",
    ),
    ("{{ne 1}}", "t:1:3: in `t` at `ne 1`: `ne` takes 2 arguments, not 1"),
    (
        r#"{{lt 1 "a"}}"#,
        r#"t:1:3: in `t` at `lt 1 "a"`: values of the types int and string cannot be compared"#,
    ),
    ("{{lt true false}}", "t:1:3: in `t` at `lt true false`: truth values have no order"),
    ("{{lt .l .l}}", "t:1:3: in `t` at `lt .l .l`: values of the type []interface {} have no order"),
    ("{{lt .nil 1}}", "t:1:3: in `t` at `lt .nil 1`: nothing (nil) has no order"),
    ("{{not}}", "t:1:3: in `t` at `not`: `not` takes 1 argument, not 0"),
    ("{{and}}", "t:1:3: in `t` at `and`: `and` takes at least 1 argument, not 0"),
    ("{{len 1}}", "t:1:3: in `t` at `len 1`: a value of type int has no length"),
    ("{{len .nil}}", "t:1:3: in `t` at `len .nil`: nothing (nil) has no length"),
    ("{{len nil}}", "t:1:3: in `t` at `len nil`: nothing (nil) has no length"),
    ("{{index .l 9}}", "t:1:3: in `t` at `index .l 9`: index 9 is out of range: the length is 5"),
    ("{{index .l -1}}", "t:1:3: in `t` at `index .l -1`: index -1 is out of range: the length is 5"),
    (r#"{{index .l "a"}}"#, r#"t:1:3: in `t` at `index .l "a"`: an index is an integer, not of type string"#),
    ("{{index .l .n}}", "t:1:3: in `t` at `index .l .n`: an index is an integer, not of type float64"),
    ("{{index .m 1}}", "t:1:3: in `t` at `index .m 1`: the key of a map is a string, not of type int"),
    ("{{index .nil 1}}", "t:1:3: in `t` at `index .nil 1`: there is nothing to index: the value is nil"),
    ("{{index 1 1}}", "t:1:3: in `t` at `index 1 1`: a value of type int cannot be indexed"),
    (
        r#"{{index .m "nil" "x"}}"#,
        r#"t:1:3: in `t` at `index .m "nil" "x"`: there is nothing to index: the value is nil"#,
    ),
    ("{{slice .s 9}}", "t:1:3: in `t` at `slice .s 9`: index 9 is out of range: the length is 4"),
    ("{{slice .s 3 1}}", "t:1:3: in `t` at `slice .s 3 1`: a slice cannot go from 3 to 1"),
    ("{{slice .s 0 1 2}}", "t:1:3: in `t` at `slice .s 0 1 2`: a string cannot be sliced with 3 indexes"),
    ("{{slice .l 0 1 2 3}}", "t:1:3: in `t` at `slice .l 0 1 2 3`: `slice` takes at most 3 indexes, not 4"),
    ("{{slice .nil}}", "t:1:3: in `t` at `slice .nil`: there is nothing to slice: the value is nil"),
    (
        "{{slice .m 1}}",
        "t:1:3: in `t` at `slice .m 1`: a value of type map[string]interface {} cannot be sliced",
    ),
    ("{{printf 1}}", "t:1:10: in `t` at `1`: the argument must be of type string, which `1` is not"),
    ("{{printf}}", "t:1:3: in `t` at `printf`: `printf` takes at least 1 argument, not 0"),
    ("{{call nil}}", "t:1:3: in `t` at `call nil`: there is no function to call"),
    ("{{call 1}}", "t:1:3: in `t` at `call 1`: a value of type int is no function to call"),
    ("{{range .s}}{{end}}", "t:1:9: in `t` at `.s`: a value of type string has no elements"),
    ("{{range .n}}{{end}}", "t:1:9: in `t` at `.n`: a value of type float64 has no elements"),
    ("{{range true}}{{end}}", "t:1:9: in `t` at `true`: a value of type bool has no elements"),
    (
        "{{range $i, $x := 3}}{{end}}",
        "t:1:9: in `t` at `$i, $x := 3`: a number gives one variable for each element, not two",
    ),
    (r#"{{template "nope"}}"#, r#"t:1:12: in `t` at `template "nope"`: template `nope` is not defined"#),
    (r#"{{include "nope" .}}"#, r#"t:1:3: in `t` at `include "nope" .`: template `nope` is not defined"#),
    (r#"{{or (fail "a") 1}}"#, r#"t:1:7: in `t` at `fail "a"`: a"#),
    ("{{if or true ($x := 1)}}{{$x}}{{end}}", "t:1:27: in `t` at `$x`: variable `$x` is not defined"),
    (
        r#"{{tpl "{{" .}}"#,
        r#"t:1:3: in `t` at `tpl "{{" .`: tpl:1:3: the action has no end: `}}` is missing"#,
    ),
    (
        r#"{{tpl "{{.s.a}}" .}}"#,
        r#"t:1:3: in `t` at `tpl "{{.s.a}}" .`: tpl:1:3: in `tpl` at `.s.a`: `.s` is of type string, which has no field `a`"#,
    ),
    (
        r#"{{define "a"}}{{.s.a}}{{end}}{{template "a" .}}"#,
        r#"t:1:41: in `t` at `template "a" .`: t:1:17: in `a` at `.s.a`: `.s` is of type string, which has no field `a`"#,
    ),
    (
        r#"{{define "a"}}{{.s.a}}{{end}}{{include "a" .}}"#,
        r#"t:1:32: in `t` at `include "a" .`: t:1:17: in `a` at `.s.a`: `.s` is of type string, which has no field `a`"#,
    ),
    (
        r#"{{define "a"}}{{fail "deep"}}{{end}}{{define "b"}}{{include "a" .}}{{end}}{{include "b" .}}"#,
        r#"t:1:77: in `t` at `include "b" .`: t:1:53: in `b` at `include "a" .`: t:1:17: in `a` at `fail "deep"`: deep"#,
    ),
];

#[test]
fn errors_name_place_piece_and_callers() {
    for (template, message) in CASES {
        assert_eq!(render(template).as_ref().map_err(String::as_str), Err(*message), "{template}");
    }
}

#[test]
fn places_are_lines_and_columns() {
    for (template, message) in [
        ("a\nb {{.s.x}}", "t:2:5: in `t` at `.s.x`: `.s` is of type string, which has no field `x`"),
        ("é{{\n  nope}}", "t:2:3: function `nope` is not defined"),
        (
            "{{print\n\n`a",
            "t:3:1: the raw string has no closing backquote, in the action that begins on line 1",
        ),
        ("{{if 1}}\n\n", "t:1:3: `if` has no `end`"),
        (
            "{{- /* a\n*/ -}}\n{{.s.x}}",
            "t:3:3: in `t` at `.s.x`: `.s` is of type string, which has no field `x`",
        ),
    ] {
        assert_eq!(render(template).as_ref().map_err(String::as_str), Err(message), "{template}");
    }
}

#[test]
fn a_long_chain_of_callers_is_cut_in_the_middle() {
    let template = "{{define `r`}}{{if .}}{{include `r` (slice . 1)}}{{else}}{{fail `end`}}{{end}}{{end}}{{include `r` `012345678901234567890`}}";
    let message = render(template).expect_err("a failure");
    assert!(message.contains("… 12 more …") && message.ends_with("at `fail `end``: end"), "{message}");
}
