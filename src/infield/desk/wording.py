"""What the screens of the desk say, and the addresses their fragments are written with."""

from datetime import date
from decimal import Decimal
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from infield.desk.deal.drawing import Words
from infield.web import dates, figures

BACK_REASONS = (
    _("The buyer's situation has changed"),
    _("Somebody new decides"),
    _("We moved on too early"),
)

EDITS = {
    "amount": _("Amount"),
    "close": _("Expected close"),
    "owner": _("Owner"),
    "name": _("What it is about, and with whom"),
}

EVENT_ICONS = {
    "stage_entered": "gate",
    "won": "flag",
    "lost": "close",
    "reopened": "back",
    "criterion_met": "check",
    "criterion_withdrawn": "back",
    "next_step_set": "clock",
    "activity_done": "check",
    "owner_changed": "people",
    "created": "plus",
    "refused": "alert",
}
EVENT_TONES = {
    "stage_entered": "is-gate",
    "won": "is-good",
    "criterion_met": "is-good",
    "lost": "is-bad",
    "refused": "is-warning",
    "criterion_withdrawn": "is-warning",
}


@cache
def deals_at() -> str:
    """Give what the address of every deal begins with, so that no card looks its own up."""
    return reverse("desk:new_deal").removesuffix("new")


@cache
def log_at(act: str) -> str:
    """Give what the addresses of the dialogs about a deal begin with: `act` is log or next."""
    return f"{reverse('desk:plan').removesuffix('activities/new')}{act}/deals/"


def card_words() -> dict[str, str]:
    """Give what stands on every card: looked up once for a page, not once for each card."""
    return {
        "no_amount": gettext("no amount"),
        "set_step": pgettext("on a card", "Set the next step"),
        "no_step": gettext("No next step"),
        "required": gettext("Required criteria met"),
    }


def move_label(organization: str) -> str:
    """Say what a card's own menu is for."""
    return gettext("Move {name}").format(name=organization)


def due_state(late_days: int | None) -> str:
    """Give the class of a next step: `late_days` since it was due, negative before, None without one."""
    if late_days is None:
        return "is-missing"
    if late_days > 0:
        return "is-late"
    return "is-today" if late_days == 0 else "is-planned"


def due_words(late_days: int | None, day: date) -> str:
    """Say when a next step is due; what is late says so in words, never by colour alone."""
    if late_days is not None and late_days > 0:
        return ngettext("{count} day late", "{count} days late", late_days).format(count=late_days)
    if late_days == 0:
        return gettext("Today")
    return gettext("Tomorrow") if late_days == -1 else dates.day_short(day, get_language() or "en")


def _age_words(days: int, usual: int | None) -> str:
    here = ngettext("{count} day in this stage", "{count} days in this stage", days).format(count=days)
    if usual is None:
        return here
    usually = ngettext("{count} day is usual", "{count} days are usual", usual).format(count=usual)
    return gettext("{here}; {usually}").format(here=here, usually=usually)


def age_words(days: int, usual_days: Decimal | None) -> str:
    """Say how long a deal has been in its stage, and what is usual there."""
    return _age_words(days, None if usual_days is None else round(usual_days))


def diamond_words(progress: Decimal) -> Words:
    """Give the words on a deal's diamond; `progress` in percent."""
    said = figures.percent(float(progress) / 100, get_language() or "en")
    return Words(
        bases=(gettext("1st"), gettext("2nd"), gettext("3rd"), gettext("Home")),
        sentence=gettext("{percent} of the weights of a sale are met.").format(percent=said),
    )
