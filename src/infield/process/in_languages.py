"""All texts of a map, wherever they stand in it."""

from collections.abc import Callable, Iterator
from dataclasses import Field, fields, is_dataclass, replace
from typing import Any, get_args

from infield.process.texts import Text
from infield.process.values import ProcessMap


def every_text(value: Any) -> Iterator[Text]:
    """Go through the texts of a map, or of a part of it, in the order of the file; a text may come twice."""
    for item in fields(value):
        content = getattr(value, item.name)
        if content and _is_text(item):
            yield content
        for part in content if isinstance(content, tuple) else (content,):
            if is_dataclass(part):
                yield from every_text(part)


def with_texts(process: ProcessMap, change: Callable[[Text], Text]) -> ProcessMap:
    """Give the map with each of its texts changed."""
    changed: ProcessMap = _changed(process, change)
    return changed


def _changed(value: Any, change: Callable[[Text], Text]) -> Any:
    if isinstance(value, tuple):
        return tuple(_changed(part, change) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    new = {}
    for item in fields(value):
        content = getattr(value, item.name)
        new[item.name] = change(content) if content and _is_text(item) else _changed(content, change)
    return replace(value, **new)


def _is_text(item: Field[Any]) -> bool:
    return item.type is Text or Text in get_args(item.type)
