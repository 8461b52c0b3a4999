//! `.Capabilities`: what the cluster can do.

use std::any::Any;

use super::metadata::Fields;
use crate::chart::Capabilities;
use crate::chart::capabilities::KNOWN;
use crate::template::{Args, Elem, Fault, Kind, List, Object, Param, Scope, Signature, Type, Value};

const VERSION_SET: Type = Type::new("chartutil.VersionSet", Elem::Str);

/// `.Capabilities`.
pub(in crate::chart) fn capabilities(from: &Capabilities) -> Value {
    let known = KNOWN.iter().copied().chain(from.api_versions.iter().map(String::as_str));
    let versions = List::of(VERSION_SET, known.map(Value::from).collect());
    let kube = &from.kube_version;
    let kube_version =
        KubeVersion { version: kube.version.clone(), major: kube.major.clone(), minor: kube.minor.clone() };
    Value::object(Fields {
        name: "*chartutil.Capabilities",
        kind: Kind::Ptr,
        fields: vec![
            ("KubeVersion", Value::object(kube_version)),
            ("APIVersions", Value::object(VersionSet(versions))),
            (
                "HelmVersion",
                Value::object(Fields { name: "version.BuildInfo", kind: Kind::Struct, fields: build() }),
            ),
        ],
    })
}

/// The Helm that weft renders like.
fn build() -> Vec<(&'static str, Value)> {
    vec![
        ("Version", Value::from("v3.21")),
        ("GitCommit", Value::from("")),
        ("GitTreeState", Value::from("")),
        ("GoVersion", Value::from("go1.26.8")),
    ]
}

/// The methods of Go's that give the version itself.
const VERSION_METHODS: [&str; 2] = ["String", "GitVersion"];

struct KubeVersion {
    version: String,
    major: String,
    minor: String,
}

impl Object for KubeVersion {
    fn type_name(&self) -> &str {
        "chartutil.KubeVersion"
    }

    fn fields(&self) -> Vec<(&str, Value)> {
        let text = |text: &str| Value::from(text);
        vec![("Version", text(&self.version)), ("Major", text(&self.major)), ("Minor", text(&self.minor))]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        VERSION_METHODS.contains(&name).then(|| Signature::fixed(&[]))
    }

    fn call(&self, _: &str, _: &mut Scope<'_>, _: &Args<'_>) -> Result<Value, Fault> {
        Ok(Value::from(self.version.as_str()))
    }

    fn text(&self) -> Option<String> {
        Some(self.version.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct VersionSet(List);

impl Object for VersionSet {
    fn type_name(&self) -> &str {
        VERSION_SET.name
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::List(self.0.clone()))
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Has").then(|| Signature::fixed(&[Param::Str]))
    }

    fn call(&self, _: &str, _: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        let wanted = args.text(0);
        Ok(Value::Bool(self.0.iter().any(|version| version.as_text() == Some(&wanted))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
