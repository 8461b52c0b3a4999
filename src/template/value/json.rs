//! Values from JSON, the way by which all data reach a chart.

use super::{Map, Value};

impl From<&serde_json::Value> for Value {
    /// Every number becomes a float64, as where Helm reads a file of values.
    fn from(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Value::Nil,
            serde_json::Value::Bool(truth) => Value::Bool(*truth),
            serde_json::Value::Number(number) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::from(text.as_str()),
            serde_json::Value::Array(items) => items.iter().map(Value::from).collect::<Vec<_>>().into(),
            serde_json::Value::Object(entries) => Value::Map(
                entries.iter().map(|(key, value)| (key.as_str(), Value::from(value))).collect::<Map>(),
            ),
        }
    }
}
