//! `.Files`: the files of a chart that are neither templates nor metadata.

use std::any::Any;
use std::rc::Rc;

use super::glob;
use crate::chart::load::File;
use crate::template::{Args, Elem, Fault, List, Map, Object, Param, Scope, Signature, Str, Type, Value};

const FILES: Type = Type::new("engine.files", Elem::Bytes);

/// `.Files`.
pub(in crate::chart) struct Files(Map);

impl Files {
    pub(in crate::chart) fn new(files: &[File]) -> Self {
        let map = Map::of(FILES);
        for file in files {
            map.set(file.name.clone(), Value::Bytes(file.data.clone()));
        }
        Self(map)
    }

    fn bytes(&self, name: &str) -> Rc<[u8]> {
        match self.0.get(name) {
            Some(Value::Bytes(bytes)) => bytes,
            _ => Rc::new([]),
        }
    }

    /// Those whose paths fit. All of them where the pattern cannot be read, as in Helm.
    fn glob(&self, pattern: &str) -> Self {
        let fits = glob::compile(pattern);
        let map = Map::of(FILES);
        for (name, bytes) in self.0.entries() {
            if fits.as_ref().is_none_or(|fits| fits.is_match(&name)) {
                map.set(name, bytes);
            }
        }
        Self(map)
    }

    fn lines(&self, name: &str) -> Value {
        let bytes = self.bytes(name);
        let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let lines = text.split(|&byte| byte == b'\n').map(|line| Str::from_bytes(line.to_vec()));
        if self.0.has(name) {
            List::of_strings(lines).into()
        } else {
            List::of(Type::STRINGS, Vec::new()).into()
        }
    }

    /// The last names of the paths, and what `each` makes of the files, as YAML.
    fn flat(&self, each: impl Fn(&[u8]) -> Str) -> Result<Value, Fault> {
        let map = Map::of(Type::STRING_MAP);
        for (name, value) in self.0.entries() {
            if let Value::Bytes(bytes) = value {
                map.set(name.rsplit('/').next().unwrap_or(&name), each(&bytes));
            }
        }
        Ok(crate::chart::functions::to_yaml(&Value::Map(map)).into())
    }
}

impl Object for Files {
    fn type_name(&self) -> &str {
        FILES.name
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::Map(self.0.clone()))
    }

    fn method(&self, name: &str) -> Option<Signature> {
        match name {
            "Get" | "GetBytes" | "Glob" | "Lines" => Some(Signature::fixed(&[Param::Str])),
            "AsConfig" | "AsSecrets" => Some(Signature::fixed(&[])),
            _ => None,
        }
    }

    fn call(&self, name: &str, scope: &mut Scope<'_>, args: &Args<'_>) -> Result<Value, Fault> {
        let path = args.str(0);
        match name {
            "Get" => Ok(Str::from_bytes(self.bytes(&path).to_vec()).into()),
            "GetBytes" => Ok(Value::Bytes(self.bytes(&path))),
            "Glob" => Ok(Value::object(self.glob(&path))),
            "Lines" => Ok(self.lines(&path)),
            "AsConfig" => self.flat(|bytes| Str::from_bytes(bytes.to_vec())),
            _ => {
                scope.spend(self.0.entries().iter().map(|(_, value)| size(value) / 2).sum())?;
                self.flat(|bytes| base64(bytes).into())
            }
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn size(value: &Value) -> usize {
    if let Value::Bytes(bytes) = value { bytes.len() } else { 0 }
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}
