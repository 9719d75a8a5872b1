"""How the fields that a list can be looked through stand together: by what they tell of a record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields under one heading, in their order; `fields`: their keys."""

    label: object
    fields: tuple[str, ...]
