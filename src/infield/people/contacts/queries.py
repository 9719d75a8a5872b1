"""What the card of a contact reads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from infield.people.contacts.models import Consent
from infield.people.words.wording import CHANNEL_NAMES, CONSENT_SOURCES


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The last word on one channel."""

    channel: str
    is_given: bool
    source: str
    on: date
    note: str
    by: str


def consents_of(consents: QuerySet[Consent]) -> list[ConsentRow]:
    """Give the last word on each channel. One query."""
    latest = {one.channel: one for one in consents.select_related("by").order_by("on", "at")}
    return [
        ConsentRow(
            channel=str(CHANNEL_NAMES[one.channel]),
            is_given=one.given,
            source=str(CONSENT_SOURCES[one.source]),
            on=one.on,
            note=one.note,
            by=str(one.by) if one.by else "",
        )
        for one in latest.values()
    ]
