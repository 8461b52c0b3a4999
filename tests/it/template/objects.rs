//! Things with fields and methods.

use std::any::Any;

use weft::template::{
    Args, Fault, Function, Functions, Kind, Map, MissingKey, Object, Options, Param, Scope, Set, Signature,
    Value,
};

/// As `.Files` is in charts: a map with methods.
struct Files(Map);

impl Object for Files {
    fn type_name(&self) -> &str {
        "engine.files"
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::Map(self.0.clone()))
    }

    fn method(&self, name: &str) -> Option<Signature> {
        matches!(name, "Get" | "Fail").then_some(Signature::fixed(&[Param::Str]))
    }

    fn call(&self, name: &str, _: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        match name {
            "Fail" => Err(args.str(0).into_owned().into()),
            _ => Ok(self.0.get(&args.str(0)).unwrap_or(Value::from(""))),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A struct that prints itself.
struct Version;

impl Object for Version {
    fn type_name(&self) -> &str {
        "*semver.Version"
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn fields(&self) -> Vec<(&str, Value)> {
        vec![("Major", Value::int64(1)), ("Meta", Value::from("m"))]
    }

    fn text(&self) -> Option<String> {
        Some("1.2.3".into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A struct that does not.
struct Pair;

impl Object for Pair {
    fn type_name(&self) -> &str {
        "main.Pair"
    }

    fn fields(&self) -> Vec<(&str, Value)> {
        vec![("A", Value::int(1)), ("B", Value::from("b"))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn render(template: &str) -> Result<String, String> {
    let data: Map = [
        ("Files", Value::object(Files([("a.txt", "A"), ("b.txt", "B")].into_iter().collect()))),
        ("Version", Value::object(Version)),
        ("Pair", Value::object(Pair)),
        ("add", function()),
    ]
    .into_iter()
    .collect();
    let mut functions = Functions::new();
    functions.add("version", Signature::fixed(&[Param::Object("*semver.Version")]), |_, _| Ok(Value::int(1)));
    let mut set = Set::new(functions);
    let options = Options { missing_key: MissingKey::Zero, ..Options::default() };
    let rendered = set.parse("t", template).and_then(|()| set.render("t", &data.into(), options));
    rendered.map(|text| text.to_str().into_owned()).map_err(|error| error.message)
}

fn function() -> Value {
    let signature = Signature::fixed(&[Param::Int, Param::Int]);
    Value::Function(Function::new(signature, |_, args| Ok(Value::int(args.int(0) + args.int(1)))).into())
}

#[test]
fn objects_have_fields_methods_and_elements() {
    for (template, output) in [
        ("{{.Files.Get \"a.txt\"}}", "A"),
        ("{{\"b.txt\" | .Files.Get}}", "B"),
        ("{{(.Files.Get \"nope\") | len}}", "0"),
        ("{{range $name, $text := .Files}}{{$name}}={{$text}};{{end}}", "a.txt=A;b.txt=B;"),
        ("{{len .Files}} {{index .Files \"a.txt\"}}", "2 A"),
        ("{{.Files}}", "map[a.txt:A b.txt:B]"),
        (
            "{{.Version}} {{.Version.Major}} {{printf \"%s %q %T\" .Version .Version .Version}}",
            "1.2.3 1 1.2.3 \"1.2.3\" *semver.Version",
        ),
        ("{{printf \"%d\" .Version}}", "&{1 %!d(string=m)}"),
        ("{{version .Version}}", "1"),
        ("{{.Pair}} {{printf \"%+v %#v\" .Pair .Pair}}", "{1 b} {A:1 B:b} main.Pair{A:1, B:\"b\"}"),
        ("{{if .Pair}}yes{{end}} {{eq .Pair.A 1}}", "yes true"),
        ("{{eq .Version .Version}}", "true"),
        ("{{call .add 1 2}}", "3"),
        ("{{2 | call .add 1}}", "3"),
    ] {
        assert_eq!(render(template).as_deref(), Ok(output), "{template}");
    }
}

#[test]
fn what_an_object_does_not_have_is_an_error() {
    for (template, message) in [
        ("{{.Files.Get}}", "`Get` takes 1 argument, not 0"),
        ("{{.Files.Get 1}}", "the argument must be of type string, which `1` is not"),
        ("{{.Files.Get .Pair}}", "the argument must be of type string, not main.Pair"),
        ("{{.Files.Fail \"why\"}}", "why"),
        ("{{.Version.Nope}}", "`.Version` is of type *semver.Version, which has no field `Nope`"),
        ("{{.Version.Major 1}}", "`Major` is no method and takes no arguments"),
        ("{{version .Pair}}", "the argument must be of type *semver.Version, not main.Pair"),
        ("{{range .Pair}}{{end}}", "a value of type main.Pair has no elements"),
        ("{{len .Pair}}", "a value of type main.Pair has no length"),
        ("{{.add}}", "a function cannot be printed"),
        ("{{call .add 1}}", "takes 2 arguments, not 1"),
        ("{{call .add 1 \"x\"}}", "the argument must be of type int, not string"),
        ("{{call .Pair}}", "a value of type main.Pair is no function to call"),
        ("{{call .nope}}", "there is no function to call"),
    ] {
        assert_eq!(render(template), Err(message.into()), "{template}");
    }
}
