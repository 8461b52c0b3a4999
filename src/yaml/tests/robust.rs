//! Texts that are made to hurt: all of them end soon, and none ends the process.

use super::problems;

fn is_refused(text: &str, message: &str) {
    let found = problems(text);
    assert!(found[0].contains(message), "{:?}", &found[..1]);
}

#[test]
fn depth_is_limited() {
    for unit in ["[", "{a: ", "- ", "[{a: "] {
        is_refused(&unit.repeat(20_000), "nested more than 255 levels deep");
    }
    let steps: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    is_refused(&steps, "nested more than 255 levels deep");
}

#[test]
fn aliases_are_limited() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..9 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    is_refused(&bomb, "aliases expand to too many values");
    let mut tower = "a0: &a0 [x]\n".to_string();
    for level in 1..300 {
        tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    is_refused(&tower, "aliases nest this more than 255 levels deep");
}

#[test]
fn nothing_takes_long() {
    let many = 20_000;
    let units = [
        "a: ",
        "- ",
        "\"",
        "'",
        "---\n",
        "...\n",
        "&a ",
        "*a ",
        "!a ",
        "? ",
        "- &a x\n",
        "# c\n",
        "\n",
        " ",
        "\t",
        "a: |\n",
        "a: 1\n",
        "-\n",
        "a: [\n---\n",
        "a: [\n...\n",
        "%a\n",
        "%a\n---\n",
        "- !!str\n",
        "a: {{ x }}\n",
        "a: b\r",
        "- \"a\n",
        "[[],",
        "{\"a\":",
    ];
    for unit in units {
        super::parse(&unit.repeat(many));
    }
    for (head, unit) in
        [("a: \"", "x\n"), ("a: [", "x\n"), ("a: x", " "), ("a: |\n", "  x\n\n"), ("a: x\n", "  y\n")]
    {
        super::parse(&format!("{head}{}[\n{{{{ y", unit.repeat(many)));
    }
}
