"""What the generators of this folder share: the marks of the format, and the words that outlive a new release."""

import json

WORDS = " -- "


def compact(value):
    """JSON without blanks, so that it is one word of a line."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace(" ", "\\u0020")


def one_line(text):
    return text.replace("\n", "\u2424")


def words(path):
    """The words of a file by the path of their field: the type's name, then the fields' names."""
    found, above = {}, []
    for line in path.read_text().splitlines() if path.exists() else []:
        body, _, said = line.partition(WORDS)
        depth = (len(body) - len(body.lstrip())) // 2
        tokens = body.split()
        if not tokens or tokens[0].startswith(("@", "#")):
            continue
        name = tokens[1] if tokens[0] == "type" and depth == 0 else tokens[0].rstrip("!")
        above = above[:depth] + [name]
        if said:
            found[tuple(above)] = said
    return found


def head(kind, group, scope, names, short=(), categories=()):
    """What a definition says of a kind besides its versions; `names` are plural, singular and the list's kind."""
    lines = [f"kind {kind}", f"  group {group}" if group else None, f"  scope {scope}", f"  names {' '.join(names)}"]
    lines += [f"  {word} {' '.join(said)}" for word, said in (("short", short), ("categories", categories)) if said]
    return [line for line in lines if line]
