//! What lowered rules say, rule by rule.

use std::sync::{Arc, LazyLock};

use super::lower;
use crate::schema::read::read;
use crate::schema::types::{Schema, TypeRef};
use crate::source::FileId;

const TYPES: &str = r#"
type Thing object
  namespace string
  a.b-c string
  snake_case string
  two__lines string
  count integer
  ratio number
  port int-or-string
  flag boolean nullable
  none string nullable default="x"
  labels map
    {} string
  flags map
    {} boolean nullable
  names list
    [] string
  paths list
    [] Path
  path Path
  usual object default={"kind":"Prefix","paths":[{}],"labels":{"a":"b"}}
    kind string
    value string default="/"
    paths list
      [] Path
    labels map
      {} string
  time string format=duration
  data string format=byte
type Path object
  value string default="/"
"#;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| read(TYPES));

/// What a rule says of a value.
fn judge(rule: &str, value: &str) -> Option<bool> {
    let schema: &'static Schema = &SCHEMA;
    let of: TypeRef = schema.named("Thing")?;
    let tree = crate::yaml::parse(FileId::new(0), Arc::new(value.to_owned()));
    let node = tree.documents.first().and_then(|document| tree.root(document)).expect("a value");
    lower(rule).expect(rule).holds(of, node)
}

fn all(value: &str, holds: Option<bool>, rules: &[&str]) {
    for rule in rules {
        assert_eq!(judge(rule, value), holds, "{rule} of {value}");
    }
}

#[test]
fn fields_and_their_names() {
    let value = "{namespace: ns, a.b-c: x, snake_case: s, two__lines: z, flag: null, none: null, count: ~}";
    let rules = [
        "self.__namespace__ == 'ns'",
        "self.a__dot__b__dash__c == 'x'",
        "self.snake_case == 's' && self.two__underscores__lines == 'z'",
        // Null where it is a value is as good as absent, and keeps the default away.
        "!has(self.flag) && !has(self.none) && !has(self.count)",
    ];
    all(value, Some(true), &rules);
    all("{}", Some(true), &["self.none == 'x'", "!has(self.count)"]);
    // A key that is there twice is read as the last one.
    all(
        "{count: 1, count: 2, labels: {a: b, a: c}}",
        Some(true),
        &["self.count == 2", "size(self.labels) == 1"],
    );
}

#[test]
fn defaults() {
    let rules = [
        "has(self.usual) && self.usual.kind == 'Prefix'",
        "self.usual.value == '/'",
        "self.usual.paths.all(p, p.value == '/')",
        "'a' in self.usual.labels && !('b' in self.usual.labels)",
    ];
    all("{}", Some(true), &rules);
    all("{usual: null}", Some(true), &rules);
    all("{usual: {}}", Some(true), &["!has(self.usual.kind) && self.usual.value == '/'"]);
    all("{path: {}, paths: [{}]}", Some(true), &["self.path.value == '/' && self.paths[0].value == '/'"]);
}

#[test]
fn errors_are_absorbed_where_they_do_not_matter() {
    let right = [
        "self.count == 1 || true",
        "true || self.count == 1",
        "!(self.count == 1 && false)",
        "!(false && self.count == 1)",
        "['1', 'x'].exists(i, int(i) == 1)",
        "['x', '1'].exists(i, int(i) == 1)",
        "!['x', '1'].all(i, int(i) == 2)",
        "true ? true : self.count == 1",
    ];
    all("{}", Some(true), &right);
    let wrong = [
        "self.count == 1",
        "self.count != 1",
        "self.count == 1 || false",
        "true && self.count == 1",
        "['x', '1'].all(i, int(i) == 1)",
        "['x', '1'].exists(i, int(i) == 2)",
        "['x', '1'].exists_one(i, int(i) == 1)",
        "['1', 'x'].filter(i, int(i) == 1).size() > 0",
        "self.count == 1 ? true : true",
        "has(self.path.value)",
        "self.names[0] == 'a'",
        "9223372036854775807 + 1 > 0",
    ];
    all("{}", Some(false), &wrong);
    // What cannot be seen through might be what decides.
    all("{data: YQ==}", None, &["self.data == self.data", "self.count == 1 || self.data == self.data"]);
    all("{data: YQ==}", Some(true), &["has(self.data)", "self.data == self.data || true"]);
}

#[test]
fn texts() {
    let right = [
        "size('äb') == 2 && 'äb'.size() == 2",
        "'äbc'.substring(1) == 'bc' && 'äbc'.substring(0, 1) == 'ä' && 'a'.substring(1) == ''",
        "'a/b'.split('/')[1] == 'b' && ''.split('/').size() == 1",
        "'Ab'.lowerAscii() == 'ab' && 'a' + 'b' == 'ab' && 'a' < 'b'",
        r#"r"\d" == '\\d' && """a"b""" == 'a"b' && "\n" == '\n'"#,
        "'abc'.matches('b') && !'abc'.matches('^b')",
        "isIP('::1') && !isIP('::ffff:1.2.3.4') && !isIP('fe80::1%eth0') && !isIP('1.2.3.4/8')",
        "isURL('/a') && !isURL('a') && url('HTTP://a').getScheme() == 'http'",
    ];
    all("{}", Some(true), &right);
    all(
        "{}",
        Some(false),
        &["'a'.substring(2) == ''", "'ab'.substring(1, 0) == ''", "url('a').getScheme() == ''"],
    );
}

#[test]
fn numbers_and_durations() {
    let right = [
        "self.count == 3 && self.ratio == 3",
        "self.port == 'http' && self.port != 80",
        "1 + 2 - 4 == -1 && 0 < self.count && self.count <= 65535",
        "int('+07') == 7 && int(3) == 3",
        "duration('1h') > duration('59m59.9s') && duration(self.time) == duration('90s')",
        "self.count in [1, 3] && !(self.count in ['3']) && null == null && self.count != null",
    ];
    all("{count: 3, ratio: 3.0, port: http, time: 1m30s}", Some(true), &right);
    all(
        "{}",
        Some(false),
        &["int('') == 0", "int(' 1') == 1", "int('1.0') == 1", "duration('1' + '0') > duration('0')"],
    );
    // The API server's format takes days, which Go does not.
    all("{time: 1 day}", None, &["duration(self.time) > duration('1s')"]);
}

#[test]
fn maps_and_loops() {
    let value = "{labels: {a: x, b: null}, flags: {a: null}, names: [a, b, a], paths: [{}, {value: /b}]}";
    let right = [
        "self.labels.size() == 1 && self.flags.size() == 1 && !('b' in self.labels) && 'a' in self.flags",
        "self.labels.all(key, key == 'a') && self.labels.exists(key, key.size() == 1)",
        "self.names.exists_one(n, n == 'b') && !self.names.exists_one(n, n == 'a')",
        "self.names.filter(n, n == 'a').size() == 2",
        "self.paths.all(p, self.names.all(n, p.value != n && self.names.exists(m, m == n)))",
        // An inner name hides an outer one.
        "self.names.exists(n, self.paths.all(n, n.value.startsWith('/')))",
        "(has(self.path) ? self.labels : {}).size() == 0 && {}.all(k, false) && [].size() == 0",
        "self.paths[1].value == '/b'",
    ];
    all(value, Some(true), &right);
}

#[test]
fn rules_about_changes_say_nothing_of_new_objects() {
    all("{}", Some(true), &["self == oldSelf", "self.count > oldSelf.count"]);
    all("{}", Some(false), &["'oldSelf' == ''"]);
}

#[test]
fn the_unknown_is_not_lowered() {
    let rules = [
        "self.map(x, x) == []",
        "self.filter(x, true) == []",
        "self.all(k, v, true)",
        "b'a' == b'a'",
        "1.5 < 2.0",
        "0x10 == 16",
        "1u == 1u",
        "{'a': 1}.size() == 1",
        "self.name.matches(self.pattern)",
        r"self.name.matches('\\d')",
        "self.name.matches('[[a]]')",
        "self.name.matches('(')",
        "self.a__b == 1",
        "other.name == 1",
        "self.count * 2 == 2",
        "timestamp('') == self",
        "has(self)",
        "self.size(",
        "self..a",
        "'open",
        "self == 'a' 'b'",
        "",
    ];
    for rule in rules {
        assert!(lower(rule).is_none(), "{rule}");
    }
}
