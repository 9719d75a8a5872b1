"""The words of this room, in the active language: kinds, outcomes, moods, signals, refusals."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from infield.activities.persistence import MOST
from infield.activities.said import Refusal
from infield.web import dates
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

KINDS: Mapping[str, str] = {
    "call": N_("Call"),
    "mail": N_("Mail"),
    "message": N_("Message"),
    "visit": N_("Visit"),
    "meeting": N_("Meeting"),
    "demo": N_("Demo"),
    "task": N_("Task"),
    "note": N_("Note"),
}

OUTCOMES: Mapping[str, str] = {
    "reached": N_("Reached"),
    "went_on": N_("It went on"),
    "refused": N_("Refused"),
    "not_reached": N_("Not reached"),
    "put_off": N_("Put off"),
}

MOODS: Mapping[str, str] = {
    "ready": N_("Ready to buy"),
    "keen": N_("Keen"),
    "open": N_("Open to talk"),
    "doubtful": N_("Doubtful"),
    "closed": N_("Closed to us"),
}

SIGNALS: Mapping[str, str] = {
    "asks_price": N_("Asks what it costs"),
    "asks_delivery": N_("Asks when it can be there"),
    "asks_terms": N_("Asks about terms"),
    "asks_details": N_("Asks about details of use"),
    "asks_references": N_("Asks who else has it"),
    "brings_others": N_("Brings others in"),
    "speaks_of_after": N_("Speaks of the time after"),
}

SELLING: Mapping[str, str] = {
    "conversation": N_("A conversation"),
    "meeting": N_("A meeting"),
    "demo": N_("A demo"),
    "committee": N_("A meeting with those who decide"),
    "proposal": N_("A look at the proposal"),
    "order": N_("The order"),
}

RULES: Mapping[str, str] = {
    "daily": N_("Every working day"),
    "weekly": N_("Every week"),
    "fortnightly": N_("Every two weeks"),
    "monthly": N_("Every month"),
    "quarterly": N_("Every three months"),
    "yearly": N_("Every year"),
}

REMINDERS: Mapping[int, str] = {
    0: N_("At its time"),
    15: N_("15 minutes before"),
    60: N_("An hour before"),
    1_440: N_("A day before"),
}
"""Minutes before; what has no time is reminded of from eight in the morning."""

STOPPED: Mapping[str, str] = {
    "answered": N_("The buyer answered"),
    "replaced": N_("Another cadence began"),
    "by_hand": N_("Stopped by hand"),
    "wrong": N_("It began by mistake"),
}

REFUSALS: Mapping[str, str] = {
    "stale": N_("Somebody changed this meanwhile. Look at what stands there now, then decide again."),
    "unknown_kind": N_("Choose what it was."),
    "unknown_outcome": N_("Choose what came of it."),
    "unknown_mood": N_("Choose one of the moods."),
    "unknown_signal": N_("Choose from the signals in the list."),
    "unknown_selling": N_("Choose what is being sold in it."),
    "unknown_rule": N_("Choose how it repeats."),
    "unknown_then": N_("Say what comes next."),
    "not_yet_done": N_("That is still to come. Plan it, or choose a time that is over."),
    "next_step_missing": N_(
        "Say what comes next and when. Or park it until a day, or end the contact, with a reason."
    ),
    "past_day": N_("That day is over. Choose today or a later one."),
    "until_missing": N_("Choose the day until which it is parked: tomorrow or later."),
    "reason_missing": N_("Say why: whoever takes it up again reads it."),
    "not_planned": N_("It is no longer planned: somebody has done or dropped it."),
    "not_done": N_("It was not done, so there is nothing to take back."),
    "cannot_undo": N_("This cannot be undone."),
    "not_latest": N_("Something later changed the same. Undo that first."),
    "converted": N_("The lead is a deal now. Go on there."),
    "no_steps": N_("This cadence has no steps yet. Give it one first."),
    "archived": N_("This cadence is put away. Choose another."),
    "after_sale_only": N_("This cadence is for clients. Choose one for deals that are still open."),
    "no_contact": N_("Nobody is to contact this person any more."),
    "closed": N_("The deal is closed. Only a cadence for clients can begin."),
    "unknown_series": N_("Choose a cadence."),
    "stopped": N_("This cadence has ended already."),
    "not_stopped": N_("This cadence is running."),
    "replaced": N_("Another cadence runs by now. Stop that first."),
    "name_missing": N_("Give the cadence a name."),
    "name_taken": N_("Another cadence has this name. Choose a different one."),
    "bad_hours": N_("Work ends after it begins: check the hours."),
    "unknown_country": N_("Choose a country from the list."),
}


def refusal(refused: Refusal) -> str:
    """Give the sentence of a refusal; KeyError for a code that has none."""
    return _(REFUSALS[refused.code]).format(**refused.params)


def named(table: Mapping[str, str], key: str) -> str:
    """Give the name of a key in one of the tables above; the key where the table does not know it."""
    return _(table[key]) if key in table else key


def choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give a table as choices of a form."""
    return [(key, _(name)) for key, name in table.items()]


def taken_up(reason: str) -> str:
    """Name the next step of who is parked."""
    return _("Take up again: {reason}").format(reason=reason.strip())


def done_words(kind: str, outcome: str) -> str:
    """Say what was done and what came of it."""
    if not outcome:
        return named(KINDS, kind)
    return _("{kind}: {outcome}").format(kind=named(KINDS, kind), outcome=named(OUTCOMES, outcome).lower())


def place_words(place: int, steps: int) -> str:
    """Say how far a series is: its third of five, or past its end.

    The steps past the last one repeat it, at longer waits.
    """
    if place > steps:
        return _("follow-up {place}, {steps} planned").format(place=place, steps=steps)
    return _("follow-up {place} of {steps}").format(place=place, steps=steps)


def wait_words(days: int) -> str:
    """Say how long a series waits."""
    return ngettext("after {count} day", "after {count} days", days).format(count=days)


def number_words(number: int) -> str:
    """Name a number of refusals or follow-ups; the last stands for all that are more."""
    if number >= MOST:
        return pgettext("a number and all above it", "{count} or more").format(count=number)
    return str(number)


def mail_subject(what: str) -> str:
    """Give the subject of a reminder."""
    return _("Reminder: {what}").format(what=what)


def mail_text(what: str, on: date | None, at: datetime | None, origin: str) -> str:
    """Give the text of a reminder; `origin`: the address of this installation, "" where nobody has set it."""
    language = (get_language() or "en").split("-")[0]
    when = (
        dates.moment_of(at, timezone.get_current_timezone(), language)
        if at
        else dates.day(on, language)
        if on
        else ""
    )
    lines = [what, when, f"{origin}/today" if origin else "", "", _("You asked Infield to remind you of it.")]
    return "\n".join(line for place, line in enumerate(lines) if line or place == 3)
