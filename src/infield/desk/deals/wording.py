"""The words of the lists of deals."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infield.finding.filters import Condition
from infield.finding.narrowing import number
from infield.web import dates, figures

LIST = {"ja": "、"}
"""What stands between the things of a list, where it is no comma."""
NOTHING_SET = _("nothing")

FIELD_LABELS = {
    "owner": _("Owner"),
    "me": _("Me"),
    "map": _("Map"),
    "stage": _("Stage"),
    "step": _("Next step"),
    "age": _("Days in this stage"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "close": _("Expected close"),
    "outcome": _("Outcome"),
    "reason": _("Why it was lost"),
    "created": _("Created"),
    "closed": _("Closed"),
    "met": _("Criterion met"),
    "unmet": _("Criterion not met"),
    "entered": _("Has been in stage"),
    "organization": _("Organization"),
}

STEPS = {
    "none": _("None set"),
    "late": _("Overdue"),
    "today": _("Today"),
    "week": _("In the next seven days"),
}

OUTCOMES = {
    "open": _("Open"),
    "won": _("Won"),
    "lost": _("Lost"),
    "postponed": _("Postponed"),
    "archived": _("Put away"),
    "any": _("All"),
}

COLUMN_LABELS = {
    "organization": _("Organization"),
    "title": _("Deal"),
    "stage": _("Stage"),
    "amount": _("Amount"),
    "close": _("Expected close"),
    "step": _("Next step"),
    "step_on": _("Due"),
    "owner": _("Owner"),
    "age": _("Days in stage"),
    "created": _("Created"),
    "closed": _("Closed"),
    "outcome": _("Outcome"),
    "currency": _("Currency"),
    "reason": _("Why it was lost"),
    "map": _("Map"),
}

SHAPES = {
    "board": _("Board"),
    "table": _("Table"),
    "timeline": _("Timeline"),
    "calendar": _("Calendar"),
    "map": _("Map"),
}


def chip_words(label: str, kind: str, asked: Condition, names: Mapping[str, str], language: str) -> str:
    """Say a condition in one line: Owner: Ann, Bo; Amount: from 1,000."""
    if asked.values:
        said = LIST.get(language, ", ").join(
            str(NOTHING_SET) if one == "-" else names.get(one, one) for one in asked.values
        )
        return gettext("{field}: {values}").format(field=label, values=said)
    ends = {
        "field": label,
        "least": _end(asked.least, kind, language),
        "most": _end(asked.most, kind, language),
    }
    if asked.least and asked.most:
        return gettext("{field}: {least} to {most}").format(**ends)
    text = gettext("{field}: from {least}") if asked.least else gettext("{field}: up to {most}")
    return text.format(**ends)


def _end(text: str, kind: str, language: str) -> str:
    if kind == "days":
        try:
            return dates.day(date.fromisoformat(text), language)
        except ValueError:
            return text
    found = number(text)
    return text if found is None else figures.count(found, language)
