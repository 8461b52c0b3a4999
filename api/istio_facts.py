"""Facts about Istio's configuration, a field a line (`path`, `type`, `default`, …), as OpenAPI."""

import re
import sys

SEGMENT = re.compile(r'"([^"]+)"|(\[\]|<key>|[^.\[\]]+)')
KEPT = "x-kubernetes-preserve-unknown-fields"
SCALARS = {
    "string": {"type": "string"}, "bool": {"type": "boolean"}, "BoolValue": {"type": "boolean"},
    "int": {"type": "integer"}, "int32": {"type": "integer", "format": "int32"},
    "int64": {"type": "integer", "format": "int64"}, "uint32": {"type": "integer", "format": "uint32"},
    "number": {"type": "number"}, "double": {"type": "number", "format": "double"},
    "duration": {"type": "string", "format": "duration"}, "enum": {"type": "string"},
    "int|string": {"$ref": "int-or-string"}, "any": {KEPT: True}, "object": {"type": "object", KEPT: True},
    "scalar": {"$ref": "any"}, "Global": {"$ref": "Global"},
}


def segments(path):
    return [quoted or plain for quoted, plain in SEGMENT.findall(path)]


class Node:
    """A field as the facts say it, and the fields in it."""

    def __init__(self):
        self.fact, self.inside = {}, {}

    def at(self, path):
        node = self
        for name in path:
            node = node.inside.setdefault({"<key>": "{}"}.get(name, name), Node())
        return node


def tree(facts):
    root = Node()
    for fact in facts:
        root.at(segments(fact["path"])).fact = fact
    return root


class Types:
    """Turns facts into OpenAPI. A message that stands in several places, and is the same in all, becomes a type."""

    def __init__(self, *roots, names=None):
        self.names, self.met, self.named = names or {}, {}, {}
        for root in roots:
            self.meet(root)

    def meet(self, node):
        for child in node.inside.values():
            said, place = bare(child.fact.get("type", ""))
            if said and said not in SCALARS:
                self.met.setdefault(said, []).append(child.at(place))
            self.meet(child)

    def object(self, node):
        schema = {"type": "object", "properties": {name: self.field(child) for name, child in node.inside.items()}}
        groups = {}
        for name, child in node.inside.items():
            groups.setdefault(child.fact.get("oneof"), []).append(name)
        alternatives = [sorted(names) for group, names in sorted(groups.items(), key=str) if group and len(names) > 1]
        return {**schema, "x-at-most-one": alternatives} if alternatives else schema

    def field(self, node):
        fact = node.fact
        schema = dict(self.typed(fact.get("type", ""), node, fact))
        if fact.get("default") not in (None, {}):
            schema["default"] = fact["default"]
        if fact.get("deprecated") or fact.get("saidDeprecated"):
            schema["deprecated"] = True
        return schema

    def typed(self, said, node, fact):
        """The schema for a type as the facts write it: `string[]`, `[]Patch`, `map<string,Network>`, `bool|null`."""
        if said.endswith("[]") or said.startswith("[]"):
            return {"type": "array", "items": self.typed(said.replace("[]", ""), node.at(["[]"]), fact)}
        if said.startswith("map"):
            values = re.split(r"string[,\]]", said)[1].rstrip(">")
            return {"type": "object", "additionalProperties": self.typed(values, node.at(["{}"]), fact)}
        if said.endswith("|null"):
            return {**self.typed(said[:-5], node, fact), "nullable": True}
        if said == "enum":
            return {"type": "string", "enum": fact["enum"]}
        if said == "open":
            return {**self.object(node), KEPT: True}
        if re.match(r"(v\d+|core|Values)\.|MeshConfig\.(MeshConfig|Network)$", said):
            return {"$ref": re.sub(r"^v\d+", "core", said)}
        return SCALARS.get(said) or self.message(said, node)

    def message(self, said, node):
        nodes = self.met.get(said, [node])
        schema = self.object(node)
        if said not in self.names and (len(nodes) < 2 or any(self.object(other) != schema for other in nodes)):
            return schema
        name = self.names.get(said) or said.rsplit(".", 1)[-1]
        if self.named.setdefault(name, schema) != schema:
            sys.exit(f"two types would be called {name}")
        return {"$ref": name}


def bare(said):
    """The name of a message without what makes a list or a map of it, and where its fields then are."""
    if "[]" in said:
        return said.replace("[]", ""), ["[]"]
    if said.startswith("map"):
        return re.split(r"string[,\]]", said)[1].rstrip(">"), ["{}"]
    return said, []
