"""A sample log as a file: Parquet, CSV, XES (also .xes.gz), or deals with two dates.

In: batches of `sample_log`, a path. Out: the file, written batch by batch beside its place and then moved
there, so that a broken run leaves nothing that looks whole. The same batches give the same bytes with the
same versions of PyArrow (Parquet, CSV) and zlib (.gz); XES and the two dates depend on no version.
"""

import csv
import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from infield.history.sample_log import SCHEMA
from infield.history.sample_truth import TWELVE_STAGES, Truth
from infield.web.whole_files import whole_file

XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<classifier name="Activity" keys="concept:name"/>
"""
TWO_DATES = (
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
)


def write_parquet(batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write the events as Parquet, one row group a batch."""
    with whole_file(path) as part, pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def write_csv(batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write the events as CSV in UTF-8, times as 2026-01-31T08:05:00Z."""
    schema = pa.schema([(name, pa.string()) for name in SCHEMA.names])
    with whole_file(path) as part, pacsv.CSVWriter(part, schema) as writer:
        for batch in batches:
            writer.write_batch(_as_text(batch))


def write_xes(batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write one trace a deal and one `complete` event an event; gzipped if the name ends in .gz."""
    with whole_file(path) as part, _text_file(part, gzipped=path.suffix.lower() == ".gz") as file:
        file.write(XES_HEAD)
        for batch in batches:
            file.writelines(_traces(batch))
        file.write("</log>\n")


def write_two_dates(
    batches: Iterable[pa.RecordBatch], path: Path, truth: Truth = TWELVE_STAGES, engaged: str = "qualified"
) -> None:
    """Write one row a deal as a pipeline export has it, without the history.

    `engage_date` is when the deal first entered the stage `engaged` or a later one. `deal_stage` is Won,
    Lost, Engaging or, before that stage, Prospecting; `close_value` is 0 for a lost deal, empty for an open.
    """
    later = {stage.name for stage in truth.stages[truth.position(engaged) :]}
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(TWO_DATES)
        for batch in batches:
            rows.writerows(_deal_rows(batch, later))


WRITERS: dict[str, Callable[[Iterable[pa.RecordBatch], Path], None]] = {
    ".parquet": write_parquet,
    ".csv": write_csv,
    ".xes": write_xes,
    ".xes.gz": write_xes,
}


def writer_for(path: Path) -> Callable[[Iterable[pa.RecordBatch], Path], None] | None:
    """Give the function that writes files of this name's ending, or None."""
    return next((write for ending, write in WRITERS.items() if path.name.lower().endswith(ending)), None)


@contextmanager
def _text_file(path: Path, *, gzipped: bool) -> Iterator[TextIO]:
    if not gzipped:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        return
    # No name and no time in the header: they would make equal logs differ.
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=5, fileobj=raw, mtime=0) as packed,
        TextIOWrapper(packed, encoding="utf-8", newline="\n") as file,
    ):
        yield file


def _as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    stamps = pc.strftime(batch["timestamp"].cast(pa.timestamp("s", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
    columns = {name: batch[name].cast(pa.string()) for name in SCHEMA.names if name != "timestamp"}
    return pa.RecordBatch.from_pydict({**columns, "timestamp": stamps}).select(SCHEMA.names)


def _deals(batch: pa.RecordBatch) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Give each deal's id and its rows as texts, in the order of the batch."""
    columns = [column.to_pylist() for column in _as_text(batch).columns]
    for case, rows in groupby(zip(*columns, strict=True), key=itemgetter(0)):
        yield case, list(rows)


def _traces(batch: pa.RecordBatch) -> Iterator[str]:
    place = {name: number for number, name in enumerate(SCHEMA.names)}
    activity, owner, stamp = place["activity"], place["owner"], place["timestamp"]
    of_trace = [(name, place[name]) for name in ("currency", "organization", "source", "product", "segment")]
    quoted = _Quoted()
    for case, rows in _deals(batch):
        first = rows[0]
        lines = ["\t<trace>\n", _attribute("concept:name", quoted[case])]
        lines += [_attribute(name, quoted[first[number]]) for name, number in of_trace]
        if first[place["amount"]] is not None:
            lines.append(f'\t\t<float key="amount" value="{first[place["amount"]]}"/>\n')
        lines += [_event(quoted[row[activity]], quoted[row[owner]], row[stamp]) for row in rows]
        yield "".join([*lines, "\t</trace>\n"])


class _Quoted(dict[str, str]):
    """Texts with their XML form; most appear thousands of times."""

    def __missing__(self, text: str) -> str:
        return self.setdefault(text, quoteattr(text))


def _attribute(key: str, quoted: str) -> str:
    return f'\t\t<string key="{key}" value={quoted}/>\n'


def _event(activity: str, owner: str, stamp: str) -> str:
    return (
        f'\t\t<event>\n\t\t\t<string key="concept:name" value={activity}/>\n'
        '\t\t\t<string key="lifecycle:transition" value="complete"/>\n'
        f'\t\t\t<string key="org:resource" value={owner}/>\n'
        f'\t\t\t<date key="time:timestamp" value="{stamp}"/>\n\t\t</event>\n'
    )


def _deal_rows(batch: pa.RecordBatch, later: set[str]) -> Iterator[tuple[str, ...]]:
    for case, rows in _deals(batch):
        deal = [dict(zip(SCHEMA.names, row, strict=True)) for row in rows]
        last = deal[-1]
        engaged = next((event["timestamp"][:10] for event in deal if event["activity"] in later), "")
        stage, closed, value = ("Engaging" if engaged else "Prospecting"), "", ""
        if last["kind"] in ("won", "lost"):
            stage, closed = last["activity"], last["timestamp"][:10]
            value = "0" if last["kind"] == "lost" else (last["amount"] or "").removesuffix(".00")
        yield case, last["owner"], last["product"], last["organization"], stage, engaged, closed, value
