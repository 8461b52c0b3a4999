//! Scalars: which style they take, and how each style is written.

use super::{Dialect, Place, Writer};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

/// What a text allows.
pub(super) struct Shape {
    pub(super) many_lines: bool,
    plain: bool,
    single: bool,
    literal: bool,
}

/// Longer lines are broken at the next space.
const WIDTH: usize = 80;

fn is_break(char: char) -> bool {
    matches!(char, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What go-yaml writes as it is. What lies beyond U+FFFF it escapes.
fn is_printable(char: char) -> bool {
    matches!(char, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}') && char != '\u{feff}'
}

impl Shape {
    pub(super) fn of(text: &str, dialect: Dialect) -> Shape {
        if text.is_empty() {
            return Shape { many_lines: false, plain: true, single: true, literal: false };
        }
        let mut special = false;
        let mut tab = false;
        let (mut break_space, mut space_break, mut many_lines) = (false, false, false);
        let mut before = None;
        for char in text.chars() {
            if char == '\t' && dialect == Dialect::V3 {
                tab = true;
            } else if !is_printable(char) {
                special = true;
            }
            many_lines |= is_break(char);
            break_space |= char == ' ' && before.is_some_and(is_break);
            space_break |= is_break(char) && before == Some(' ');
            before = Some(char);
        }
        let ends = |char: Option<char>| char.is_some_and(|char| char == ' ' || is_break(char));
        let blank_end = ends(text.chars().next()) || ends(text.chars().next_back());
        let plain = !blank_end && !break_space && !space_break && !special && !tab && !many_lines;
        Shape {
            many_lines,
            plain: plain && !has_indicators(text),
            single: !break_space && !space_break && !special && !tab,
            literal: !text.ends_with(' ') && !space_break && !special,
        }
    }
}

/// Whether there is something in a text that means something else where no quotes are.
fn has_indicators(text: &str) -> bool {
    if text.starts_with("---") || text.starts_with("...") {
        return true;
    }
    let blank = |char: Option<char>| char.is_none_or(|char| matches!(char, ' ' | '\t'));
    let mut before = None;
    for (at, char) in text.char_indices() {
        let next = text[at + char.len_utf8()..].chars().next();
        let indicates = match char {
            ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => {
                at == 0
            }
            '#' => before.is_none_or(|char| matches!(char, ' ' | '\t' | '\0') || is_break(char)),
            '?' | '-' => at == 0 && blank(next),
            ':' => blank(next),
            _ => false,
        };
        if indicates {
            return true;
        }
        before = Some(char);
    }
    false
}

/// What a next-line character (U+0085) inside JSON's quotes reads as in YAML: one folds to a space, more to newlines.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::new();
    let mut breaks = 0;
    for (i, part) in text.split('\u{85}').enumerate() {
        let inner = if i > 0 { part.trim_start_matches(' ') } else { part };
        breaks += usize::from(i > 0);
        if !inner.is_empty() || i == 0 {
            push_breaks(&mut folded, breaks);
            breaks = 0;
            folded.push_str(inner);
        }
    }
    push_breaks(&mut folded, breaks);
    folded
}

fn push_breaks(folded: &mut String, breaks: usize) {
    if breaks > 0 {
        folded.truncate(folded.trim_end_matches(' ').len());
    }
    match breaks {
        0 => {}
        1 => folded.push(' '),
        more => folded.extend(std::iter::repeat_n('\n', more - 1)),
    }
}

impl Writer {
    pub(super) fn scalar(&mut self, text: &str, style: Style, place: Place) {
        let shape = Shape::of(text, self.dialect);
        let style = match style {
            Style::Literal if place.simple_key || !shape.literal => Style::Double,
            Style::Plain if !shape.plain || (text.is_empty() && place.simple_key) => Style::Single,
            style => style,
        };
        let style = if style == Style::Single && !shape.single { Style::Double } else { style };
        let outer = self.indent;
        self.indent = Some(self.deeper(true));
        let folds = !place.simple_key && self.dialect == Dialect::V2;
        match style {
            Style::Plain => self.plain_scalar(text, folds),
            Style::Single => self.single_quoted(text, folds),
            Style::Double => self.double_quoted(text, folds),
            Style::Literal => self.literal(text),
        }
        self.indent = outer;
    }

    /// Whether to break the line at this space.
    fn folds_here(&self, folds: bool, after_space: bool, next: Option<char>) -> bool {
        folds && !after_space && self.column > WIDTH && next != Some(' ')
    }

    fn plain_scalar(&mut self, text: &str, folds: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        let mut after_space = false;
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            if char == ' ' && self.folds_here(folds, after_space, chars.peek().copied()) {
                self.indent_line();
            } else {
                self.put(char);
            }
            after_space = char == ' ';
        }
        (self.whitespace, self.indention) = (false, false);
    }

    fn single_quoted(&mut self, text: &str, folds: bool) {
        self.indicator("'", true, false);
        let (mut after_space, mut after_break) = (false, false);
        let mut chars = text.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let next = chars.peek().map(|next| next.1);
            if char == ' ' {
                match at > 0 && next.is_some() && self.folds_here(folds, after_space, next) {
                    true => self.indent_line(),
                    false => self.put(char),
                }
                after_space = true;
            } else if is_break(char) {
                if !after_break && char == '\n' {
                    self.line_break();
                }
                self.own_break(char);
                self.indention = true;
                after_break = true;
            } else {
                if after_break {
                    self.indent_line();
                }
                if char == '\'' {
                    self.put('\'');
                }
                self.put(char);
                self.indention = false;
                (after_space, after_break) = (false, false);
            }
        }
        self.indicator("'", false, false);
        (self.whitespace, self.indention) = (false, false);
    }

    /// A break as it stands in the text.
    fn own_break(&mut self, char: char) {
        match char {
            '\n' => self.line_break(),
            other => {
                self.out.push(other);
                self.column = 0;
            }
        }
    }

    fn double_quoted(&mut self, text: &str, folds: bool) {
        self.indicator("\"", true, false);
        // A byte order mark in front has everything escaped.
        let marked = text.starts_with('\u{feff}');
        let mut after_space = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let next = chars.peek().map(|next| next.1);
            if marked || !is_printable(char) || is_break(char) || char == '"' || char == '\\' {
                self.escape(char);
                after_space = false;
            } else if char == ' ' {
                if folds && !after_space && self.column > WIDTH && at > 0 && next.is_some() {
                    self.indent_line();
                    if next == Some(' ') {
                        self.put('\\');
                    }
                } else {
                    self.put(char);
                }
                after_space = true;
            } else {
                self.put(char);
                after_space = false;
            }
        }
        self.indicator("\"", false, false);
        (self.whitespace, self.indention) = (false, false);
    }

    fn escape(&mut self, char: char) {
        self.put('\\');
        let short = match char {
            '\0' => '0',
            '\u{7}' => 'a',
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{b}' => 'v',
            '\u{c}' => 'f',
            '\r' => 'r',
            '\u{1b}' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u{85}' => 'N',
            '\u{a0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => {
                let code = u32::from(char);
                let hex = match code {
                    0..=0xff => format!("x{code:02X}"),
                    0x100..=0xffff => format!("u{code:04X}"),
                    _ => format!("U{code:08X}"),
                };
                return hex.chars().for_each(|char| self.put(char));
            }
        };
        self.put(short);
    }

    fn literal(&mut self, text: &str) {
        self.indicator("|", true, false);
        if text.starts_with(|char| char == ' ' || is_break(char)) {
            self.indicator("2", false, false);
        }
        let mut ends = text.chars().rev().map(is_break);
        match (ends.next().unwrap_or(false), ends.next()) {
            (false, _) => self.indicator("-", false, false),
            (true, None | Some(true)) => self.indicator("+", false, false),
            (true, Some(false)) => {}
        }
        self.line_break();
        self.indention = true;
        self.whitespace = true;
        let mut after_break = true;
        for char in text.chars() {
            if is_break(char) {
                self.own_break(char);
                self.indention = true;
            } else {
                if after_break {
                    self.indent_line();
                }
                self.put(char);
                self.indention = false;
            }
            after_break = is_break(char);
        }
    }
}
