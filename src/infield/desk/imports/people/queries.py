"""What the page of an import of organizations, contacts or leads shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from infield.accounts.models import User
from infield.desk.imports.people.doubles.queries import doubles_page
from infield.desk.imports.queries import Guessed, in_words
from infield.desk.imports.wording import KIND_NAMES
from infield.fields.models import Field
from infield.imports import wording
from infield.imports.models import Import, Landed
from infield.imports.people.queries import MODELS
from infield.imports.people.wording import DOUBLES, role_name

SHOWN = 200


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A record that stayed after undoing, because somebody worked on it."""

    name: str
    address: str


def people_context(imported: Import, user: User, page: int = 1) -> dict[str, Any]:
    """Give what the page shows beside what every import has; `page`: of the doubles. Twelve queries at most."""
    own = dict(Field.objects.filter(object_kind=imported.kind).values_list("key", "label"))
    guesses = imported.account.get("mapping", {}).get("guesses", [])
    roles = [one["role"] for one in guesses]
    return {
        "kind_name": KIND_NAMES[imported.kind],
        "guesses": [_guessed(one, own) for one in guesses],
        "heads": [role_name(role, own) for role in roles],
        "shown": [[row.get(role, "") for role in roles] for row in imported.account.get("shown", [])],
        "doubles": doubles_page(imported, user, page) if imported.state == "read" else None,
        "choices": [(key, *words) for key, words in DOUBLES.items()],
        "kept": _kept(imported, user),
    }


def _guessed(one: dict[str, Any], own: dict[str, str]) -> Guessed:
    return Guessed(
        role=role_name(one["role"], own),
        column=one["column"],
        confidence=in_words(wording.CONFIDENCES, one["confidence"]),
        reason=in_words(wording.REASONS, one["reason"]),
        samples=tuple(one["samples"]),
        is_weak=False,
    )


def _kept(imported: Import, user: User) -> list[KeptRow]:
    """Give the records that stayed after undoing, as far as the user may open them."""
    found: list[KeptRow] = []
    if not imported.kept:
        return found
    landed = Landed.objects.filter(imported=imported, record__in=imported.kept[:SHOWN])
    ids: dict[str, set[UUID]] = {}
    for kind, record in landed.values_list("kind", "record"):
        ids.setdefault(kind, set()).add(record)
    for kind, some in sorted(ids.items()):
        records = MODELS[kind].objects.visible_to(user).filter(pk__in=some).order_by("sort_key")
        found += [KeptRow(str(one), reverse(f"people:{kind}", args=[one.pk])) for one in records]
    return found
