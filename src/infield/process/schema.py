"""The published JSON Schema of map files, made from the values and the sentences under their fields."""

import ast
import inspect
from functools import cache
from types import ModuleType
from typing import Any

from infield.process.yaml_nodes import Place

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def map_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a map file."""
    from infield.process import values
    from infield.process.yaml_file import adapter

    schema = adapter().json_schema()
    sentences = field_sentences(values)
    for name, definition in {**schema["$defs"], "ProcessMap": schema}.items():
        for field, described in definition.get("properties", {}).items():
            described.pop("title", None)
            described["description"] = sentences[name][field]
    schema["$defs"]["Proof"] |= {"minProperties": 1, "maxProperties": 1}
    return {"$schema": DIALECT} | schema | {"title": "Infield sales process map"}


def schema_at(place: Place) -> dict[str, Any]:
    """Give the part of the schema that rules a place of a map file; an empty one where there is none."""
    whole = map_schema()
    part: dict[str, Any] = whole
    for step in place:
        part = _resolved(whole, part)
        part = part.get("items", {}) if isinstance(step, int) else part.get("properties", {}).get(step, {})
    return _resolved(whole, part)


def _resolved(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    for option in part.get("anyOf", [part]):
        if "$ref" in option:
            resolved: dict[str, Any] = whole["$defs"][option["$ref"].rsplit("/", 1)[-1]]
            return resolved
    return part


def field_sentences(module: ModuleType) -> dict[str, dict[str, str]]:
    """Give, by class, the sentence written under each field."""
    tree = ast.parse(inspect.getsource(module))
    return {node.name: _sentences(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _sentences(node: ast.ClassDef) -> dict[str, str]:
    sentences = {}
    for item, after in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(item, ast.AnnAssign)
            and isinstance(item.target, ast.Name)
            and isinstance(after, ast.Expr)
        ):
            assert isinstance(after.value, ast.Constant)  # noqa: S101  a field without a sentence fails here
            sentences[item.target.id] = str(after.value.value)
    return sentences
