"""What the page of the day says."""

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from infield.web import durations, figures

GROUPS = {
    "late": _("Overdue"),
    "due": _("Due today"),
    "unplanned": _("No next step"),
    "contact": _("Contacts without a next step"),
    "gate": _("One criterion from the gate"),
    "lead": _("Leads that wait for an answer"),
    "hand_over": _("Handed over to you"),
    "proposal": _("Proposals to the playbook"),
}
"""In the order of the page."""

PLAYBOOK = _("Playbook")

ACTS = {
    "log": _("Log it"),
    "done": _("Done"),
    "next": _("Set the next step"),
    "open": _("Open"),
    "accept": _("Accept"),
    "decide": _("Decide"),
}


def late_words(days: int) -> str:
    return ngettext("{count} day late", "{count} days late", days).format(count=days)


def silent_words(days: int | None) -> str:
    """Say that nothing is planned, and how long ago the last contact was; None: there was none."""
    if days is None:
        return gettext("Nothing is planned, and there was no contact yet.")
    if days == 0:
        return gettext("Nothing is planned. The last contact was today.")
    return ngettext(
        "Nothing is planned. The last contact was {count} day ago.",
        "Nothing is planned. The last contact was {count} days ago.",
        days,
    ).format(count=days)


def waiting_words(working_seconds: float) -> str:
    """Say how long a lead has waited, in the company's working time."""
    language = (get_language() or "en").split("-")[0]
    if working_seconds < durations.MINUTE_S:
        return gettext("New: it waits for the first answer.")
    waits = durations.duration(working_seconds, language, length="long")
    return gettext("Waits for the first answer: {time} of working time.").format(time=waits)


def handed_words(name: str, note: str) -> str:
    said = gettext("{name} hands it over.").format(name=name)
    return f"{said} {note}".strip()


def proposals_words(count: int) -> str:
    language = (get_language() or "en").split("-")[0]
    said = ngettext("{count} proposal waits for a decision.", "{count} proposals wait for a decision.", count)
    return said.format(count=figures.count(count, language))


def gate_words(criterion: str) -> str:
    return gettext("Still open: {criterion}").format(criterion=criterion)


def nothing_due(deals: int, near: int) -> str:
    """Say that the day is clear, with what there is instead."""
    if not deals:
        return gettext("Nothing is due, and no deal is open. A new deal or a lead to call makes a good day.")
    said = ngettext("Nothing is due. {count} deal is open.", "Nothing is due. {count} deals are open.", deals)
    then = ngettext(
        "{count} is one criterion from its gate.", "{count} are one criterion from their gate.", near
    )
    return " ".join(one.format(count=n) for one, n in ((said, deals), (then, near)))
