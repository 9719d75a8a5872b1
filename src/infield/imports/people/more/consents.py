"""Consent in a table: whether it was given or withdrawn for a channel, where that was said, and on which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infield.imports.days import NoDay, day_of
from infield.imports.people.more.misfit import Misfit
from infield.people.lists.reach.cells import lines_in

CHANNELS = ("email", "phone", "text", "post", "all")
REFUSED = ("email", "phone")
"""Channels of which other systems have a column that says "not by this": yes means withdrawn, no says nothing."""
ROLES = (
    *(f"consent_{channel}{part}" for channel in CHANNELS for part in ("", "_source", "_on")),
    *(f"refused_{channel}" for channel in REFUSED),
    "consent_source",
    "consent_on",
    "consent_words",
)
YES = frozenset((
    "yes", "y", "true", "1", "x", "given", "granted", "opted in", "opt in", "subscribed", "ok",
    "はい", "有", "あり", "可", "同意", "同意済み", "同意した", "kyllä", "k", "on", "annettu",
    "ใช่", "ยินยอม", "ให้ความยินยอม",
))  # fmt: skip
NO = frozenset((
    "no", "n", "false", "0", "withdrawn", "refused", "denied", "opted out", "opt out", "unsubscribed",
    "いいえ", "無", "なし", "不可", "撤回", "撤回した", "拒否", "ei", "e", "peruttu", "kielletty",
    "ไม่", "ไม่ใช่", "ไม่ยินยอม", "ถอนความยินยอม",
))  # fmt: skip
WORDS = "consent_words"
"""The column that holds every word ever said, a line each."""
LONGEST_SOURCE = 200
LONGEST_NOTE = 500
LONGEST_CELL = 20_000
_PARTS = 5


@dataclass(frozen=True, slots=True)
class ToldConsent:
    """What a row says of a channel. `source`: a key, or the words of one that is not known; `on` None: not said."""

    channel: str
    given: bool
    source: str
    on: date | None
    note: str = ""

    @property
    def as_noted(self) -> tuple[str, bool, str, date | None]:
        return self.channel, self.given, self.source, self.on


def words_in(
    cells: Mapping[str, str], channels: Mapping[str, str], sources: Mapping[str, str], today: date
) -> tuple[ToldConsent, ...]:
    """Give every word that stands in one cell, the earliest first: channel, yes or no, where, day and note.

    `channels`, `sources`: keys by their names, in small letters. Misfit: too_long, no_word, and those of `consents_in`.
    """
    cell = cells.get(WORDS, "")
    if len(cell) > LONGEST_CELL:
        raise Misfit(WORDS, "too_long")
    return tuple(_word(parts, channels, sources, today) for parts in lines_in(cell))


def consents_in(cells: Mapping[str, str], sources: Mapping[str, str], today: date) -> tuple[ToldConsent, ...]:
    """Give what a row says of consent. `sources`: key by name, in small letters; `today`: on the company's calendar.

    A channel without a source or day of its own has that of the row. Misfit: no_answer, no_day, two_days, future_day,
    too_long.
    """
    found = []
    for channel in CHANNELS:
        given = _given(channel, cells)
        if given is None:
            continue
        source = _filled(cells, f"consent_{channel}_source", "consent_source")
        on = _filled(cells, f"consent_{channel}_on", "consent_on")
        found.append(ToldConsent(channel, given, _source(source, cells, sources), _day(on, cells, today)))
    return tuple(found)


def _word(
    parts: Sequence[str], channels: Mapping[str, str], sources: Mapping[str, str], today: date
) -> ToldConsent:
    if len(parts) not in (_PARTS - 1, _PARTS) or parts[0].casefold() not in channels:
        raise Misfit(WORDS, "no_word")
    channel, said, source, on, note = (*parts, "")[:_PARTS]
    if len(note) > LONGEST_NOTE:
        raise Misfit(WORDS, "too_long")
    given = _answer(WORDS, {WORDS: said})
    if given is None:
        raise Misfit(WORDS, "no_word")
    where = _source(WORDS, {WORDS: source}, sources)
    return ToldConsent(channels[channel.casefold()], given, where, _day(WORDS, {WORDS: on}, today), note)


def _given(channel: str, cells: Mapping[str, str]) -> bool | None:
    """Give whether consent was given; None where the row says nothing of it."""
    said = _answer(f"consent_{channel}", cells)
    is_refused = channel in REFUSED and _answer(f"refused_{channel}", cells)
    return False if is_refused else said


def _answer(role: str, cells: Mapping[str, str]) -> bool | None:
    text = cells.get(role, "").casefold()
    if not text:
        return None
    if text not in YES | NO:
        raise Misfit(role, "no_answer")
    return text in YES


def _filled(cells: Mapping[str, str], *roles: str) -> str:
    """Give the first of these roles that has something in it, "" for none."""
    return next((role for role in roles if cells.get(role)), "")


def _source(role: str, cells: Mapping[str, str], sources: Mapping[str, str]) -> str:
    text = cells.get(role, "")
    if len(text) > LONGEST_SOURCE:
        raise Misfit(role, "too_long")
    return sources.get(text.casefold(), text)


def _day(role: str, cells: Mapping[str, str], today: date) -> date | None:
    if not role:
        return None
    try:
        on = day_of(cells[role])
    except NoDay as problem:
        raise Misfit(role, problem.code) from None
    if on > today:
        raise Misfit(role, "future_day")
    return on
