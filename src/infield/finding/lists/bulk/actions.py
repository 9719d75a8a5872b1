"""One act on many records: each in a transaction of its own, so that what is refused stops nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

type Act = Callable[[Any], Any]
"""What is done to each record; it gives what the records of its kind call done."""

MOST = 500


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one record: `held` says why not; `undo` is the id to take it back by."""

    thing: UUID
    name: str
    held: str = ""
    is_gate: bool = False
    undo: UUID | None = None

    @property
    def is_done(self) -> bool:
        return not self.held


def change_many(
    things: QuerySet[Any], ids: Iterable[UUID], attempt: Callable[[Any], Result]
) -> tuple[Result, ...]:
    """Attempt one act on each of these that are among `things`, at most 500, in the order given."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    found = things.in_bulk(wanted)
    return tuple(attempt(found[pk]) for pk in wanted if pk in found)
