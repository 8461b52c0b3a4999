//! Values out of JSON, for `--set-json`.

use super::{Data, Setting, Table};
use crate::template::Str;

impl From<&serde_json::Value> for Setting {
    fn from(json: &serde_json::Value) -> Self {
        let data = match json {
            serde_json::Value::Null => Data::Null,
            serde_json::Value::Bool(truth) => Data::Bool(*truth),
            serde_json::Value::Number(number) => Data::Float(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Data::Text(Str::from(text.as_str())),
            serde_json::Value::Array(items) => Data::List(items.iter().map(Setting::from).collect()),
            serde_json::Value::Object(entries) => {
                let table = Table::new();
                entries.iter().for_each(|(key, value)| table.set(key.as_str(), value));
                Data::Table(table)
            }
        };
        data.into()
    }
}
