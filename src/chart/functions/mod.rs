//! The functions of Helm 3's templates: those of Sprig 3.3, and Helm's own.
//!
//! A file a family. What Helm gives to Go templates is in [`all`]; how a chart's own files and objects reach the
//! templates is not the concern of this module.

mod cast;
mod cert;
mod crypto;
mod decimal;
mod defaults;
mod dicts;
mod duration;
mod encode;
mod equal;
mod float;
mod helm;
mod json_in;
mod json_out;
mod layout;
mod lists;
mod math;
mod merge;
mod names;
mod paths;
mod random;
mod reflect;
mod regex;
pub mod semver;
mod strings;
mod time;
mod toml;
mod unicode;
mod url;
mod words;
mod yaml_in;
mod yaml_out;
mod yaml_scalar;
mod yaml_sort;

use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::template::{Args, Fault, Functions, Scope, Signature, Value};

/// Reads objects of a cluster: API version, kind, namespace, name. Without a name: the list of all.
pub type Lookup = dyn Fn(&str, &str, &str, &str) -> Result<Value, Fault>;

/// What functions need to know of the world.
#[derive(Clone)]
pub struct Options {
    /// The time that it is: `now`, `ago`, certificates.
    pub now: Timestamp,
    /// The zone that dates are written in.
    pub zone: TimeZone,
    /// What `lookup` asks; without a cluster it finds nothing.
    pub lookup: Option<Rc<Lookup>>,
}

impl Default for Options {
    /// The epoch, UTC, no cluster.
    fn default() -> Self {
        Self { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC, lookup: None }
    }
}

/// All functions that Helm 3 offers to templates.
///
/// ```
/// use weft::chart::functions::{Options, all};
/// use weft::template::{Set, Value};
///
/// let mut set = Set::new(all(&Options::default()));
/// set.parse("t", "{{ list 1 \"two\" | toYaml | nindent 2 }}")?;
/// assert_eq!(set.render("t", &Value::Nil, Default::default())?.to_str(), "\n  - 1\n  - two");
/// # Ok::<(), Box<weft::template::Error>>(())
/// ```
pub fn all(options: &Options) -> Functions {
    let mut functions = Functions::new();
    let families: [fn(&mut Functions); 15] = [
        crypto::add,
        defaults::add,
        dicts::add,
        encode::add,
        lists::add,
        math::add,
        names::add,
        paths::add,
        random::add,
        reflect::add,
        regex::add,
        semver::add,
        strings::add,
        url::add,
        words::add,
    ];
    families.into_iter().for_each(|add| add(&mut functions));
    time::add(&mut functions, options);
    cert::add(&mut functions, options);
    helm::add(&mut functions, options);
    functions
}

/// A value as `toYaml` writes it; nothing where Go's library fails.
pub(super) fn to_yaml(value: &Value) -> String {
    yaml_out::write(value, yaml_out::Dialect::V2).unwrap_or_default()
}

/// Adds one function under several names: Sprig has `must` forms, which fail where the others panic, both of which end
/// the rendering.
fn alias(
    functions: &mut Functions,
    names: &[&'static str],
    signature: Signature,
    body: fn(&mut Scope<'_>, &Args<'_>) -> Result<Value, Fault>,
) {
    names.iter().for_each(|name| functions.add(name, signature, body));
}
