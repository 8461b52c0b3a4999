//! `--set a.b[0].c=x`: Helm's grammar (3.21, `strvals/parser.go`), and two forms out of istioctl's users' scripts that
//! are errors to Helm: a comma splits only before another `key=`, and a dot may stand before an index.

use std::rc::Rc;

use super::{Data, Origin, Setting, Table};
use crate::template::Str;

/// What stands behind the equals sign.
#[derive(Clone, Copy)]
pub(super) enum Right<'a> {
    /// A boolean, null, a whole number, else a string.
    Typed,
    /// A string.
    Text,
    /// JSON.
    Json,
    /// The name of a file whose text it is.
    File(&'a dyn Fn(&str) -> Result<Vec<u8>, String>),
}

/// As in Helm.
const LONGEST_LIST: usize = 65_536;
const DEEPEST: usize = 30;

/// Lays what an argument sets on values.
pub(super) fn set(values: &Table, text: &str, right: Right<'_>, origin: &Origin) -> Result<(), String> {
    let mut parser = Parser { text, at: 0, right, origin };
    while parser.key(values, 0)? == End::Comma {}
    Ok(())
}

/// How an assignment ended.
#[derive(PartialEq, Eq)]
enum End {
    Comma,
    Text,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    right: Right<'a>,
    origin: &'a Origin,
}

/// What was read, unescaped, and the sign that ended it; `None` at the end of the text.
type Piece = (String, Option<char>);

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn until(&mut self, stops: &[char]) -> Piece {
        let mut piece = String::new();
        while let Some(next) = self.next() {
            match next {
                // What may not stand in a value without its stop is told below.
                ',' if stops == [','] && !self.begins_assignment() => piece.push(','),
                _ if stops.contains(&next) => return (piece, Some(next)),
                '\\' => match self.next() {
                    Some(escaped) => piece.push(escaped),
                    None => return (piece, None),
                },
                _ => piece.push(next),
            }
        }
        (piece, None)
    }

    /// Whether another `key=` follows, or nothing.
    fn begins_assignment(&self) -> bool {
        let mut escaped = false;
        for next in self.rest().chars() {
            match next {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '=' => return true,
                ',' => return false,
                _ => {}
            }
        }
        self.rest().is_empty()
    }

    fn setting(&self, data: Data) -> Setting {
        Setting { data, origin: Some(self.origin.clone()) }
    }

    fn put(&self, into: &Table, key: &str, data: Data) {
        if !key.is_empty() {
            into.set(key, self.setting(data));
        }
    }

    fn key(&mut self, into: &Table, depth: usize) -> Result<End, String> {
        let (key, stop) = self.until(&['=', '[', ',', '.']);
        match stop {
            None if key.is_empty() => Ok(End::Text),
            None | Some(',') => Err(format!("`{key}` has no value")),
            Some('.') if self.rest().starts_with('[') => {
                self.at += 1;
                self.indexed(into, &key, depth)
            }
            Some('.') => self.nested(into, &key, depth + 1),
            Some('[') => self.indexed(into, &key, depth),
            Some(_) => {
                let (data, end) = self.value()?;
                self.put(into, &key, data);
                Ok(end)
            }
        }
    }

    fn nested(&mut self, into: &Table, key: &str, depth: usize) -> Result<End, String> {
        if depth > DEEPEST {
            return Err(format!("keys nest more than {DEEPEST} deep"));
        }
        let inner = match into.get(key).map(|setting| setting.data) {
            None => Table::new(),
            Some(Data::Table(table)) => table,
            Some(other) => return Err(format!("`{key}` is {} and has no keys", other.kind())),
        };
        let end = self.key(&inner, depth)?;
        match inner.is_empty() {
            true if end == End::Comma => Err(format!("`{key}` has no value")),
            true => Ok(end),
            false => {
                self.put(into, key, Data::Table(inner));
                Ok(end)
            }
        }
    }

    fn indexed(&mut self, into: &Table, key: &str, depth: usize) -> Result<End, String> {
        let list = match into.get(key).map(|setting| setting.data) {
            None => Vec::new(),
            Some(Data::List(items)) => items.to_vec(),
            Some(other) => return Err(format!("`{key}` is {} and no list", other.kind())),
        };
        let (list, end) = self.item(list, key, depth)?;
        self.put(into, key, Data::List(list.into()));
        Ok(end)
    }

    /// `0]…` behind a bracket.
    fn item(
        &mut self,
        mut list: Vec<Setting>,
        key: &str,
        depth: usize,
    ) -> Result<(Vec<Setting>, End), String> {
        let index = self.index(key)?;
        let (between, stop) = self.until(&['[', '.', '=']);
        if !between.is_empty() {
            return Err(format!("`{between}` stands between the index of `{key}` and its value"));
        }
        let there = list.get(index).map(|setting| setting.data.clone());
        let (data, end) = match stop {
            None => return Ok((list, End::Text)),
            Some('=') => self.value()?,
            Some('[') => {
                let inner = match there {
                    None | Some(Data::Null) => Vec::new(),
                    Some(Data::List(items)) => items.to_vec(),
                    Some(other) => return Err(format!("`{key}[{index}]` is {} and no list", other.kind())),
                };
                let (inner, end) = self.item(inner, key, depth + 1)?;
                (Data::List(inner.into()), end)
            }
            Some(_) => {
                let inner = there.and_then(|data| data.as_table().cloned()).unwrap_or_default();
                let end = self.key(&inner, depth + 1)?;
                (Data::Table(inner), end)
            }
        };
        if list.len() <= index {
            list.resize(index + 1, Data::Null.into());
        }
        list[index] = self.setting(data);
        Ok((list, end))
    }

    fn index(&mut self, key: &str) -> Result<usize, String> {
        let (digits, stop) = self.until(&[']']);
        let index = digits.strip_prefix('+').unwrap_or(&digits).parse::<usize>();
        match index {
            Ok(index) if stop.is_some() && index <= LONGEST_LIST => Ok(index),
            Ok(index) if stop.is_some() => Err(format!("`{key}[{index}]`: the last index is {LONGEST_LIST}")),
            _ => Err(format!("`{digits}` is no index of `{key}`")),
        }
    }

    fn value(&mut self) -> Result<(Data, End), String> {
        if matches!(self.right, Right::Json) {
            return self.json();
        }
        if self.rest().starts_with('{') {
            self.at += 1;
            return self.list();
        }
        let (text, _) = self.until(&[',']);
        let data = self.single(text)?;
        // What is behind the end is asked for once more, as by Helm.
        Ok((data, End::Comma))
    }

    fn list(&mut self) -> Result<(Data, End), String> {
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.until(&[',', '}']);
            let Some(stop) = stop else { return Err("a list ends in `}`".to_owned()) };
            let data = self.single(text)?;
            items.push(self.setting(data));
            if stop == '}' {
                if self.rest().starts_with(',') {
                    self.at += 1;
                }
                return Ok((Data::List(items.into()), End::Comma));
            }
        }
    }

    fn json(&mut self) -> Result<(Data, End), String> {
        if self.skip_blank() {
            return Ok((Data::Null, End::Comma));
        }
        let mut stream = serde_json::Deserializer::from_str(self.rest()).into_iter::<serde_json::Value>();
        let json = match stream.next() {
            Some(Ok(json)) => json,
            Some(Err(error)) => return Err(format!("what stands behind `=` is no JSON: {error}")),
            None => return Err("no JSON stands behind `=`".to_owned()),
        };
        self.at += stream.byte_offset();
        self.skip_blank();
        Ok((Setting::from(&json).data, End::Comma))
    }

    /// Passes over spaces and a comma; whether that was all of this value.
    fn skip_blank(&mut self) -> bool {
        while let Some(next) = self.rest().chars().next() {
            if next != ',' && !next.is_whitespace() {
                return false;
            }
            self.at += next.len_utf8();
            if next == ',' {
                return true;
            }
        }
        true
    }

    fn single(&self, text: String) -> Result<Data, String> {
        Ok(match self.right {
            Right::Typed => typed(text),
            Right::Text | Right::Json => Data::Text(text.into()),
            Right::File(read) => Data::Text(Str::from_bytes(read(&text)?)),
        })
    }
}

fn typed(text: String) -> Data {
    match text.to_ascii_lowercase().as_str() {
        "true" => return Data::Bool(true),
        "false" => return Data::Bool(false),
        "null" => return Data::Null,
        "0" => return Data::Int(0),
        _ => {}
    }
    // Helm keeps what begins with a zero: phone numbers, modes of files.
    match text.parse::<i64>() {
        Ok(number) if !text.starts_with('0') => Data::Int(number),
        _ => Data::Text(Rc::<str>::from(text).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Provider, to_template};
    use super::*;
    use crate::source::Text;
    use crate::template::{Value, sprint};

    fn show(values: &Table) -> String {
        sprint(&[Value::Map(to_template(values))]).unwrap().to_str().into_owned()
    }

    fn sets(text: &str, right: Right<'_>) -> Result<String, String> {
        let provider = Provider { name: "--set".to_owned(), text: Text::new(text.to_owned()) };
        let values = Table::new();
        set(&values, text, right, &Origin { provider: Rc::new(provider), at: 0 })?;
        Ok(show(&values))
    }

    #[test]
    fn helms_grammar() {
        let typed = |text| sets(text, Right::Typed).unwrap();
        assert_eq!(typed("a=1,b.c=x,d[1].e=true"), "map[a:1 b:map[c:x] d:[<nil> map[e:true]]]");
        assert_eq!(typed("a\\.b=x\\,y,c={x,1},d="), "map[a.b:x,y c:[x 1] d:]");
        assert_eq!(typed("a=007,b=null,c=1e3,d=-5"), "map[a:007 b:<nil> c:1e3 d:-5]");
        assert_eq!(typed("a[0][1]=x"), "map[a:[[<nil> x]]]");
        assert_eq!(typed("a=1,"), "map[a:1]");
        assert_eq!(sets("a=1,b=true", Right::Text).unwrap(), "map[a:1 b:true]");
        assert_eq!(
            sets(r#"a={"b":[1,2]} ,c=null,d[0]="x""#, Right::Json).unwrap(),
            "map[a:map[b:[1 2]] c:<nil> d:[x]]"
        );
    }

    #[test]
    fn forms_of_istioctls_users() {
        let typed = |text| sets(text, Right::Typed).unwrap();
        assert_eq!(typed("ports=4,5,6,x=y"), "map[ports:4,5,6 x:y]");
        assert_eq!(typed("gateways.[0].k=1"), "map[gateways:[map[k:1]]]");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |text| sets(text, Right::Typed).unwrap_err();
        assert_eq!(wrong("a"), "`a` has no value");
        assert_eq!(wrong("a={x"), "a list ends in `}`");
        assert_eq!(wrong("a[x]=1"), "`x` is no index of `a`");
        assert_eq!(wrong("a[99999]=1"), "`a[99999]`: the last index is 65536");
        assert_eq!(wrong("a=1,a.b=2"), "`a` is a number and has no keys");
        assert!(wrong(&"a.".repeat(40)).starts_with("keys nest"));
    }
}
