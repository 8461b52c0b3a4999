//! Go's `text/template` as Go executes it: for Helm charts and for Istio's injection template.
//!
//! A [`Set`] holds parsed templates by name and the [`Functions`] that they may call; [`Set::render`] executes one over
//! a [`Value`]. Functions are handed a [`Scope`], through which `include` and `tpl` render in turn.
//!
//! ```
//! use weft::template::{Functions, Options, Set, Value};
//!
//! let mut set = Set::new(Functions::new());
//! set.parse("greeting", "{{range .names}}hello {{.}}\n{{end}}")?;
//! let data = Value::from(&serde_json::json!({"names": ["a", "b"]}));
//! assert_eq!(set.render("greeting", &data, Options::default())?.to_str(), "hello a\nhello b\n");
//! # Ok::<(), Box<weft::template::Error>>(())
//! ```

mod builtin;
mod error;
mod exec;
mod format;
mod function;
mod limits;
mod node;
mod parse;
mod quote;
mod set;
mod unicode;
mod value;

pub use error::{Caller, Error, Executing, Place};
pub use exec::Scope;
pub use format::{sprint, sprintf, sprintln};
pub use function::{Args, Fault, Function, Functions, Param, Signature};
pub use limits::{Limits, on_deep_stack};
pub use set::{MissingKey, Options, Set};
pub use value::{Elem, IntKind, Kind, List, Map, Object, Str, Type, UintKind, Value};
