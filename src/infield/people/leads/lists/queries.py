"""The list of leads: by what they can be looked for, and what it shows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Column, Part, Row, by, by_order, day
from infield.finding.lists.fields.queries import (
    Field,
    any_of,
    by_column,
    by_moments,
    by_words,
    due_choices,
    named,
)
from infield.finding.lists.queries import Listing
from infield.finding.lists.wording import DUE
from infield.people.leads.models import Lead
from infield.people.lists.parts.queries import (
    Things,
    common_columns,
    common_fields,
    consent_field,
    firm_columns,
    firm_fields,
    language_column,
    languages,
    plain,
    step_cell,
    usual,
    worded,
)
from infield.people.lists.reach.queries import consent_column
from infield.people.lists.wording import GROUPS, HANDED, LABELS, PROFILES, waits
from infield.people.models import HandOver
from infield.people.organizations.queries import right_of
from infield.people.words.wording import (
    DIRECTIONS,
    FITS,
    PROFILE_NAMES,
    REASON_NAMES,
    SOURCE_NAMES,
)

LOOKS = {"qualified": "is-good", "disqualified": "is-bad"}


def _steps() -> Any:
    return right_of(Lead, "activities")._default_manager.steps()


def _by_step(things: Things, asked: Condition, around: Around) -> Things:
    """Narrow by the day of what is planned next; `none`: somebody works on it and nothing is."""
    steps = _steps().filter(lead=OuterRef("pk"))
    found = {
        key: Q(Exists(steps.filter(meant))) for key, meant in due_choices("due_on", around.today).items()
    }
    open_ = Q(converted_at=None) & ~Q(profile="disqualified")
    return things.filter(any_of(asked, {**found, "none": open_ & ~Q(Exists(steps))}))


def _by_profile(things: Things, asked: Condition, _around: Around) -> Things:
    """Narrow by how far they are judged; `deal`: those that became one, which stand nowhere else."""
    meanings = {key: Q(profile=key, converted_at=None) for key in PROFILE_NAMES}
    meanings["deal"] = Q(converted_at__isnull=False)
    meanings["open"] = Q(converted_at=None) & ~Q(profile="disqualified")
    return things.filter(any_of(asked, meanings))


def _by_hand_over(things: Things, asked: Condition, around: Around) -> Things:
    """Narrow to those handed over and not answered yet."""
    waiting = HandOver.objects.filter(lead=OuterRef("pk"), accepted_at=None, returned_at=None)
    meanings = {"any": Q(Exists(waiting)), "mine": Q(Exists(waiting.filter(to=around.user)))}
    return things.filter(any_of(asked, meanings))


def _name(row: Row, _around: Around) -> Cell:
    company = row["company"] if row["person"] else ""
    return Cell(row["person"] or row["company"], "is-name", note=company)


def _waiting(ids: Sequence[UUID], _around: Around) -> dict[UUID, bool]:
    waiting = HandOver.objects.filter(lead__in=ids, accepted_at=None, returned_at=None)
    return dict.fromkeys(waiting.values_list("lead", flat=True), True)


def _profile(row: Row, _around: Around) -> Cell:
    note = waits() if row["gathered"]["profile"] else ""
    if row["converted_at"]:
        return Cell(str(PROFILES["deal"]), pill="is-good", note=note)
    name = str(PROFILE_NAMES.get(row["profile"], row["profile"]))
    return Cell(name, pill=LOOKS.get(row["profile"], "is-quiet"), note=note)


def _fit(row: Row, _around: Around) -> Cell:
    return Cell(str(FITS[row["fit"]]), f"is-fit-{row['fit']}")


def _planned(ids: Sequence[UUID], _around: Around) -> dict[UUID, tuple[str, Any]]:
    rows = _steps().filter(lead__in=ids).values_list("lead", "what", "due_on")
    return {lead: (what, on) for lead, what, on in rows}


def _step(row: Row, around: Around) -> Cell:
    what, on = row["gathered"]["step"] or ("", None)
    is_open = row["converted_at"] is None and row["profile"] != "disqualified" and row["archived_at"] is None
    address = reverse("desk:next_lead", args=[row["id"]]) if is_open and on is None else ""
    return step_cell(what, on, around, is_owed=is_open, address=address)


NAME_PARTS = tuple(
    Part(name, LABELS[name], lambda row, _around, name=name: row[name])  # type: ignore[misc]
    for name in ("person", "company")
)
"""In a file who it is and where stand apart, since of many leads only one of the two is known."""

LEADS = Listing(
    kind="lead",
    act="people",
    address="people:leads",
    things=Lead.objects.visible_to,
    usual=usual,
    groups=GROUPS["lead"],
    fields=common_fields(
        (
            Field("profile", LABELS["profile"], "choices", _by_profile, named(PROFILES)),
            Field("fit", LABELS["fit"], "choices", by_column("fit"), named(FITS)),
            Field("handed", LABELS["handed"], "choices", _by_hand_over, named(HANDED)),
            Field("source", LABELS["source"], "choices", by_column("source"), named(SOURCE_NAMES)),
            Field("direction", LABELS["direction"], "choices", by_column("direction"), named(DIRECTIONS)),
            Field("arrived", LABELS["arrived"], "days", by_moments("arrived_at")),
            Field("step", LABELS["step"], "choices", _by_step, named(DUE)),
            Field("reason", LABELS["reason"], "choices", by_column("disqualified_for"), named(REASON_NAMES)),
            consent_field("lead"),
            *firm_fields(Lead),
            Field("language", LABELS["language"], "choices", by_column("language"), languages),
            Field("company", LABELS["company"], "words", by_words("company")),
            Field("job_title", LABELS["job_title"], "words", by_words("job_title")),
            Field("website", LABELS["website"], "words", by_words("website")),
            Field("wanted", LABELS["wanted"], "words", by_words("wanted")),
        )
    ),
    columns=common_columns(
        (
            Column(
                "name",
                LABELS["name"],
                ("person", "company"),
                by("sort_key"),
                _name,
                is_certain=True,
                parts=NAME_PARTS,
            ),
            plain("company"),
            Column(
                "profile",
                LABELS["profile"],
                ("profile", "converted_at"),
                lambda _around: by_order("profile", list(PROFILE_NAMES)),
                _profile,
                gather=_waiting,
            ),
            Column(
                "fit",
                LABELS["fit"],
                ("fit",),
                lambda _around: by_order("fit", list(FITS)),
                _fit,
            ),
            worded("source", SOURCE_NAMES),
            worded("direction", DIRECTIONS),
            Column(
                "arrived",
                LABELS["arrived"],
                ("arrived_at",),
                by("arrived_at"),
                day("arrived_at"),
                is_certain=True,
            ),
            Column(
                "step",
                LABELS["step"],
                ("profile", "converted_at", "archived_at"),
                None,
                _step,
                gather=_planned,
            ),
            Column(
                "reason",
                LABELS["reason"],
                ("disqualified_for",),
                by("disqualified_for"),
                lambda row, _around: Cell(str(REASON_NAMES.get(row["disqualified_for"], ""))),
            ),
            plain("job_title"),
            plain("email"),
            plain("phone"),
            plain("website"),
            consent_column("lead"),
            *firm_columns(),
            language_column(),
            plain("wanted"),
        )
    ),
    default=("name", "profile", "fit", "source", "arrived", "step", "owner"),
    sort="-arrived",
    reads=("person", "company"),
    name=lambda row: str(row["person"] or row["company"]),
)
