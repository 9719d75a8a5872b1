"""What the card of a contact reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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


def refused_channels(words: Iterable[tuple[UUID, str, bool]]) -> dict[UUID, frozenset[str]]:
    """Give the channels by which each contact is not to be reached, `all` among them.

    `words`: contact, channel and whether it was given, in the order in which they were said: the last one counts.
    """
    last = {(contact, channel): given for contact, channel, given in words}
    refused = {contact: frozenset[str]() for contact, _channel in last}
    for (contact, channel), given in last.items():
        if not given:
            refused[contact] |= {channel}
    return refused


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
