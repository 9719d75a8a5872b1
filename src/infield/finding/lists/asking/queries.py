"""What the form that asks what to look for offers."""

from collections.abc import Mapping
from dataclasses import dataclass

from infield.finding.filters import Condition, Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.fields.queries import Field
from infield.finding.lists.groups import Group
from infield.finding.lists.queries import Listing
from infield.finding.lists.wording import OWN_FIELDS


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A field in the form that asks what to look for, filled with what is looked for now."""

    key: str
    label: object
    kind: str
    choices: tuple[tuple[str, str, bool], ...]
    least: str
    most: str
    text: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """The fields under one heading, and how many of them are looked for now."""

    label: object
    fields: tuple[AskedFor, ...]
    on: int
    is_open: bool


def asked_for(listing: Listing, wish: Filter, around: Around) -> tuple[AskedGroup, ...]:
    """Give every field that can be looked for by choosing, in the groups of the list, the company's own last.

    What offers nothing is left out. Open are the groups that are in use, and the first where none is.
    """
    known = listing.fields_for(around)
    groups = (*listing.groups, Group(OWN_FIELDS, tuple(one.key for one in around.own)))
    filled = ((group.label, _filled(group, known, wish, around)) for group in groups)
    shown = [(label, fields, sum(one.is_on for one in fields)) for label, fields in filled if fields]
    is_in_use = any(on for _label, _fields, on in shown)
    return tuple(
        AskedGroup(label, fields, on, is_open=bool(on) or (place == 0 and not is_in_use))
        for place, (label, fields, on) in enumerate(shown)
    )


def chosen_in(listing: Listing, wish: Filter, around: Around) -> list[tuple[str, str]]:
    """Give the conditions that the form does not ask for and must keep."""
    fields = listing.fields_for(around)
    return [(one.field, one.text) for one in wish.conditions if fields[one.field].kind == "chosen"]


def _filled(group: Group, known: Mapping[str, Field], wish: Filter, around: Around) -> tuple[AskedFor, ...]:
    found = (_asked_for(known[key], wish.of(key), around) for key in group.fields)
    return tuple(one for one in found if one.kind != "choices" or one.choices)


def _asked_for(field: Field, now: Condition | None, around: Around) -> AskedFor:
    chosen = now.values if now else ()
    offered = field.choices(around) if field.choices else ()
    return AskedFor(
        field.key,
        field.label,
        field.kind,
        tuple((key, name, key in chosen) for key, name in offered),
        now.least if now else "",
        now.most if now else "",
        ",".join(chosen),
        now is not None,
    )
