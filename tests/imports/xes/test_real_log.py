"""A real log, counted apart."""

import gzip
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from lxml import etree
from tests.imports.xes.files import cases

from infield.imports.xes import read_xes

REAL = Path(__file__).parents[4] / "shared" / "data" / "bpi2012-loan-applications" / "first1500.xes.gz"


@pytest.mark.skipif(not REAL.exists(), reason="the real log is not beside the checkout")
@pytest.mark.parametrize("lifecycle", ["complete", "all"])
def test_a_real_log_gives_the_counts_of_an_independent_reading(
    lifecycle: str, connection: duckdb.DuckDBPyConnection
) -> None:
    deals = dom_deals(keep_all=lifecycle == "all")
    reading = read_xes([REAL], connection, lifecycle=lifecycle, won=["A_ACTIVATED"])  # type: ignore[arg-type]
    assert reading.rows_kept == sum(len(steps) for _, _, steps in deals)
    assert cases(connection, "uuid", "amount_minor") == [(name, amount * 100) for name, amount, _ in deals]
    found = connection.execute(
        'select "case", stage, owner, at_us from found_events order by 1, at_us, ordinal'
    )
    expected = [
        (number, name, owner, at_us)
        for number, (_, _, steps) in enumerate(deals)
        for at_us, name, owner in sorted(steps, key=lambda step: step[0])
    ]
    assert found.fetchall() == expected
    edges = Counter(
        pair
        for _, _, steps in deals
        for pair in pairwise(name for _, name, _ in sorted(steps, key=lambda step: step[0]))
    )
    asked = connection.execute(
        """select stage, next, count(*) from (
             select stage, lead(stage) over (partition by "case" order by at_us, ordinal) as next
             from found_events)
           where next is not null group by all"""
    ).fetchall()
    assert {(source, target): n for source, target, n in asked} == edges
    won = sum(any(name == "A_ACTIVATED" for _, name, _ in steps) for _, _, steps in deals)
    assert cases(connection, "outcome").count(("won",)) == won > 0


def dom_deals(*, keep_all: bool) -> list[tuple[str, int, list[tuple[int, str, str | None]]]]:
    """Read the real log with a DOM and plain Python: name, amount, and (time, activity, owner) per event."""
    root = etree.fromstring(gzip.decompress(REAL.read_bytes()))
    space = "{http://www.xes-standard.org/}"
    deals = []
    for trace_ in root.iterchildren(f"{space}trace"):
        about = {str(child.get("key")): str(child.get("value")) for child in trace_}
        steps = []
        for event_ in trace_.iterchildren(f"{space}event"):
            said = {str(child.get("key")): str(child.get("value")) for child in event_}
            if not keep_all and said.get("lifecycle:transition", "complete").lower() != "complete":
                continue
            moment = datetime.fromisoformat(said["time:timestamp"])
            at_us = round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000) * 1000
            steps.append((at_us, said["concept:name"], said.get("org:resource")))
        if steps:
            deals.append((about["concept:name"], int(about["AMOUNT_REQ"]), steps))
    return deals
