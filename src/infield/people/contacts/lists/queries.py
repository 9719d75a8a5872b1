"""The list of contacts: by what they can be looked for, and what it shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Column, Part, Row, by, day, day_cell, text
from infield.finding.lists.fields.queries import (
    NOTHING,
    Field,
    any_of,
    by_column,
    by_days,
    by_ids,
    by_person,
    by_words,
    due_choices,
    ids_of,
    moments_of,
    named,
    owners_or_nobody,
)
from infield.finding.lists.queries import Listing
from infield.people.contacts.models import CHANNELS, Contact
from infield.people.cultures import PersonName
from infield.people.lists.parts.queries import (
    Things,
    at,
    common_columns,
    common_fields,
    consent_field,
    firm_columns,
    firm_fields,
    language_column,
    languages,
    plain,
    step_cell,
    usual_of_merged,
    worded,
)
from infield.people.lists.reach.queries import consent_column, first_way
from infield.people.lists.wording import GROUPS, LABELS, STEPS, no_further_contact
from infield.people.organizations.models import Organization
from infield.people.organizations.queries import right_of, touched_at
from infield.people.words.wording import CHANNEL_NAMES, CULTURE_NAMES
from infield.web.ids import to_text

NAME = ("family", "given", "culture", "honorific", "family_kana", "given_kana")
CHANNELS_NAMED = {key: CHANNEL_NAMES[key] for key in CHANNELS}


channels = named(CHANNELS_NAMED, or_nothing=True)


def called(row: Row) -> PersonName:
    """Give the name of a row, read with NAME, in all its forms."""
    return PersonName(*(row[name] for name in NAME))


def _by_step(things: Things, asked: Condition, around: Around) -> Things:
    meanings = due_choices("next_step_on", around.today)
    meanings["none"] &= Q(no_contact_because="")
    return things.filter(any_of(asked, {**meanings, "ended": ~Q(no_contact_because="")}))


def _by_touch(things: Things, asked: Condition, around: Around) -> Things:
    """Narrow by the day of the last touch; nothing: nobody ever dealt with them."""
    done = (
        right_of(Contact, "activities")._default_manager.filter(contact=OuterRef("pk")).exclude(done_at=None)
    )
    if asked.values == (NOTHING,):
        return things.exclude(Exists(done))
    least, most = moments_of(asked, around)
    things = things.filter(Exists(done.filter(done_at__gte=least) if least else done))
    return things.exclude(Exists(done.filter(done_at__gte=most))) if most else things


def _named_organizations(asked: Condition, around: Around) -> Mapping[str, str]:
    some = Organization.objects.visible_to(around.user).filter(pk__in=ids_of(asked.values))
    return {to_text(one.pk): one.name for one in some}


def _name(row: Row, _around: Around) -> Cell:
    name = called(row)
    note = " · ".join(part for part in (name.kana, row["job_title"]) if part)
    return Cell(name.full, "is-name", note=note, lang=name.lang, initials=name.initials)


def _reading(row: Row, _around: Around) -> Cell:
    return Cell(called(row).kana, lang="ja")


def _organization(row: Row, _around: Around) -> Cell:
    if row["organization"] is None:
        return Cell("")
    return Cell(
        row["organization__name"], "is-name", address=at("organization") + to_text(row["organization"])
    )


def _touched_at(ids: Sequence[UUID], _around: Around) -> dict[UUID, datetime]:
    return touched_at(ids)


def _touched(row: Row, around: Around) -> Cell:
    return day_cell(row["gathered"]["touched"], around)


def _step(row: Row, around: Around) -> Cell:
    if row["no_contact_because"]:
        return Cell(no_further_contact(), pill="is-quiet")
    address = f"{at('contact')}{to_text(row['id'])}/step"
    is_owed = row["archived_at"] is None
    return step_cell(row["next_step"], row["next_step_on"], around, is_owed=is_owed, address=address)


def _full(row: Row, _around: Around) -> str:
    return called(row).full


def _written_as(row: Row, _around: Around) -> str:
    return str(CULTURE_NAMES.get(row["culture"], row["culture"]))


def _as_kept(name: str) -> Part:
    """Give a field as a column of a file."""
    return Part(name, LABELS[name], lambda row, _around: row[name])


NAME_PARTS = (
    Part("name", LABELS["full_name"], _full),
    *(_as_kept(name) for name in ("family", "given", "honorific")),
    Part("culture", LABELS["culture"], _written_as),
)


STEP_PARTS = (
    Part("step", LABELS["step"], lambda row, _around: row["next_step"]),
    Part("due", LABELS["due"], lambda row, _around: row["next_step_on"]),
    _as_kept("no_contact_because"),
)
STEP = ("next_step", "next_step_on", "no_contact_because", "archived_at")

CONTACTS = Listing(
    kind="contact",
    act="people",
    address="people:contacts",
    things=Contact.objects.visible_to,
    usual=usual_of_merged,
    groups=GROUPS["contact"],
    fields=common_fields(
        (
            Field("step", LABELS["step"], "choices", _by_step, named(STEPS)),
            Field("due", LABELS["due"], "days", by_days("next_step_on")),
            Field("touched", LABELS["touched"], "days", _by_touch),
            consent_field("contact"),
            Field(
                "channel",
                LABELS["channel"],
                "choices",
                by_column("channel"),
                channels,
            ),
            Field("language", LABELS["language"], "choices", by_column("language"), languages),
            Field("job_title", LABELS["job_title"], "words", by_words("job_title")),
            Field("opened_by", LABELS["opened_by"], "choices", by_person("opened_by"), owners_or_nobody),
            Field("culture", LABELS["culture"], "choices", by_column("culture"), named(CULTURE_NAMES)),
            *firm_fields(Organization, "organization__"),
            Field(
                "organization",
                LABELS["organization"],
                "chosen",
                by_ids("organization"),
                names=_named_organizations,
            ),
        )
    ),
    columns=common_columns(
        (
            Column(
                "name",
                LABELS["name"],
                (*NAME, "job_title"),
                by("sort_key"),
                _name,
                is_certain=True,
                parts=NAME_PARTS,
            ),
            Column(
                "reading",
                LABELS["reading"],
                NAME,
                by("sort_key"),
                _reading,
                is_certain=True,
                parts=(_as_kept("family_kana"), _as_kept("given_kana")),
            ),
            Column(
                "organization",
                LABELS["organization"],
                ("organization", "organization__name"),
                by("organization_key"),
                _organization,
                is_certain=True,
            ),
            plain("job_title"),
            first_way("email", "emails"),
            first_way("phone", "phones"),
            first_way("address", "addresses"),
            Column("touched", LABELS["touched"], (), None, _touched, gather=_touched_at),
            Column("step", LABELS["step"], STEP, by("next_step_on"), _step, parts=STEP_PARTS),
            Column("due", LABELS["due"], ("next_step_on",), by("next_step_on"), day("next_step_on")),
            consent_column("contact"),
            worded("channel", CHANNELS_NAMED),
            language_column(),
            Column(
                "opened_by",
                LABELS["opened_by"],
                ("opened_by__name",),
                by("opened_by__name"),
                text("opened_by__name", "is-owner"),
            ),
            *firm_columns("organization__"),
        )
    ),
    default=("name", "organization", "email", "phone", "touched", "step", "owner"),
    sort="name",
    reads=NAME,
    name=lambda row: called(row).full,
)
