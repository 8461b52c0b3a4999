//! Makes templates up: from what a grammar allows, from tokens in any order, and formats with odd arguments.

use serde_json::{Value, json};

/// What all made-up templates are executed over.
pub(super) fn data() -> Value {
    json!({
        "s": "text", "empty": "", "uni": "héllo, 世界", "n": 3, "neg": -7.25, "big": 1234567.0, "zero": 0,
        "yes": true, "no": false, "nil": null,
        "l": [1, "two", null, [3, 4], {"k": "v"}], "el": [], "names": ["b", "a", "c"],
        "m": {"x": {"y": "deep", "l": [1, 2]}, "a": "A", "nil": null, "num": 5}, "em": {},
        "html": "<a href=\"x\">'&'</a>", "t": "{{.s}}-{{.n}}",
    })
}

/// Chooses, the same each time for one seed.
pub(super) struct Dice {
    state: u64,
    /// How many definitions lie around: each may call only those of the levels below, so that none calls itself.
    level: usize,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, level: 0 }
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    /// A template of one of the three sorts.
    pub(super) fn template(&mut self) -> String {
        match self.roll(10) {
            0 | 1 => self.tokens(),
            2..=4 => self.format(),
            _ => {
                let mut text = String::new();
                if self.roll(4) == 0 {
                    let body = self.definition(2);
                    text.push_str(&format!("{{{{define \"d\"}}}}{body}{{{{end}}}}"));
                }
                text + &self.block(3)
            }
        }
    }

    fn block(&mut self, depth: usize) -> String {
        (0..1 + self.roll(3)).map(|_| self.statement(depth)).collect()
    }

    fn definition(&mut self, depth: usize) -> String {
        self.level += 1;
        let body = self.block(depth);
        self.level -= 1;
        body
    }

    /// The name of a template that may be there.
    fn callee(&mut self) -> &'static str {
        match (self.level, self.roll(8)) {
            (0, 0..4) => "d",
            (0 | 1, 0..7) => "e",
            _ => "nope",
        }
    }

    fn action(&mut self, inside: &str) -> String {
        let open = self.pick(&["{{", "{{", "{{", "{{- ", "{{ "]);
        let close = self.pick(&["}}", "}}", "}}", " -}}", " }}"]);
        format!("{open}{inside}{close}")
    }

    fn statement(&mut self, depth: usize) -> String {
        if depth == 0 {
            let pipe = self.pipeline(1);
            return self.action(&pipe);
        }
        let pipe = self.pipeline(2);
        match self.roll(16) {
            0 | 1 => self.pick(&["text", " \n ", "\n", "  a  ", "-", "\t\n x"]).to_string(),
            2 => {
                let head = self.action(&format!("if {pipe}"));
                let body = self.block(depth - 1);
                let other = match self.roll(3) {
                    0 => format!("{{{{else}}}}{}", self.block(depth - 1)),
                    1 => format!("{{{{else if {}}}}}{}", self.pipeline(1), self.block(depth - 1)),
                    _ => String::new(),
                };
                head + &body + &other + &self.action("end")
            }
            3 | 4 => {
                let head = self.pick(&["", "", "$x := ", "$y := "]);
                let head = self.action(&format!("with {head}{pipe}"));
                let other = match self.roll(3) {
                    0 => format!("{{{{else}}}}{}", self.block(depth - 1)),
                    1 => format!("{{{{else with {}}}}}{}", self.pipeline(1), self.block(depth - 1)),
                    _ => String::new(),
                };
                head + &self.block(depth - 1) + &other + &self.action("end")
            }
            5..=7 => {
                let head = self.pick(&["", "", "$x := ", "$i, $x := ", "$x = ", "$x, $y = ", "$i, $i := "]);
                let over =
                    self.pick(&[".l", ".m", ".names", ".el", ".em", "3", ".nil", ".missing", "$", ".m.x.l"]);
                let over = if self.roll(4) == 0 { pipe } else { over.to_string() };
                let body = self.block(depth - 1);
                let jump = self.pick(&["", "", "", "{{break}}", "{{continue}}", "{{if .}}{{break}}{{end}}-"]);
                let other = if self.roll(3) == 0 { "{{else}}none" } else { "" };
                self.action(&format!("range {head}{over}")) + &body + jump + &body + other + "{{end}}"
            }
            8 => self.action(&format!("$x := {pipe}")),
            9 => self.action(&format!("$x = {pipe}")),
            10 => {
                let name = format!("{:?}", self.callee());
                let with = if self.roll(3) == 0 { String::new() } else { pipe };
                self.action(&format!("template {name} {with}"))
            }
            11 => {
                let name = ["\"d\"", "\"e\"", "`f`"][self.level.min(2)];
                let body = self.definition(depth - 1);
                format!("{{{{block {name} {pipe}}}}}{body}{{{{end}}}}")
            }
            12 => self
                .pick(&["{{/* c */}}", "{{- /* c */ -}}", "x {{- /* c */}} y", "{{/* c */ -}}  z"])
                .to_string(),
            _ => self.action(&pipe),
        }
    }

    fn pipeline(&mut self, depth: usize) -> String {
        let mut text = self.command(depth);
        while self.roll(4) == 0 {
            let next = self.pick(&[
                "print",
                "printf \"%v|\"",
                "upper",
                "len",
                "not",
                "html",
                "js",
                "urlquery",
                "eq 1",
                "or .s",
                "and .n",
                "index .l",
                "same",
                "list",
                "printf \"%d\"",
                "printf \"%q %s\" 1",
                "repeat 2",
                "dict \"k\"",
                ".s",
                "$",
                "half",
                "strings",
                "bytes",
                "split \",\"",
            ]);
            text.push_str(&format!(" | {next}"));
        }
        text
    }

    fn command(&mut self, depth: usize) -> String {
        if depth == 0 || self.roll(3) == 0 {
            return self.operand();
        }
        let arg = |dice: &mut Self| match dice.roll(3) {
            0 => format!("({})", dice.pipeline(depth - 1)),
            _ => dice.operand(),
        };
        let (a, b, c) = (arg(self), arg(self), arg(self));
        match self.roll(26) {
            0 => format!("eq {a} {b}"),
            1 => format!("ne {a} {b}"),
            2 => format!("{} {a} {b}", self.pick(&["lt", "le", "gt", "ge"])),
            3 => format!("and {a} {b} {c}"),
            4 => format!("or {a} {b} {c}"),
            5 => format!("not {a}"),
            6 => format!("len {a}"),
            7 => format!("index {a} {b}"),
            8 => format!("index {a} {b} {c}"),
            9 => format!("slice {a} {b}"),
            10 => format!("slice {a} {b} {c}"),
            11 => format!("print {a} {b} {c}"),
            12 => format!("println {a} {b}"),
            13 => format!("printf \"{}\" {a} {b}", self.verb()),
            14 => format!("({a}).{}", self.pick(&["a", "x", "x.y", "nope", "k"])),
            15 => format!("({a})"),
            16 => format!("dict \"x\" {a} \"k\" {b}"),
            17 => format!("list {a} {b}"),
            18 => format!(
                "{} {a}",
                self.pick(&["html", "js", "urlquery", "print", "same", "upper", "half", "not_ok"])
            ),
            19 => format!("include {:?} {a}", self.callee()),
            20 => format!(
                "tpl {} {a}",
                self.pick(&["\"<{{.}}>\"", ".t", "\"{{define `d`}}n{{end}}{{template `d`}}\""])
            ),
            21 => format!("eq {a} {b} {c}"),
            22 => format!("repeat {a} {b}"),
            23 => format!("int64 {a}"),
            24 => format!("{a} {b}"),
            _ => format!("set (dict \"a\" {a}) \"b\" {b}"),
        }
    }

    /// A number, mostly an odd one.
    fn number(&mut self) -> String {
        let sign = self.pick(&["", "", "-"]);
        let (whole, fraction) = (self.roll(10_000_000) >> self.roll(24), self.roll(1_000_000));
        match self.roll(5) {
            0 => format!("{sign}{whole}"),
            1 => format!("{sign}{whole}.{fraction}"),
            2 => format!("{sign}{whole}.{fraction}e{}", self.roll(40) as i64 - 20),
            3 => format!("{sign}{}.{}e{}", self.roll(10), self.roll(100), self.roll(620) as i64 - 320),
            _ => format!("{sign}0x{whole:x}.{fraction:x}p{}", self.roll(2200) as i64 - 1100),
        }
    }

    fn operand(&mut self) -> String {
        if self.roll(12) == 0 {
            return self.number();
        }
        self.pick(&[
            ".",
            "$",
            ".s",
            ".n",
            ".l",
            ".m",
            ".m.x",
            ".m.x.y",
            ".m.a",
            ".m.nil",
            ".m.nil.a",
            ".nil",
            ".nil.a",
            ".missing",
            ".missing.a.b",
            ".yes",
            ".no",
            ".empty",
            ".el",
            ".em",
            ".uni",
            ".neg",
            ".big",
            ".zero",
            ".html",
            ".names",
            "1",
            "0",
            "2",
            "-1",
            "1.0",
            "2.5",
            "1e3",
            "1e6",
            "0x1F",
            "0b11",
            "0o7",
            "1_000",
            "'a'",
            "'\\n'",
            "\"str\"",
            "\"\"",
            "`raw`",
            "\"\\x41\\u00e9\\xff\"",
            "true",
            "false",
            "nil",
            "$x",
            "$y",
            "$x.a",
            "$.s",
            "$.m.x.y",
            "(int64 3)",
            "(uint 3)",
            "(strings \"a\" \"b\")",
            "(bytes \"ab\")",
            "(split \"-\" \"p-q\")",
            "(split \"-\" \"p-q\")._0",
            "(split \"-\" \"p\")._7",
            "(list)",
            "(dict)",
            ".s.a",
            "1e21",
            "1e-7",
            "(half 1)",
            "(half .n)",
        ])
        .to_string()
    }

    fn verb(&mut self) -> String {
        let mut text = String::from("%");
        while self.roll(3) == 0 {
            text.push_str(self.pick(&["-", "+", "#", "0", " "]));
        }
        if self.roll(12) == 0 {
            text.push_str(self.pick(&["[1]", "[2]", "[3]", "[", "[x]", "[0]"]));
        }
        if self.roll(2) == 0 {
            text.push_str(self.pick(&["1", "5", "12", "*", "03", "70000"]));
        }
        if self.roll(3) == 0 {
            text.push_str(
                self.pick(&[".", ".0", ".1", ".3", ".10", ".20", ".1200", ".70000", ".*", ".[1]*"]),
            );
        }
        text + self.pick(&[
            "v", "v", "d", "s", "q", "x", "X", "o", "O", "b", "c", "U", "e", "E", "f", "F", "g", "G", "t",
            "T", "%", "w", "z", "é", "",
        ])
    }

    /// `printf` of one or two verbs.
    fn format(&mut self) -> String {
        let mut text = String::from("{{printf \"");
        for _ in 0..1 + self.roll(2) {
            text.push_str(self.pick(&["", "a ", "é"]));
            text.push_str(&self.verb());
        }
        text.push('"');
        for _ in 0..self.roll(4) {
            let mut operand = self.operand();
            while operand.starts_with("$x") || operand.starts_with("$y") {
                operand = self.operand();
            }
            text.push_str(&format!(" {operand}"));
        }
        text + "}}"
    }

    /// Tokens in any order, mostly nonsense.
    fn tokens(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.roll(12) {
            text.push_str(self.pick(&[
                "{{",
                "}}",
                "{{",
                "}}",
                "{{- ",
                " -}}",
                "{{-",
                "-}}",
                " ",
                "\n",
                "if",
                "else",
                "end",
                "{{end}}",
                "range",
                "with",
                "define \"a\"",
                "template \"a\"",
                "block",
                "break",
                "continue",
                ".",
                ".a",
                "$",
                "$x",
                ":=",
                "=",
                ",",
                "|",
                "(",
                ")",
                "1",
                "1.",
                "'a'",
                "'",
                "\"a\"",
                "\"",
                "`",
                "/*",
                "*/",
                "nil",
                "true",
                "print",
                "print 1",
                "nope",
                "{{if 1}}",
                "{{range 2}}",
                "{{.s}}",
                "+",
                "-",
                "0x",
                "é",
                "!",
                "text",
                "{{/* a */}}",
                "{{- /**/ -}}",
                "\\",
                "0b2",
                "1_",
                "089",
                "\t",
                "\r\n",
            ]));
        }
        text
    }
}
