"""Where in a document the fields stand that the API server names."""
import re

import yaml


def lines(text, fields):
    """The lines, from 1, of the fields, or of what is nearest above them: a missing field has no line."""
    root = yaml.compose(text, yaml.BaseLoader)
    return {line for field in fields for line in walk(root, field, root.start_mark.line + 1)}


def walk(node, path, above):
    path = path.lstrip(".")
    if isinstance(node, yaml.SequenceNode):
        index = re.match(r"\[(\d+)\]", path)
        if index and int(index.group(1)) < len(node.value):
            node, path = node.value[int(index.group(1))], path[index.end():]
            return walk(node, path, node.start_mark.line + 1)
        # The decoder of core kinds names no items.
        found = [walk(item, path, above) for item in node.value] if path and not index else []
        return set().union(*found) or {above}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            for name in (key.value, f"[{key.value}]"):
                if path == name or path.startswith((f"{name}.", f"{name}[")):
                    return walk(value, path[len(name):], key.start_mark.line + 1)
    return {above}
