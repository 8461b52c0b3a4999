//! What a function takes, in Go's types.

/// The type of a parameter. Literals take it on (`1` for a `Float` is 1.0), other values must have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    /// Anything: Go's `interface {}`. Nothing arrives as `Nil`.
    Any,
    /// `string`
    Str,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `int64`
    Int64,
    /// `float64`
    Float,
    /// `map[string]interface {}`. Null arrives as `Nil`.
    Map,
    /// `[]interface {}`. Null arrives as `Nil`.
    List,
    /// `[]string`. Null arrives as `Nil`.
    Strings,
    /// `map[string]string`. Null arrives as `Nil`.
    StringMap,
    /// `[]byte`. Null arrives as `Nil`.
    Bytes,
    /// An object of this type: `time.Time`.
    Object(&'static str),
}

impl Param {
    /// Go's name of the type.
    pub fn name(self) -> &'static str {
        match self {
            Param::Any => "interface {}",
            Param::Str => "string",
            Param::Bool => "bool",
            Param::Int => "int",
            Param::Int64 => "int64",
            Param::Float => "float64",
            Param::Map => "map[string]interface {}",
            Param::List => "[]interface {}",
            Param::Strings => "[]string",
            Param::StringMap => "map[string]string",
            Param::Bytes => "[]uint8",
            Param::Object(name) => name,
        }
    }
}

/// What a function takes.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// The parameters that must be there.
    pub fixed: &'static [Param],
    /// The type of each that may follow: Go's `...interface {}`.
    pub rest: Option<Param>,
}

impl Signature {
    /// Exactly these.
    pub const fn fixed(fixed: &'static [Param]) -> Self {
        Self { fixed, rest: None }
    }

    /// These, and any number more of one type.
    pub const fn variadic(fixed: &'static [Param], rest: Param) -> Self {
        Self { fixed, rest: Some(rest) }
    }
}
