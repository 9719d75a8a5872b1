"""Writing map files: a new one from values, or an existing one with its comments kept.

Only what differs from a field's default is written, in the order of the fields, so that a file stays as short
as its author would have it.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any

from infield.process.yaml_nodes import plain_scalar

if TYPE_CHECKING:
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import ScalarNode

    from infield.process.values import ProcessMap

LINE_WIDTH = 110


def write(process: "ProcessMap") -> str:
    """Give the map as the text of a map file; reading it gives an equal map."""
    return _dumped(_yaml(), plain(process))


def rewrite(text: str, process: "ProcessMap") -> str:
    """Give the map as a file again, with the comments and the order of `text`, an earlier form of it.

    Items of lists are followed by their `key` (or source and target); what is new is added at its place.
    """
    yaml = _yaml()
    document = yaml.load(text)
    _merge(document, plain(process))
    return _dumped(yaml, document)


def plain(value: Any) -> Any:
    """Give a value as dicts, lists and scalars, without the fields that have their default."""
    if is_dataclass(value):
        named = ((item, getattr(value, item.name)) for item in fields(value))
        return {item.name: plain(content) for item, content in named if content != _default(item)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _default(item: "Field[Any]") -> Any:
    if item.default_factory is not MISSING:
        return item.default_factory()
    return item.default


def _merge(old: Any, new: Any) -> Any:
    """Change `old` in place into `new` where both are of a kind, so that comments stay; else give `new`."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [name for name in old if name not in new]:
            del old[name]
        for name, content in new.items():
            old[name] = _merge(old[name], content) if name in old else content
        return old
    if isinstance(old, list) and isinstance(new, list):
        merged = _merged_items(list(old), new)
        # assigning the same items again would move their comments
        if [id(item) for item in merged] != [id(item) for item in old]:
            old[:] = merged
        return old
    return old if old == new and type(old) is not bool else new


def _merged_items(old: list[Any], new: list[Any]) -> list[Any]:
    """Give the new items, each merged into the first old one of its identity that no other has taken."""
    merged = []
    for item in new:
        place = next((n for n, former in enumerate(old) if _identity(former) == _identity(item)), None)
        merged.append(item if place is None else _merge(old.pop(place), item))
    return merged


def _identity(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return item.get("key") or tuple(item.get(name) for name in ("source", "target", "counts", "kind"))


def _yaml() -> "YAML":
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = LINE_WIDTH
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    for kind, representer in REPRESENTERS.items():
        yaml.representer.add_representer(kind, representer)
    return yaml


def _dumped(yaml: "YAML", data: Any) -> str:
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _text(representer: Any, text: str) -> "ScalarNode":
    """Quote whatever a reader of YAML 1.2 or 1.1 would take for something else than text."""
    style = None if plain_scalar(text) == text and text.lower() not in YAML_1_1_WORDS else '"'
    node: ScalarNode = representer.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


def _number(representer: Any, number: Decimal) -> "ScalarNode":
    whole = number == number.to_integral_value() and number.as_tuple().exponent == 0
    node: ScalarNode = representer.represent_scalar(
        f"tag:yaml.org,2002:{'int' if whole else 'float'}", f"{number:f}"
    )
    return node


def _day(representer: Any, day: date) -> "ScalarNode":
    node: ScalarNode = representer.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat())
    return node


YAML_1_1_WORDS = {"yes", "no", "on", "off", "y", "n"}
REPRESENTERS: dict[type, Callable[[Any, Any], "ScalarNode"]] = {str: _text, Decimal: _number, date: _day}
