"""Consent that a row says: noted with its record, and taken back with the import."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from infield.accounts.models import User
from infield.history.models import Change
from infield.imports.models import Import
from infield.imports.people.more.consents import ToldConsent
from infield.people.contacts.actions import note_consent, take_back_consent
from infield.people.contacts.models import Consent, Contact
from infield.people.leads.models import Lead
from infield.people.records.models import Record


def note_told(imported: Import, record: Record, told: Sequence[ToldConsent]) -> list[str]:
    """Note consents; what is noted already is not again. A day that nobody said is today's. Gives the acts."""
    if not told or not isinstance(record, (Contact, Lead)):
        return []
    there = list(record.consents.values_list("channel", "given", "source", "on"))
    not_told = Counter(there)
    today = datetime.now(imported.by.tzinfo).date()
    acts = []
    for one in told:
        is_known = one.source in Consent.SOURCES
        source, note = (one.source, one.note) if is_known else ("other", one.note or one.source)
        if one.on is None and _is_last(one, there):
            continue
        on = one.on or today
        # of two words alike the first may be there and the second new
        if not_told[one.channel, one.given, source, on]:
            not_told[one.channel, one.given, source, on] -= 1
            continue
        noted = {"channel": one.channel, "given": one.given, "source": source, "on": on, "note": note}
        acts.append(str(note_consent(record, imported.by, noted).act))
    return acts


def take_back_told(record: Record, acts: Iterable[str], by: User) -> None:
    """Take back consents that were noted, as far as nobody did. Refusal: cannot_undo."""
    if not isinstance(record, (Contact, Lead)):
        return
    undone = set(Change.objects.filter(undoes__in=acts).values_list("undoes", flat=True))
    for act in map(UUID, acts):
        if act not in undone:
            take_back_consent(record, act, by)


def consents_noted(acts: Iterable[UUID]) -> set[UUID]:
    """Give the consents that these acts noted."""
    told = Change.objects.filter(act__in=acts, field="consent").values_list("after", flat=True)
    return {UUID(after["id"]) for after in told if after}


def _is_last(one: ToldConsent, there: Iterable[tuple[str, bool, str, date]]) -> bool:
    """Tell whether the last word on the channel is the same."""
    said = [(on, given) for channel, given, _source, on in there if channel == one.channel]
    return bool(said) and max(said)[1] == one.given
