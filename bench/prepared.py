"""Sample logs of a size, as a file and as the prepared tables, made once and kept for the next bench."""

import json
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from infield.history.ask import connect
from infield.history.log import build_log, save_log
from infield.history.sample_files import write_parquet
from infield.history.sample_log import sample_log

SEED = 7
UNTIL = datetime(2026, 11, 1, tzinfo=UTC)

STAGED = (
    """
    CREATE TABLE found_events AS
    SELECT
        CAST(substr(case_id, 3) AS INTEGER) - 1 AS "case", row_number() OVER () AS ordinal,
        epoch_us("timestamp") AS at_us, 'time' AS "precision", CAST(kind AS VARCHAR) AS kind,
        CAST(activity AS VARCHAR) AS stage, CAST("owner" AS VARCHAR) AS "owner"
    FROM read_parquet($file)
    """,
    """
    CREATE TABLE found_cases AS
    SELECT
        CAST(substr(case_id, 3) AS INTEGER) - 1 AS "case", case_id AS uuid,
        max(kind) FILTER (kind IN ('won', 'lost')) AS outcome,
        max(epoch_us("timestamp")) FILTER (kind IN ('won', 'lost')) AS closed_us,
        CAST(NULL AS VARCHAR) AS "owner", any_value(organization) AS organization,
        any_value(source) AS source, any_value(segment) AS segment, any_value(product) AS product,
        CAST(any_value(amount) * 100 AS BIGINT) AS amount_minor, any_value(currency) AS currency
    FROM read_parquet($file) GROUP BY case_id
    """,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sample: its file, the folder of its tables, its size, and what making it cost (build: seconds)."""

    file: str
    log: str
    deals: int
    events: int
    generate_s: float
    stage_s: float
    build_s: float
    save_s: float


def prepared(deals: int, folder: Path) -> Prepared:
    """The sample of so many deals in `folder`, made if it is not there."""
    home = folder / f"{SEED}-{deals}"
    card = home / "card.json"
    if card.exists():
        return Prepared(**json.loads(card.read_text("utf-8")))
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    made = _made(deals, home)
    card.write_text(json.dumps(asdict(made)), "utf-8")
    return made


def _made(deals: int, home: Path) -> Prepared:
    file, log = home / "sample.parquet", home / "log"
    clock = [time.perf_counter()]
    write_parquet(sample_log(deals, seed=SEED, until=UNTIL), file)
    clock.append(time.perf_counter())
    connection = connect(spill=home)
    for statement in STAGED:
        connection.execute(statement, {"file": str(file)})
    clock.append(time.perf_counter())
    build_log(connection, ZoneInfo("UTC"))
    clock.append(time.perf_counter())
    save_log(connection, log)
    clock.append(time.perf_counter())
    ((events,),) = connection.execute("SELECT count(*) FROM steps").fetchall()
    took = [late - early for early, late in pairwise(clock)]
    return Prepared(str(file), str(log), deals, events, *took)
