"""What the form that asks what to look for offers."""

from dataclasses import dataclass

from infield.finding.filters import Condition, Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.fields.queries import Field
from infield.finding.lists.queries import Listing


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


def asked_for(listing: Listing, wish: Filter, around: Around) -> tuple[AskedFor, ...]:
    """Give every field that can be looked for by choosing; one that offers nothing is left out."""
    fields = listing.fields_for(around).values()
    found = (_asked_for(field, wish.of(field.key), around) for field in fields)
    return tuple(one for one in found if one.kind != "chosen" and (one.kind != "choices" or one.choices))


def chosen_in(listing: Listing, wish: Filter, around: Around) -> list[tuple[str, str]]:
    """Give the conditions that the form does not ask for and must keep."""
    fields = listing.fields_for(around)
    return [(one.field, one.text) for one in wish.conditions if fields[one.field].kind == "chosen"]


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
