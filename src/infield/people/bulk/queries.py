"""What can be done with many organizations, contacts or leads at once: as each of them alone, by the same acts."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from infield.accounts.models import User
from infield.accounts.rules import Asked
from infield.finding.lists.around.queries import Around
from infield.finding.lists.bulk.actions import Act, Result
from infield.finding.lists.bulk.forms import BulkForm
from infield.finding.lists.bulk.queries import Bulk
from infield.people.bulk.forms import FORMS, SETTABLE, OwnForm, PartsForm
from infield.people.lists.queries import LISTINGS
from infield.people.lists.wording import ACTS, NOTES, TITLES, not_yours, selected
from infield.people.records.models import Record
from infield.people.refusals import Refusal
from infield.people.undoing.actions import taken_back
from infield.people.wording import deed, refusal
from infield.people.words.wording import FIELDS

RELATED: Mapping[str, tuple[str, ...]] = {
    "organization": ("owner",),
    "contact": ("owner", "organization"),
    "lead": ("owner",),
}


def _attempt(record: Record, act: Act) -> Result:
    name = str(record)
    try:
        done = act(record)
    except Refusal as refused:
        return Result(record.pk, name, refusal(refused))
    except PermissionDenied:
        return Result(record.pk, name, not_yours())
    if done.what == "unchanged":
        return Result(record.pk, name, deed(done))
    return Result(record.pk, name, undo=done.act)


def _things(kind: str, user: User) -> Any:
    things = LISTINGS[kind].things(user).select_related(*RELATED[kind])
    return things.filter(merged_into=None) if kind != "lead" else things


def _fields(kind: str, around: Around) -> list[tuple[str, str]]:
    built_in = [(key, str(FIELDS[key])) for key in SETTABLE[kind]]
    return [*built_in, *((one.key, one.label) for one in around.own)]


def _form(kind: str, request: Asked, what: str, _ids: list[UUID], around: Around, given: Any) -> BulkForm:
    if what != "field":
        return FORMS[kind][what](given, around=around)
    key = request.POST["field"]
    if key in SETTABLE[kind]:
        return PartsForm(given, around=around, part=key)
    own = next((one for one in around.own if one.key == key), None)
    if own is None:
        raise Http404
    return OwnForm(given, around=around, field=own)


def _bulk(kind: str) -> Bulk:
    acts = [*FORMS[kind], "field"]
    return Bulk(
        listing=LISTINGS[kind],
        things=partial(_things, kind),
        attempt=_attempt,
        take_back=taken_back,
        acts={what: words for what, words in ACTS.items() if what in acts},
        titles=TITLES,
        form=partial(_form, kind),
        fields=partial(_fields, kind),
        count=partial(selected, kind),
        one=f"people:{kind}",
        notes=NOTES.get(kind, {}),
    )


BULKS: Mapping[str, Bulk] = {kind: _bulk(kind) for kind in LISTINGS}
