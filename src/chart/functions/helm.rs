//! Helm's own functions.

use super::yaml_out::{self, Dialect};
use super::{Options, yaml_in};
use crate::template::{Args, Fault, Functions, Map, Param, Scope, Signature, Str, Value};

const S: Param = Param::Str;
const ONE: Signature = Signature::fixed(&[Param::Any]);

/// Adds the functions.
pub(super) fn add(functions: &mut Functions, options: &Options) {
    functions.add("include", Signature::fixed(&[S, Param::Any]), |scope, args| {
        Ok(scope.include(&args.str(0), args.any(1))?.into())
    });
    functions.add("tpl", Signature::fixed(&[S, Param::Any]), tpl);
    functions.add("required", Signature::fixed(&[S, Param::Any]), |_, args| match args.any(1) {
        Value::Str(text) if text.is_empty() => Err(args.str(0).into_owned().into()),
        nothing if nothing.is_nil() => Err(args.str(0).into_owned().into()),
        value => Ok(value.clone()),
    });
    // Helm asks the name service only where its user lets it.
    functions.add("getHostByName", Signature::fixed(&[S]), |_, _| Ok("".into()));
    let lookup = options.lookup.clone();
    functions.add("lookup", Signature::fixed(&[S, S, S, S]), move |_, args| match &lookup {
        Some(lookup) => lookup(&args.str(0), &args.str(1), &args.str(2), &args.str(3)),
        None => Ok(Map::new().into()),
    });
    functions.add("toYaml", ONE, |_, args| {
        to_yaml(args, Dialect::V2).map(|text| text.unwrap_or_else(|| "".into()))
    });
    functions.add("toYamlPretty", ONE, |_, args| {
        to_yaml(args, Dialect::V3).map(|text| text.unwrap_or_else(|| "".into()))
    });
    // Helm 4's: charts for both ask for it where it is there.
    functions.add("mustToYaml", ONE, |_, args| {
        to_yaml(args, Dialect::V2)?.ok_or_else(|| "the value cannot be written as YAML".into())
    });
    yaml_in::add(functions);
    super::json_in::add(functions);
    super::toml::add(functions);
}

/// `None`: it cannot be written, for which Helm gives nothing.
fn to_yaml(args: &Args<'_>, dialect: Dialect) -> Result<Option<Value>, Fault> {
    Ok(yaml_out::write(args.any(0), dialect).map(Value::from))
}

/// Renders a text as a template. What is missing in it is printed as nothing, not as `<no value>`.
fn tpl(scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
    const MISSING: &str = "<no value>";
    let text = args.text(0);
    let Some(text) = text.as_str() else { return Err("the template is no text".into()) };
    let rendered = scope.render_text("gotpl", text, args.any(1))?;
    Ok(match rendered.as_str() {
        Some(text) if text.contains(MISSING) => Str::from(text.replace(MISSING, "")).into(),
        _ => rendered.into(),
    })
}
