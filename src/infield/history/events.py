"""The closed table of the kinds of events: everything that can happen to a deal is one of these.

What an event says beside its kind is its `data`, a small JSON object. The facts of a case (who owns it, what
it is worth …) are what the latest event that names them says; null means: no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

CASE_FACTS = ("owner", "organization", "source", "segment", "product", "amount_minor", "currency", "map")
"""Ids are written as UUIDs in text: `owner` (a user), `organization`, `map` (a process). Amounts are in the
currency's smallest unit."""

IDS = frozenset({"owner", "organization", "map"})
KEPT = frozenset({"owner", "map", "currency"})
"""Facts that change but do not end: they are never null."""

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "owner": str,
    "organization": str,
    "source": str,
    "segment": str,
    "product": str,
    "amount_minor": int,
    "currency": str,
    "map": str,
    "origin": str,  # the case that this one goes on from
    "from": str,  # a stage's key
    "to": str,
    "forced": bool,
    "criterion": str,
    "proof": dict,
    "open": list,  # keys of the criteria that a gate missed
    "activity": str,
    "due": str,  # a date or a time, as ISO 8601 writes it
    "role": str,
    "person": str,
    "document": str,
    "question": str,
    "objection": str,
    "field": str,
    "value": (str, int, bool, list),
    "quote": str,
    "reason": str,  # a key; what a person wrote stands in the event's words
    "answer": str,  # the prepared answer that was given to an objection
    "outcome": str,  # of an activity: reached, not_reached, went_on, refused …
    "mood": str,
    "keeps": bool,  # what was planned before stays planned
    "signals": list,  # keys of the closing signals that were noticed
    "selling": str,  # what is being sold now: the meeting, the committee, the order
    "profile": str,  # lead, prospect, qualified, disqualified
    "cadence": str,
    "other": str,  # the record that went into this one
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. The code is stored in files that outlive a release: it never changes."""

    code: int
    name: str
    meaning: str
    data: tuple[str, ...] = ()
    """What its data may hold, beside `owner` and `map`, which an import may tell with any event."""


# A new kind is one row at the end.
KINDS = (
    Kind(0, "created", "the case began", (*CASE_FACTS, "origin")),
    Kind(1, "converted", "a lead became a deal", CASE_FACTS),
    Kind(
        2,
        "stage_entered",
        "the deal entered a stage, or a step of a foreign history happened",
        ("from", "forced", "reason"),
    ),
    Kind(3, "criterion_met", "a criterion of a stage was proved", ("criterion", "proof")),
    Kind(4, "criterion_withdrawn", "a criterion's proof no longer holds", ("criterion", "proof")),
    Kind(
        5,
        "next_step_set",
        "somebody said what comes next, and when",
        ("activity", "due", "selling", "person"),
    ),
    Kind(
        6,
        "activity_done",
        "a call, a meeting, a task was done",
        ("activity", "outcome", "mood", "signals", "person", "keeps"),
    ),
    Kind(7, "stakeholder_set", "a person got a part in the decision", ("role", "person")),
    Kind(8, "document_added", "a document was put to the deal", ("document",)),
    Kind(9, "question_answered", "a question of the qualification was answered", ("question", "value")),
    Kind(10, "objection_raised", "the buyer objected", ("objection", "person")),
    Kind(11, "objection_resolved", "an objection stands no more", ("objection", "answer")),
    Kind(12, "refused", "a gate refused a move", ("from", "to", "open")),
    Kind(13, "owner_changed", "somebody else answers for the deal", ("owner",)),
    Kind(14, "amount_changed", "the deal is worth more or less", ("amount_minor", "currency")),
    Kind(15, "field_changed", "another fact about the deal changed", (*CASE_FACTS, "field", "value")),
    Kind(16, "quote_presented", "a quote was shown to the buyer", ("quote", "amount_minor", "currency")),
    Kind(17, "verbally_agreed", "the buyer said yes"),
    Kind(18, "signed", "the contract was signed", ("document",)),
    Kind(19, "won", "the sale", ("amount_minor", "currency", "forced")),
    Kind(20, "lost", "the end without a sale", ("reason",)),
    Kind(21, "postponed", "the deal rests until a date", ("due", "reason")),
    Kind(22, "reopened", "a closed deal is open again", ("reason",)),
    Kind(23, "live", "what was sold is in use"),
    Kind(24, "commission_due", "a commission has fallen due", ("amount_minor", "currency", "person")),
    Kind(25, "graduated", "the client passed to those who keep clients"),
    Kind(26, "referral_given", "the client named somebody else", ("person",)),
    Kind(27, "voided", "an earlier event was undone: analysis leaves both out"),
    Kind(28, "profiled", "a lead was found to be a prospect, qualified or not", ("profile", "reason")),
    Kind(29, "handed_over", "marketing gave a lead to sales", ("person",)),
    Kind(30, "hand_over_accepted", "sales took the lead"),
    Kind(31, "hand_over_returned", "sales sent the lead back", ("reason",)),
    Kind(32, "no_contact", "nobody is to contact the buyer any more", ("reason",)),
    Kind(33, "cadence_started", "a follow-up cadence began", ("cadence", "person")),
    Kind(34, "cadence_stopped", "a follow-up cadence ended", ("cadence", "person", "reason")),
    Kind(35, "archived", "the record was put away"),
    Kind(36, "restored", "the record was taken out of the archive"),
    Kind(37, "merged", "a double was merged into this one", ("other",)),
    Kind(38, "objection_answered", "an objection got an answer, and stands", ("objection", "answer")),
)

NAMES = tuple(kind.name for kind in KINDS)
_BY_NAME = {kind.name: kind for kind in KINDS}


class BrokenData(ValueError):  # noqa: N818  (the word says it)
    """An event's data is not what its kind may say: which key, and what is wrong with it."""


def check_data(kind: str, data: Mapping[str, object]) -> None:
    """Refuses data that does not fit its kind with BrokenData: `kind`, `key`, `null`, `type`, `id` or `money`, and
    where. An amount never comes without its currency.

    >>> check_data("owner_changed", {"owner": "Ann"})
    Traceback (most recent call last):
    infield.history.events.BrokenData: ('id', 'owner')
    """
    if kind not in _BY_NAME:
        raise BrokenData("kind", kind)
    for key, value in data.items():
        flaw = _flaw(_BY_NAME[kind], key, value)
        if flaw:
            raise BrokenData(flaw, key)
    if data.get("amount_minor") is not None and "currency" not in data:
        raise BrokenData("money", "currency")


def _flaw(kind: Kind, key: str, value: object) -> str | None:
    if key not in ("owner", "map", *kind.data):
        return "key"
    if value is None:
        return "null" if key in KEPT else None
    if not isinstance(value, TYPES[key]) or (isinstance(value, bool) and TYPES[key] is int):
        return "type"
    return "id" if key in IDS and not _is_id(value) else None


def _is_id(value: object) -> bool:
    try:
        return str(UUID(str(value))) == value
    except ValueError:
        return False
