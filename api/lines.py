"""What the generators of this folder share: they say what they know as OpenAPI does, and this writes the lines."""

import json
import sys

WORDS = " -- "
LIMITS = [  # JSON Schema's name, ours
    ("minimum", "min"), ("maximum", "max"), ("minLength", "minLength"), ("maxLength", "maxLength"),
    ("minItems", "minItems"), ("maxItems", "maxItems"), ("minProperties", "minProps"), ("maxProperties", "maxProps"),
    ("format", "format"), ("x-kubernetes-list-type", "list"), ("x-kubernetes-map-type", "map"),
]
FLAGS = [("nullable", "nullable"), ("x-kubernetes-preserve-unknown-fields", "preserve"),
         ("x-kubernetes-embedded-resource", "embedded"), ("deprecated", "deprecated")]
HANDLED = {"type", "properties", "items", "additionalProperties", "required", "enum", "default", "pattern",
           "oneOf", "anyOf", "allOf", "not", "x-kubernetes-validations", "x-kubernetes-list-map-keys",
           "x-kubernetes-int-or-string", "description", "title", "$ref", "x-since", "x-until", "x-at-most-one"}
HANDLED |= {name for name, _ in LIMITS + FLAGS}
BEHIND_SHORT_FORMS = {"default", "deprecated", "x-since", "x-until"}  # what is said of `[]T` needs no further line
INT_OR_STRING = [{"type": "integer"}, {"type": "string"}]
WORTHY = ("oneOf", "allOf", "x-kubernetes-validations")
KNOWN = {  # by fields, or by the first rule
    frozenset(["exact", "prefix", "regex"]): "StringMatch",
    "duration(self) >= duration('1ms')": "Duration",
}
RULE_PARTS = ["message", "messageExpression", "reason", "fieldPath", "optionalOldSelf"]


def compact(value):
    """JSON without blanks, so that it is one word of a line."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace(" ", "\\u0020")


def one_line(text):
    return text.replace("\n", "\u2424")


def canonical(schema):
    return json.dumps(schema, sort_keys=True)


def children(schema):
    yield from ((name, child) for name, child in schema.get("properties", {}).items())
    if "items" in schema:
        yield "[]", schema["items"]
    if isinstance(schema.get("additionalProperties"), dict):
        yield "{}", schema["additionalProperties"]


class Names:
    """Objects that stand in several places of a file get a name, and stand once."""

    def __init__(self, roots):
        self.uses, self.hint, self.names, self.taken = {}, {}, {}, set()
        seen = set()
        todo = [("", root) for root in roots]
        while todo:
            _, schema = todo.pop()
            for name, child in children(schema):
                key = canonical(child)
                self.uses[key] = self.uses.get(key, 0) + 1
                self.hint.setdefault(key, None)
                if self.hint[key] is None and name not in ("[]", "{}"):
                    self.hint[key] = name
                if key not in seen:
                    seen.add(key)
                    todo.append((name, child))

    @staticmethod
    def is_worth_a_name(schema):
        return len(schema.get("properties", {})) > 1 or any(key in schema for key in WORTHY)

    @staticmethod
    def sign(schema):
        """What tells a type whose first field has a name that would mislead."""
        rules = schema.get("x-kubernetes-validations") or [{"rule": ""}]
        return frozenset(schema.get("properties", [])) or rules[0]["rule"]

    def name(self, field, schema):
        """The name of a schema that deserves one, and whether this is where it is met first."""
        key = canonical(schema)
        if self.uses.get(key, 0) < 2 or not self.is_worth_a_name(schema):
            return None, False
        if key in self.names:
            return self.names[key], False
        base = KNOWN.get(self.sign(schema)) or self.hint[key] or field
        base = base[:1].upper() + base[1:]
        name, number = base, 2
        while name in self.taken:
            name, number = f"{base}{number}", number + 1
        self.names[key] = name
        self.taken.add(name)
        return name, True


class File:
    def __init__(self, words, roots):
        self.words, self.lines, self.lacking, self.pending = words, [], 0, []
        self.names = Names(roots)

    def type(self, name, schema):
        """A named type, then those that it was the first to name."""
        self.lines.append("")
        self.node(f"type {name}", schema, 0, [name], "")
        while self.pending:
            self.type(*self.pending.pop(0))

    def node(self, head, schema, depth, path, field):
        shape, said, inner = self.shape(schema, field) if depth else self.own_shape(schema, field)
        words = self.words.get(tuple(path), "")
        if depth and path[-1] not in ("[]", "{}"):
            self.lacking += not words
        line = "  " * depth + " ".join([head, shape] + said)
        self.lines.append(line + (WORDS + words if words else ""))
        if inner:
            self.inside(schema, depth + 1, path, shape, field)

    def shape(self, schema, field):
        """The word for a type, its attributes, and whether lines below have more of it."""
        name, first = self.names.name(field, schema)
        if name:
            if first:
                self.pending.append((name, schema))
            return name, [], False
        return self.own_shape(schema, field)

    def own_shape(self, schema, field):
        said = self.attributes(schema)
        if "$ref" in schema:
            return schema["$ref"], said, False
        if schema.get("x-kubernetes-int-or-string"):
            return "int-or-string", said, True
        kind = schema.get("type")
        rest = set(schema) - {"type", "items", "additionalProperties"} - BEHIND_SHORT_FORMS
        if kind == "array" and not rest:
            short = self.short(schema["items"], field)
            if short:
                return f"[]{short}", said, False
        values = schema.get("additionalProperties")
        if kind == "object" and isinstance(values, dict) and "properties" not in schema:
            short = self.short(values, field)
            return ("map", said, True) if rest or not short else ("{}" + short, said, False)
        return {"array": "list", None: "any"}.get(kind, kind), said, True

    def short(self, schema, field):
        """The word for a type of which there is nothing else to say."""
        word, said, inner = self.shape(schema, field)
        return word if self.is_bare(schema) or not said and not inner else None

    def is_bare(self, schema):
        return set(schema) == {"type"} and schema["type"] not in ("object", "array")

    def attributes(self, schema):
        unknown = set(schema) - HANDLED
        if unknown:
            sys.exit(f"a schema has {sorted(unknown)}, which this format cannot say")
        said = [ours for name, ours in FLAGS if schema.get(name)]
        said += [f"{ours}={schema[name]}" for name, ours in LIMITS if name in schema]
        if "x-kubernetes-list-map-keys" in schema:
            said.append("keys=" + ",".join(schema["x-kubernetes-list-map-keys"]))
        said += [f"{key[2:]}={schema[key]}" for key in ("x-since", "x-until") if key in schema]
        if "enum" in schema:
            said.append("enum=" + "|".join(str(value) for value in schema["enum"]))
        if "default" in schema:
            said.append("default=" + compact(schema["default"]))
        return said

    def inside(self, schema, depth, path, shape, field):
        margin = "  " * depth
        if "pattern" in schema:
            self.lines.append(f"{margin}@pattern {schema['pattern']}")
        self.groups(schema, margin)
        for rule in schema.get("x-kubernetes-validations", []):
            self.lines.append(f"{margin}@rule {one_line(rule['rule'])}")
            for part in RULE_PARTS:
                if part in rule:
                    self.lines.append(f"{margin}@{part} {one_line(str(rule[part]))}")
        required = set(schema.get("required", []))
        for name in sorted(required - set(schema.get("properties", {}))):
            self.lines.append(f"{margin}@required {name}")
        for name, child in sorted(children(schema)):
            head = name + "!" * (name in required)
            self.node(head, child, depth, path + [name], name if name not in ("[]", "{}") else field)

    def groups(self, schema, margin):
        """oneOf and its kin: the usual forms by name, others as they are."""
        for part in schema.get("allOf", [schema]):
            one_of, fields = part.get("oneOf"), None
            if one_of:
                fields = required_only(one_of[1:] if "not" in one_of[0] else one_of)
            if one_of and fields and "not" not in one_of[0]:
                self.lines.append(f"{margin}@one-of {' '.join(fields)}")
            elif one_of and fields and one_of[0] == {"not": {"anyOf": one_of[1:]}}:
                self.lines.append(f"{margin}@at-most-one {' '.join(fields)}")
            elif one_of:
                self.lines.append(f"{margin}@schema {compact({'oneOf': one_of})}")
            if set(part) - {"oneOf"} and "allOf" in schema:
                sys.exit(f"allOf with {sorted(part)}, which this format cannot say")
        for fields in schema.get("x-at-most-one", []):
            self.lines.append(f"{margin}@at-most-one {' '.join(fields)}")
        rest = {key: schema[key] for key in ("anyOf", "not") if key in schema}
        if schema.get("x-kubernetes-int-or-string") and rest.get("anyOf") == INT_OR_STRING:
            del rest["anyOf"]
        elif schema.get("x-kubernetes-int-or-string"):
            self.lines.append(f"{margin}@bare")
        if rest:
            self.lines.append(f"{margin}@schema {compact(rest)}")


def required_only(branches):
    """The fields of branches that each ask for one field and nothing else."""
    fields = [branch["required"][0] for branch in branches
              if set(branch) == {"required"} and len(branch["required"]) == 1]
    return fields if len(fields) == len(branches) else None


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
