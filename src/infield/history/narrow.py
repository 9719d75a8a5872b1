"""A part of the log: the deals of one map, or those that began lately."""

from typing import TYPE_CHECKING
from uuid import UUID

from infield.history.ask import question

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def narrow(
    log: "DuckDBPyConnection",
    *,
    of_map: UUID | None = None,
    since_us: int | None = None,
    until_us: int | None = None,
) -> None:
    """Leave only cases of this map (a process) that began at `since_us` or later, before `until_us`; None: whatever.

    `steps`, `cases`, `paths` and `visits` count only these from now on; a second call narrows further.
    """
    asked = {"map": str(of_map) if of_map else None, "since_us": since_us, "until_us": until_us}
    log.execute(question(__package__, "narrowed"), asked)
    log.execute(question(__package__, "narrowed_views"))
