"""The parts that people of the buyer have in a decision; wording.BUYING_ROLES names them."""

from collections.abc import Mapping

ROLES = (
    "decision_maker",
    "approver",
    "champion",
    "influencer",
    "gatekeeper",
    "user",
    "procurement",
    "blocker",
    "other",
)
"""decision_maker: decides; approver: signs off what others decided. A map may ask for others by their key."""

LONGEST_ROLE = 60

ALSO: Mapping[str, frozenset[str]] = {"decision_maker": frozenset({"approver"})}
"""Roles that prove another one too: in a company that decides by circulating a request, who signs off decides."""


def proves(role: str, wanted: str) -> bool:
    """Tell whether a person with `role` is what a map means by `wanted`.

    >>> proves("approver", "decision_maker"), proves("decision_maker", "approver")
    (True, False)
    """
    return role == wanted or role in ALSO.get(wanted, ())
