"""Reading a change: which of its values are ids, and what an earlier event says that a later one replaces."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

FACTS = {
    "amount_changed": ("amount_minor", "currency"),
    "owner_changed": ("owner",),
    "next_step_set": ("due",),
    "stage_entered": ("stage",),
}
"""What an event of a kind replaces; of any other kind nothing is known to be replaced but a `field`."""


def ids_in(values: Iterable[Any]) -> set[UUID]:
    """Give the values that are written like ids.

    >>> ids_in(["01936b2e-0000-7000-8000-000000000001", "rep", 7, None])
    {UUID('01936b2e-0000-7000-8000-000000000001')}
    """
    return {found for value in values if isinstance(value, str) and (found := as_id(value))}


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def facts_of(kind: str, data: Mapping[str, Any], stage: str) -> dict[str, Any]:
    """Give what an event says a deal is from then on, by name; `stage` for the kinds that change it.

    >>> facts_of("field_changed", {"field": "expected_close", "value": "2026-12-01"}, "")
    {'expected_close': '2026-12-01'}
    """
    said = {name: data[name] for name in ("owner", "amount_minor", "currency", "due") if name in data}
    if kind == "field_changed" and "field" in data:
        said[data["field"]] = data.get("value")
    if kind == "stage_entered":
        said["stage"] = stage
    if kind == "activity_done":
        said["due"] = None
    return said


def replaced(kind: str, data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Give what stood before, of the facts that an event of this kind replaces."""
    names = (data.get("field", ""),) if kind == "field_changed" else FACTS.get(kind, ())
    return {name: known[name] for name in names if known.get(name) is not None}
