//! The template engine: what Go makes of a template, weft makes of it too.

mod cases;
mod differential;
mod errors;
mod functions;
mod generate;
mod limits;
mod objects;
mod property;

use weft::template::{Error, MissingKey, Options, Set, Str, Value};

fn render_with(template: &str, data: &serde_json::Value, options: Options) -> Result<Str, Box<Error>> {
    let mut set = Set::new(functions::functions());
    set.parse("t", template)?;
    set.render("t", &Value::from(data), options)
}

fn with_missing_key(missing_key: MissingKey) -> Options {
    Options { missing_key, ..Options::default() }
}

/// Renders over the data of all cases.
fn render(template: &str) -> Result<String, String> {
    let rendered = render_with(template, &generate::data(), Options::default());
    rendered.map(|text| text.to_str().into_owned()).map_err(|error| error.to_string())
}

#[test]
fn templates_give_what_go_gives() {
    for (template, output) in cases::all() {
        assert_eq!(render(template).as_deref(), Ok(output), "{template}");
    }
}

#[test]
fn what_a_missing_key_gives_is_an_option() {
    use MissingKey::{Default, Error, Zero};
    let render = |template: &str, missing_key| {
        let rendered = render_with(template, &generate::data(), with_missing_key(missing_key));
        rendered.map(|text| text.to_str().into_owned()).map_err(|error| error.message)
    };
    for (template, key, output) in [
        ("{{.missing}}", Default, Ok("<no value>")),
        ("{{.missing}}", Zero, Ok("<no value>")),
        ("{{.missing}}", Error, Err("`.` has no key `missing`")),
        ("{{.missing.a}}", Default, Ok("<no value>")),
        ("{{.missing.a}}", Zero, Err("`.missing` is nil, so that it has no field `a`")),
        ("{{(.missing).a}}", Zero, Ok("<no value>")),
        ("{{(.nil).a}}", Error, Err("`(.nil)` is nil, so that it has no field `a`")),
        ("{{(split \"-\" \"p\")._7}}", Default, Ok("<no value>")),
        ("{{(split \"-\" \"p\")._7}}", Zero, Ok("")),
        ("{{if .missing}}{{else}}none{{end}}", Zero, Ok("none")),
        ("{{index .m \"nope\"}}", Error, Ok("<no value>")),
        ("{{$x := dict}}{{$x.a}}", Zero, Ok("<no value>")),
        ("{{with dict}}{{else}}{{.missing}}{{end}}", Error, Err("`.` has no key `missing`")),
    ] {
        assert_eq!(
            render(template, key),
            output.map(String::from).map_err(String::from),
            "{template} {key:?}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_come_through() {
    let rendered = render_with(r#"{{"\xff\xfe"}}{{slice .uni 1 2}}"#, &generate::data(), Options::default());
    assert_eq!(rendered.map(|text| text.as_bytes().to_vec()).ok(), Some(vec![0xff, 0xfe, 0xc3]));
}

#[test]
fn a_set_keeps_the_later_definition_unless_it_is_blank() {
    let mut set = Set::new(functions::functions());
    for (name, text) in [
        ("a", "{{define \"x\"}}first{{end}}{{template \"x\"}}"),
        ("b", "{{define \"x\"}}second{{end}}"),
        ("c", "{{define \"x\"}} {{/* nothing */}} {{end}}"),
    ] {
        set.parse(name, text).expect("a template");
    }
    let render =
        |name: &str| set.render(name, &Value::Nil, Options::default()).map(|text| text.to_str().into_owned());
    assert_eq!(render("a").as_deref().ok(), Some("second"));
    assert_eq!(render("c").as_deref().ok(), Some(""));
    assert!(set.has("x") && !set.has("y"));
    assert!(render("y").is_err());
}
