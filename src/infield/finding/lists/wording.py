"""The words of lists."""

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
OWN_FIELDS = _("Fields of your own")

SPECIAL = {
    "me": _("Me"),
    "nobody": _("Nobody"),
    "empty": _("Not filled in"),
}

DUE = {
    "none": _("None set"),
    "late": _("Overdue"),
    "today": _("Today"),
    "week": _("In the next seven days"),
}


def only_me() -> str:
    return gettext("Only me")


def everyone() -> str:
    return gettext("Everyone")


def for_everyone() -> str:
    return gettext("for everyone")


def team_of(name: str) -> str:
    """Name the team of somebody: they and everyone below."""
    return gettext("Team of {name}").format(name=name)


def chip_words(label: str, kind: str, asked: Condition, names: Mapping[str, str], language: str) -> str:
    """Say a condition in one line: Owner: Ann, Bo; Amount: from 1,000."""
    if asked.values:
        said = LIST.get(language, ", ").join(
            names.get(one, str(NOTHING_SET) if one == "-" else one) for one in asked.values
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
