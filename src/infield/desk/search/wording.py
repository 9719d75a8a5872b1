"""What a search and the command palette say."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infield.deals.wording import stage_name
from infield.desk.deals.wording import OUTCOMES

if TYPE_CHECKING:
    from infield.deals.models import Deal

KINDS = {
    "deal": _("Deals"),
    "organization": _("Organizations"),
    "contact": _("Contacts"),
    "lead": _("Leads"),
}
ICONS = {"deal": "board", "organization": "flag", "contact": "people", "lead": "target"}
RECENT = _("Opened last")
PLACES = _("Places")
ACTS = _("With this deal")

DEAL_ACTS = (
    ("desk:next_deal", "clock", _("Set the next step")),
    ("desk:move", "gate", _("Move to another stage")),
    ("desk:lose", "close", _("Close as lost")),
)
"""What one can do with the deal on whose page one is: address, icon, words."""
NEW = ("desk:new_deal", "plus", _("New deal"))

MORE_PLACES = (
    ("desk:deals", "board", _("Deals as a table")),
    ("desk:deals_timeline", "board", _("Deals along time")),
    ("desk:deals_calendar", "board", _("Deals in a calendar")),
    ("desk:deals_map", "map", _("Deals on the map")),
    ("accounts:profile", "people", _("Your profile")),
)
"""Places that are not in the rail."""


def deal_line(deal: "Deal", language: str) -> str:
    """Say where a deal stands and whose it is."""
    where = (
        stage_name(deal.stage, deal.map(), language)
        if deal.outcome is None
        else str(OUTCOMES.get(deal.outcome, deal.outcome))
    )
    return gettext("{where} · {owner}").format(where=where, owner=deal.owner.name)
