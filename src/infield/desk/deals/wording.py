"""The words of the lists of deals."""

from decimal import Decimal

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from infield.finding.lists.groups import Group
from infield.web import figures

FIELD_LABELS = {
    "owner": _("Owner"),
    "team": _("Team of"),
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
    "source": _("Source"),
    "country": _("Country"),
    "place": _("Place"),
    "industry": _("Industry"),
    "rank": _("Rank by the buyer's timeline"),
    "entered_on": _("Entered its stage"),
    "parked": _("Parked until"),
    "competitor": _("Competitor"),
    "product": _("Product"),
    "role": _("Part in the decision"),
    "nobody_known": _("nobody yet"),
    "no_product": _("none yet"),
}

GROUPS = (
    Group(
        _("Owner, stage and next step"),
        ("owner", "team", "map", "stage", "step", "age", "entered_on", "entered", "met", "unmet"),
    ),
    Group(
        _("Closing and outcome"),
        ("close", "rank", "parked", "outcome", "reason", "created", "closed"),
    ),
    Group(_("Amount and products"), ("amount", "currency", "product", "budget", "cost_of_problem")),
    Group(_("Customer"), ("country", "place", "industry", "source", "role")),
    Group(
        _("What we know"),
        (
            "need",
            "pain_points",
            "compelling_reason",
            "goals",
            "goal_date",
            "days_needed",
            "decision_process",
            "competitor",
            "research_notes",
        ),
    ),
)

OUTCOMES = {
    "open": _("Open"),
    "won": _("Won"),
    "lost": _("Lost"),
    "postponed": _("Postponed"),
    "archived": _("Put away"),
    "any": pgettext_lazy("in whichever state", "All"),
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
    "source": _("Source"),
    "place": _("Place"),
    "rank": _("Rank"),
    "goal": _("Buyer's deadline"),
    "entered_on": _("Entered its stage"),
}

SHAPES = {
    "board": _("Board"),
    "table": _("Table"),
    "timeline": _("Timeline"),
    "calendar": _("Calendar"),
    "map": _("Map"),
}


def rank_words(spare: int, progress: Decimal, language: str) -> str:
    """Say why a deal ranks where it does: the days left before the plan must begin, and the weights met in percent."""
    days = (
        ngettext("{n} day to spare", "{n} days to spare", spare)
        if spare >= 0
        else ngettext("{n} day too late", "{n} days too late", -spare)
    ).format(n=figures.count(abs(spare), language))
    return gettext("{days}, {share} met").format(
        days=days, share=figures.percent(float(progress) / 100, language)
    )


def rank_line(whole: int, why: str, language: str) -> str:
    return gettext("Rank {n}: {why}").format(n=figures.count(whole, language), why=why)
