"""Holds the deals of the columnar log against a map.

In: a connection with the tables of the log and a map. Out: a `Conformance`. The log's paths have every event
with a name, so also outcomes ("Closed Won") and finished activities ("Call"). Those are entries only where
the map has a stage of that name; otherwise they are left out, for they are no stages that a deal entered.
"""

from typing import TYPE_CHECKING

import numpy as np

from infield.history.ask import ask
from infield.mining.align import Kind, starts_of
from infield.mining.conformance import CodedPaths, Conformance, conformance_of_coded, paths_with
from infield.mining.model import OUTCOMES, numbers_of
from infield.process.values import ProcessMap

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


def conformance_of_log(connection: "DuckDBPyConnection", process: ProcessMap) -> Conformance:
    """Hold every case of the log against a map; a case without a stage entry has an empty path."""
    return conformance_of_coded(process, paths_of_log(connection, process))


def paths_behind(
    connection: "DuckDBPyConnection", process: ProcessMap, deviation: tuple[Kind, str, str | None] | None
) -> "pa.Table":
    """Give the paths that deviate from a map in this way (kind, stage, target), or follow it (None).

    `variant_id` (null: no step), `outcome` (index into `OUTCOMES`), one row a path and outcome.
    """
    taken, paths = _taken(connection), paths_of_log(connection, process)
    behind = paths_with(process, paths, deviation)
    return taken.select(["variant_id", "outcome"]).take(behind)


def paths_of_log(connection: "DuckDBPyConnection", process: ProcessMap) -> CodedPaths:
    """Give the distinct paths of the log with their outcomes, without what is no stage entry."""
    named = ask(connection, __package__, "step_names").arrow()
    names = named["name"].to_pylist()
    stages = numbers_of(process)
    counts = named["is_entry"].to_numpy() | np.array(
        [name.casefold() in stages for name in names], dtype=bool
    )
    taken = _taken(connection)
    steps = taken["path"].combine_chunks()
    codes = steps.flatten().to_numpy()
    kept = counts[codes]
    return CodedPaths(
        names=names,
        codes=codes[kept],
        starts=np.concatenate(([0], np.cumsum(kept)))[starts_of(steps.value_lengths().to_numpy())],
        outcomes=taken["outcome"].to_numpy().astype(np.int64),
        deals=taken["deals"].to_numpy(),
    )


def _taken(connection: "DuckDBPyConnection") -> "pa.Table":
    return ask(connection, __package__, "taken_paths", outcomes=[str(o) for o in OUTCOMES[1:]]).arrow()
