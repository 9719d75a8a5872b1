"""What can be done with a buyer and what can come of it, as tables; wording.py names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity. `talks`: somebody meets or writes to the buyer; `timed`: it usually has an hour."""

    key: str
    icon: str
    talks: bool = True
    timed: bool = False


KINDS = {
    kind.key: kind
    for kind in (
        Kind("call", "phone"),
        Kind("mail", "mail"),
        Kind("message", "message"),
        Kind("visit", "visit"),
        Kind("meeting", "people", timed=True),
        Kind("demo", "screen", timed=True),
        Kind("task", "check", talks=False),
        Kind("note", "note", talks=False),
    )
}

TALKS = frozenset(kind.key for kind in KINDS.values() if kind.talks)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a talk. `reached`: the buyer was there; `answers`: it ends a follow-up cadence."""

    key: str
    reached: bool
    answers: bool


OUTCOMES = {
    outcome.key: outcome
    for outcome in (
        Outcome("reached", reached=True, answers=True),
        Outcome("went_on", reached=True, answers=True),
        Outcome("refused", reached=True, answers=True),
        Outcome("not_reached", reached=False, answers=False),
        Outcome("put_off", reached=True, answers=False),
    )
}
"""put_off: the buyer answered, but only to say "not now": the series goes on."""

REACHING = frozenset(one.key for one in OUTCOMES.values() if one.reached)
ANSWERING = frozenset(one.key for one in OUTCOMES.values() if one.answers)

MOODS = ("ready", "keen", "open", "doubtful", "closed")
"""The buyer's readiness, from ready to buy down to closed to us."""

SIGNALS = (
    "asks_price",
    "asks_delivery",
    "asks_terms",
    "asks_details",
    "asks_references",
    "brings_others",
    "speaks_of_after",
)
"""Closing signals: what a buyer says or does who is near to deciding."""

SELLING = ("conversation", "meeting", "demo", "committee", "proposal", "order")
"""What is being sold now: first somebody's time, the order last."""

EXPECTED = (
    "agrees_to_meet",
    "names_the_need",
    "names_who_decides",
    "accepts_the_proposal",
    "orders",
    "answers",
)
"""What is expected of the next step."""
