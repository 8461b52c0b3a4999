//! The values of a tree of charts out of what users set and what charts default to: Helm 3.21, `chartutil/coalesce.go`.
//!
//! Two ways: to coalesce takes out what is null, to merge keeps it, so that a later step can tell "unset" from "absent".

use super::{Data, GLOBAL, Setting, Table};
use crate::chart::{Chart, Warnings};
use crate::error::{Error, Result};

/// What a chart and its subcharts see, nulls taken out.
pub(in crate::chart) fn coalesce(chart: &Chart, values: &Table, warnings: &mut Warnings) -> Result<Table> {
    run(chart, values, false, warnings)
}

/// The same, nulls kept.
pub(in crate::chart) fn merge(chart: &Chart, values: &Table, warnings: &mut Warnings) -> Result<Table> {
    run(chart, values, true, warnings)
}

/// Lays `over` on `under`, nulls kept. The result is `over`.
pub(in crate::chart) fn merge_tables(over: &Table, under: &Table, warnings: &mut Warnings) {
    Walk { keep_null: true, warnings }.tables(over, under, "", true);
}

fn run(chart: &Chart, values: &Table, keep_null: bool, warnings: &mut Warnings) -> Result<Table> {
    let values = values.deep_copy();
    Walk { keep_null, warnings }.chart(chart, &values, "")?;
    Ok(values)
}

struct Walk<'a> {
    keep_null: bool,
    warnings: &'a mut Warnings,
}

impl Walk<'_> {
    fn chart(&mut self, chart: &Chart, values: &Table, above: &str) -> Result<()> {
        let path = below(above, &chart.metadata.name);
        self.defaults(chart, values, &path);
        for subchart in &chart.dependencies {
            let name = subchart.metadata.name.as_str();
            let own = match values.get(name).map(|setting| setting.data) {
                None => {
                    let own = Table::new();
                    values.set(name, Data::Table(own.clone()));
                    own
                }
                Some(Data::Table(own)) => own,
                Some(other) => {
                    let message =
                        format!("`{path}.{name}` is {}; the values of a subchart are a table", other.kind());
                    return Err(Error::usage(message));
                }
            };
            self.globals(&own, values, &path);
            self.chart(subchart, &own, &path)?;
        }
        Ok(())
    }

    /// Lays what a chart defaults to under its values.
    fn defaults(&mut self, chart: &Chart, values: &Table, path: &str) {
        for (key, default) in chart.values.deep_copy().entries() {
            let Some(value) = values.get(&key) else {
                values.set(key, default);
                continue;
            };
            match (&value.data, &default.data) {
                (Data::Null, _) if !self.keep_null => values.unset(&key),
                (Data::Table(over), Data::Table(under)) => {
                    let is_subchart =
                        chart.dependencies.iter().any(|subchart| subchart.metadata.name == *key);
                    self.tables(over, under, &below(path, &key), self.keep_null || is_subchart);
                }
                (Data::Table(_), Data::Null) => {}
                (Data::Table(_), other) => {
                    self.warnings.add(format!(
                        "`{path}.{key}` is a table; the default, {}, is left out",
                        other.kind()
                    ));
                }
                _ => {}
            }
        }
    }

    /// Hands the globals of a chart on to a subchart, whose own come behind them.
    ///
    /// Tables are copied to the depth of one, as Helm copies them: what lies deeper, both share.
    fn globals(&mut self, own: &Table, above: &Table, path: &str) {
        let (Some(into), Some(from)) = (self.global(own, path), self.global(above, path)) else { return };
        for (key, setting) in from.entries() {
            let there = into.get(&key);
            match (&setting.data, there.as_ref().map(|there| &there.data)) {
                (Data::Table(table), None) => {
                    into.set(
                        key,
                        Setting { data: Data::Table(table.shallow_copy()), origin: setting.origin.clone() },
                    );
                }
                (Data::Table(table), Some(Data::Table(there))) => {
                    let over = table.shallow_copy();
                    self.tables(&over, there, &below(path, &key), true);
                    into.set(key, Setting { data: Data::Table(over), origin: setting.origin.clone() });
                }
                (Data::Table(_), Some(there)) => {
                    self.warnings.add(format!(
                        "`{path}.global.{key}` is a table and does not replace {}",
                        there.kind()
                    ));
                }
                (_, Some(Data::Table(_))) => {
                    self.warnings.add(format!("`{path}.global.{key}` does not replace a table"));
                }
                _ => into.set(key, setting),
            }
        }
        own.set(GLOBAL, Data::Table(into));
    }

    fn global(&mut self, values: &Table, path: &str) -> Option<Table> {
        match values.get(GLOBAL).map(|setting| setting.data) {
            None => Some(Table::new()),
            Some(Data::Table(table)) => Some(table),
            Some(other) => {
                let message =
                    format!("`{path}`: `global` is {} and no table; globals are not handed on", other.kind());
                self.warnings.add(message);
                None
            }
        }
    }

    fn tables(&mut self, over: &Table, under: &Table, path: &str, keep_null: bool) {
        let originals = under.entries();
        // Null stands above whatever lies below it, also for those who share the lower table.
        for (key, setting) in over.entries() {
            if setting.data.is_null() {
                under.set(key, setting);
            }
        }
        for (key, original) in originals {
            let Some(value) = over.get(&key) else {
                over.set(key, original);
                continue;
            };
            match (&value.data, &original.data) {
                (Data::Null, Data::Null) => {}
                (Data::Null, _) if !keep_null => over.unset(&key),
                (Data::Null, _) => {}
                (Data::Table(over), Data::Table(under)) => {
                    self.tables(over, under, &below(path, &key), keep_null)
                }
                (_, Data::Table(_)) => {
                    self.warnings.add(format!(
                        "`{}` is {}; a table lies below it",
                        below(path, &key),
                        value.data.kind()
                    ));
                }
                (Data::Table(_), Data::Null) => {}
                (Data::Table(_), other) => {
                    self.warnings.add(format!(
                        "`{}` is a table; {} lies below it",
                        below(path, &key),
                        other.kind()
                    ));
                }
                _ => {}
            }
        }
    }
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
