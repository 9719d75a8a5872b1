"""A log in the database, written and read as the app does, and the same log by plain loops."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infield.history.actions import NewEvent
from infield.history.queries import open_log

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
IDA, JUN = UUID(int=1), UUID(int=2)

STEPS = """
SELECT
    c.uuid, s.seq, s.at_us, s.day, k.name, a.name, b.name, s.stage_gap_us, l.name, s.gap_us, o.name, m.name,
    s.first_of_edge
FROM steps AS s
JOIN cases AS c USING ("case")
LEFT JOIN names AS k ON k.what = 'kind' AND k.code = s.kind
LEFT JOIN names AS l ON l.what = 'kind' AND l.code = s.next_kind
LEFT JOIN names AS a ON a.what = 'stage' AND a.code = s.stage
LEFT JOIN names AS b ON b.what = 'stage' AND b.code = s.next_stage
LEFT JOIN names AS o ON o.what = 'owner' AND o.code = s."owner"
LEFT JOIN names AS m ON m.what = 'map' AND m.code = s.map
ORDER BY c.uuid, s.seq
"""
CASES = """
SELECT
    c.uuid, m.name, c.version, c.created_us, c.closed_us, c.outcome, a.name, o.name, c.organization, c.source,
    c.segment, c.product, c.amount_minor, c.currency, p.deals,
    list_transform(p.path, lambda code: stages.name_of[code])
FROM cases AS c
CROSS JOIN (SELECT map(list(code), list(name)) AS name_of FROM names WHERE what = 'stage') AS stages
LEFT JOIN paths AS p USING (variant_id)
LEFT JOIN names AS a ON a.what = 'stage' AND a.code = c.stage
LEFT JOIN names AS o ON o.what = 'owner' AND o.code = c."owner"
LEFT JOIN names AS m ON m.what = 'map' AND m.code = c.map
ORDER BY c.uuid
"""


def case(number: int) -> UUID:
    return UUID(int=1000 + number)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def new(kind: str, number: int = 0, hours: float = 0, **others: Any) -> NewEvent:
    """An event of the numbered case, so many hours after the start."""
    return NewEvent(
        kind=kind, case=case(number), object_kind="deal", object_id=case(number), at=at(hours), **others
    )


def created(number: int = 0, owner: UUID = IDA, hours: float = 0, **facts: Any) -> NewEvent:
    return new("created", number, hours, data={"owner": str(owner), **facts})


def entered(stage: str, number: int = 0, hours: float = 0, **others: Any) -> NewEvent:
    return new("stage_entered", number, hours, stage=stage, **others)


def rows(log: "DuckDBPyConnection", sql: str) -> list[tuple[Any, ...]]:
    return list(log.execute(sql).fetchall())


def asked(sql: str, owners: Iterable[UUID] | None = None) -> list[tuple[Any, ...]]:
    with open_log(None if owners is None else frozenset(owners)) as log:
        return rows(log, sql)


def whole_log() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    with open_log(None) as log:
        return rows(log, STEPS), rows(log, CASES)


def ways() -> dict[UUID, list[str]]:
    """Of each case the stages it went through."""
    found: dict[UUID, list[str]] = {}
    for uuid, stage in asked(
        'SELECT c.uuid, n.name FROM steps JOIN cases AS c USING ("case") JOIN names AS n'
        " ON n.what = 'stage' AND n.code = steps.stage ORDER BY c.uuid, seq"
    ):
        found.setdefault(UUID(uuid), []).append(stage)
    return found
