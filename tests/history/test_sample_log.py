"""The sample log: the same for the same seed, and what it plants can be found again from its rows alone."""

import csv
import gzip
import os
import statistics
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from infield.cli.sample_log import command
from infield.history.sample_files import TWO_DATES, write_csv, write_parquet, write_two_dates, write_xes
from infield.history.sample_log import BATCH_DEALS, SCHEMA, drift_from, sample_log
from infield.history.sample_truth import TWELVE_STAGES as TRUTH
from infield.history.sample_truth import SampleStage

UNTIL = datetime(2026, 10, 1, tzinfo=UTC)
DEALS = 40_000
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
NAMES = [stage.name for stage in TRUTH.stages]


@cache
def events() -> tuple[tuple[str, str, str, datetime, str], ...]:
    """All rows of one log in file order: case, activity, kind, time, owner."""
    rows: list[tuple[str, str, str, datetime, str]] = []
    for batch in sample_log(DEALS, seed=3, until=UNTIL):
        columns = (batch[name].to_pylist() for name in ("case_id", "activity", "kind", "timestamp", "owner"))
        rows += zip(*columns, strict=True)
    return tuple(rows)


@cache
def by_deal() -> dict[str, list[tuple[str, str, datetime, str]]]:
    deals: dict[str, list[tuple[str, str, datetime, str]]] = defaultdict(list)
    for case, name, kind, at, owner in events():
        deals[case].append((name, kind, at, owner))
    return dict(deals)


def settled() -> list[list[tuple[str, str, datetime, str]]]:
    """The deals that began more than two years before the end: few are still open for lack of time."""
    return [deal for deal in by_deal().values() if deal[0][2] < UNTIL - timedelta(days=730)]


def waits_in(stage: str, *, before: datetime, since: datetime = ALWAYS) -> list[float]:
    """Days from each entry into the stage to the next entry or outcome, without the deals that rot."""
    days = []
    for deal in by_deal().values():
        steps = [event for event in deal if event[1] != "activity_done"]
        for (name, _, entered, _), (_, _, left, _) in pairwise(steps):
            if name == stage and since <= entered < before:
                days.append((left - entered) / timedelta(days=1))
    return days


def test_the_same_seed_gives_the_same_rows_and_another_gives_others() -> None:
    one, same, other = (list(sample_log(500, seed=seed, until=UNTIL)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


@pytest.mark.parametrize(
    ("write", "name"), [(write_parquet, "a.parquet"), (write_csv, "a.csv"), (write_xes, "a.xes.gz")]
)
def test_the_same_seed_gives_the_same_bytes(
    write: Callable[[Iterable[pa.RecordBatch], Path], None], name: str, tmp_path: Path
) -> None:
    files = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        write(sample_log(300, seed=5, until=UNTIL), folder / name)
        files.append((folder / name).read_bytes())
    assert files[0] == files[1]


@pytest.mark.slow
def test_every_deal_asked_for_is_there_once_and_in_order() -> None:
    assert list(by_deal()) == [f"D-{number:06d}" for number in range(1, DEALS + 1)]
    assert Counter(before != after for (before, *_), (after, *_) in pairwise(events()))[True] == DEALS - 1


@pytest.mark.slow
def test_a_deal_has_about_13_6_events() -> None:
    assert len(events()) / DEALS == pytest.approx(13.6, abs=0.15)


def test_the_events_of_a_deal_are_in_order_of_time_and_none_is_in_the_future() -> None:
    for deal in by_deal().values():
        times = [at for _, _, at, _ in deal]
        assert times == sorted(times)
        assert times[-1] <= UNTIL


def test_a_deal_begins_in_the_first_stage_in_office_hours_and_nothing_follows_its_outcome() -> None:
    for deal in by_deal().values():
        assert deal[0][0] == NAMES[0]
        assert deal[0][2].weekday() < 5
        assert 8 <= deal[0][2].hour < 18
        assert all(kind in ("stage_entered", "activity_done") for _, kind, _, _ in deal[:-1])


def test_win_rates_of_reps_are_found_again() -> None:
    decided: Counter[str] = Counter()
    won: Counter[str] = Counter()
    for deal in settled():
        decided[deal[-1][3]] += deal[-1][1] in ("won", "lost")
        won[deal[-1][3]] += deal[-1][1] == "won"
    assert len(decided) == len(TRUTH.reps)
    for rep in TRUTH.reps:
        error = (rep.win_rate * (1 - rep.win_rate) / decided[rep.name]) ** 0.5
        assert won[rep.name] / decided[rep.name] == pytest.approx(rep.win_rate, abs=4 * error)


def test_skipped_stages_are_found_again() -> None:
    won = [{name for name, *_ in deal} for deal in settled() if deal[-1][1] == "won"]
    assert len(won) > 3_000
    for stage in TRUTH.stages:
        skipped = sum(stage.name not in entered for entered in won) / len(won)
        assert skipped == pytest.approx(stage.skipped, abs=0.03)
        assert (skipped == 0) == (stage.skipped == 0)


def test_where_deals_are_lost_is_found_again() -> None:
    last = Counter(
        [name for name, kind, _, _ in deal if kind == "stage_entered"][-1]
        for deal in settled()
        if deal[-1][1] == "lost"
    )
    for stage in TRUTH.stages:
        assert last[stage.name] / last.total() == pytest.approx(stage.lost, abs=0.02)


@pytest.mark.parametrize("stage", TRUTH.entered, ids=lambda stage: stage.key)
def test_median_waits_are_found_again(stage: SampleStage) -> None:
    days = waits_in(stage.name, before=drift_from(UNTIL))
    assert len(days) > 500
    assert statistics.median(days) == pytest.approx(stage.median_days, rel=0.08)


def test_the_slow_down_begins_in_its_month_and_only_in_its_stage() -> None:
    slow = next(stage for stage in TRUTH.stages if stage.key == TRUTH.drift_stage)
    begins = drift_from(UNTIL)
    assert begins == datetime(2025, 11, 1, tzinfo=UTC)  # month 24 of the months November 2023 to October 2026
    # The last 150 days are left out: who is still waiting there is not among the waits.
    after = waits_in(slow.name, since=begins, before=UNTIL - timedelta(days=150))
    assert statistics.median(after) == pytest.approx(TRUTH.drift_factor * slow.median_days, rel=0.1)
    proposal = waits_in("Proposal", since=begins, before=UNTIL - timedelta(days=150))
    assert statistics.median(proposal) == pytest.approx(7.0, rel=0.08)


def test_one_wait_in_a_hundred_is_extreme() -> None:
    days = waits_in("Discovery", before=UNTIL - timedelta(days=400))
    extreme = sum(wait >= 20 * 6.0 for wait in days) / len(days)
    assert extreme == pytest.approx(TRUTH.outliers, abs=0.004)


def test_seasons_are_found_again() -> None:
    begun = Counter(deal[0][2].month for deal in by_deal().values() if deal[0][2].year in (2024, 2025))
    for month, weight in enumerate(TRUTH.season, start=1):
        share = weight / sum(TRUTH.season)
        assert begun[month] / begun.total() == pytest.approx(share, abs=0.006)


def test_some_deals_are_open_and_some_of_these_rot() -> None:
    is_open = [deal for deal in by_deal().values() if deal[-1][1] not in ("won", "lost")]
    assert 0.05 < len(is_open) / DEALS < 0.15
    rotten = sum(deal[-1][1] not in ("won", "lost") for deal in settled()) / len(settled())
    assert rotten == pytest.approx(TRUTH.rotting, abs=0.02)


def test_noise_of_every_kind_is_there() -> None:
    moves: Counter[tuple[str, str]] = Counter()
    for deal in by_deal().values():
        entered = [name for name, kind, _, _ in deal if kind == "stage_entered"]
        moves.update(pairwise(entered))
    back = sum(
        n for (a, b), n in moves.items() if a in NAMES and b in NAMES and NAMES.index(b) < NAMES.index(a)
    )
    again = sum(n for (a, b), n in moves.items() if a == b)
    assert back / moves.total() == pytest.approx(0.06, abs=0.02)
    assert again / moves.total() == pytest.approx(0.04, abs=0.015)
    assert moves["Qualified", "Nurture"] > 100
    assert moves["Nurture", "First contact"] > 100
    assert moves["Proposal", "On hold"] > 100
    changed = sum(len({owner for *_, owner in deal}) > 1 for deal in by_deal().values())
    assert changed / DEALS == pytest.approx(TRUTH.reassigned, abs=0.01)
    assert any(a[2] == b[2] for deal in by_deal().values() for a, b in pairwise(deal))


def test_permitted_moves_name_stages_of_the_sale_once_each() -> None:
    keys = {stage.key for stage in TRUTH.entered}
    assert {key for move in TRUTH.moves for key in move} == keys
    assert len(set(TRUTH.moves)) == len(TRUTH.moves) == 11 + 2 + 3 + 2 + 16
    assert ("discovery", "demo") in TRUTH.moves
    assert ("qualified", "demo") not in TRUTH.moves


def test_a_log_needs_an_end_with_a_zone_and_no_negative_count() -> None:
    with pytest.raises(ValueError, match="until_without_zone"):
        next(sample_log(1, seed=1, until=datetime(2026, 1, 1)))  # noqa: DTZ001
    with pytest.raises(ValueError, match="deals_below_0"):
        next(sample_log(-1, seed=1, until=UNTIL))
    assert list(sample_log(0, seed=1, until=UNTIL)) == []


def test_parquet_csv_and_xes_hold_the_same_events(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.parquet", "a.csv", "a.xes", "a.XES.GZ")]
    for path, write in zip(paths, (write_parquet, write_csv, write_xes, write_xes), strict=True):
        write(sample_log(200, seed=9, until=UNTIL), path)
    table = pq.read_table(paths[0])
    expected = [
        (row["case_id"], row["activity"], f"{row['timestamp']:%Y-%m-%dT%H:%M:%SZ}", row["owner"])
        for row in table.to_pylist()
    ]
    with paths[1].open(encoding="utf-8", newline="") as file:
        rows = [
            (row["case_id"], row["activity"], row["timestamp"], row["owner"]) for row in csv.DictReader(file)
        ]
    assert rows == expected
    assert xes_rows(paths[2].read_bytes()) == expected
    assert gzip.decompress(paths[3].read_bytes()) == paths[2].read_bytes()
    assert pacsv.read_csv(paths[1]).num_rows == len(expected)
    assert table.schema.equals(SCHEMA)


def xes_rows(data: bytes) -> list[tuple[str | None, ...]]:
    root = ET.fromstring(data)  # noqa: S314  our own file
    rows: list[tuple[str | None, ...]] = []
    for trace in root.findall("{*}trace"):
        case = next(child.get("value") for child in trace if child.get("key") == "concept:name")
        for event in trace.findall("{*}event"):
            values = {child.get("key"): child.get("value") for child in event}
            rows.append(
                (case, values["concept:name"], values["time:timestamp"], values["org:resource"]),
            )
    return rows


def test_deals_with_two_dates_agree_with_the_history(tmp_path: Path) -> None:
    write_two_dates(sample_log(400, seed=4, until=UNTIL), tmp_path / "deals.csv")
    with (tmp_path / "deals.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["opportunity_id"]: row for row in csv.DictReader(file)}
    assert tuple(next(iter(rows.values()))) == TWO_DATES
    assert len(rows) == 400
    for batch in sample_log(400, seed=4, until=UNTIL):
        for event in batch.to_pylist():
            row = rows[event["case_id"]]
            if event["kind"] in ("won", "lost"):
                assert row["deal_stage"] == event["activity"]
                assert row["close_date"] == f"{event['timestamp']:%Y-%m-%d}"
                assert row["close_value"] in (
                    "0",
                    "" if event["amount"] is None else f"{event['amount']:.0f}",
                )
            if event["activity"] == "Contract sent":
                assert row["engage_date"] <= f"{event['timestamp']:%Y-%m-%d}"
    assert {row["deal_stage"] for row in rows.values()} == {"Won", "Lost", "Engaging", "Prospecting"}
    assert all(not row["engage_date"] for row in rows.values() if row["deal_stage"] == "Prospecting")


def test_a_broken_run_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield from sample_log(10, seed=1, until=UNTIL)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_xes(broken(), tmp_path / "a.xes")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_file_and_says_how_to_repeat_it(tmp_path: Path) -> None:
    path = tmp_path / "deals.parquet"
    options = ["--deals", "50", "--seed", "7", "--until", "2026-11-01", "-o", str(path)]
    answer = CliRunner().invoke(command, options)
    assert answer.exit_code == 0
    assert answer.output == f"{path}: 50 deals, seed 7, until 2026-11-01\n"
    assert len(set(pq.read_table(path)["case_id"].to_pylist())) == 50


def test_the_command_refuses_a_file_it_cannot_write(tmp_path: Path) -> None:
    unknown = CliRunner().invoke(command, ["-o", str(tmp_path / "deals.txt")])
    assert unknown.exit_code == 2
    assert "must end in .parquet" in unknown.output
    nowhere = CliRunner().invoke(command, ["-o", str(tmp_path / "no" / "deals.csv")])
    assert nowhere.exit_code == 1
    assert "No such file" in nowhere.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_deals_that_were_made_are_not_kept_in_memory() -> None:
    """Four times the deals, in fresh processes: the peak grows by less than half of what more was made."""
    (few_mb, few_made), (many_mb, many_made) = (peak(BATCH_DEALS * batches) for batches in (2, 8))
    assert many_mb - few_mb < (many_made - few_made) / 2


def peak(deals: int) -> tuple[float, float]:
    """Give the most memory held while making deals one batch after another, and what they weigh, in MB."""
    code = (
        "import datetime as d\n"
        "from bench.peak import peak_mb\n"
        "from infield.history.sample_log import sample_log\n"
        f"batches = sample_log({deals}, seed=1, until=d.datetime(2026, 10, 1, tzinfo=d.UTC))\n"
        "made = sum(batch.nbytes for batch in batches)\n"
        "print(peak_mb(), made / 2**20)\n"
    )
    # the machine's own allocator gives back what is freed: the same peak on every machine
    environment = os.environ | {"ARROW_DEFAULT_MEMORY_POOL": "system"}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    most, made = map(float, answer.stdout.split())
    return most, made
