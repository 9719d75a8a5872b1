"""Which of the latest acts on a deal can be taken back as they stand. Reads no table.

In: the latest events of a deal that count, the newest first. Out: the event of each such act that undoes it.
"""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from infield.deals.state import BEGINNINGS, Subject, Told, is_proved, subject_of


def undoable(told: Sequence[Told]) -> frozenset[UUID]:
    """Give one event of each act of which nothing was changed since: what was done with the buyer, else the newest.

    Events that say nothing of a deal may stand among them. An act of which `told` holds the beginning alone is asked
    for by whoever undoes it; `Deal.undo` has the last word.
    """
    found, later = set[UUID](), set[Subject]()
    for _act, events in groupby(told, key=lambda one: (one.at, one.by)):
        act = list(events)
        subjects = {subject for one in act if (subject := subject_of(one)) is not None and not is_proved(one)}
        begins = any(one.kind in BEGINNINGS for one in act)
        if subjects and not begins and not subjects & later:
            found.add(_anchor(act))
        later |= {subject for one in act if (subject := subject_of(one)) is not None}
    return frozenset(found)


def _anchor(act: Sequence[Told]) -> UUID:
    changing = [one for one in act if subject_of(one) is not None and not is_proved(one)]
    return next((one.id for one in changing if one.kind == "activity_done"), changing[0].id)
