"""How long `infield map check` and `infield map draw` take as whole processes on a map of 25 stages.

Beside them, in the same rounds: for check, Python parsing the same YAML with PyYAML's plain loader and validating it
with jsonschema against our schema; for draw, Graphviz's dot drawing a graph of the same stages and ways.

    python -m bench.command_line [rounds]
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.process.generated_maps import generated_map

from infield.process.flow import ways
from infield.process.schema import map_schema
from infield.process.values import ProcessMap
from infield.process.yaml_output import write

STAGES = 25
RIVAL_CHECK = """
import json, sys, yaml, jsonschema
data = yaml.load(open(sys.argv[1], encoding="utf-8"), Loader=yaml.SafeLoader)
jsonschema.validate(json.loads(json.dumps(data, default=str)), json.load(open(sys.argv[2], encoding="utf-8")))
"""


def main(rounds: int = 9) -> None:
    """Time the commands in turn and print medians and ratios."""
    process = next(found for seed in range(10_000) if len((found := generated_map(seed)).stages) == STAGES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = {
            pair: command for pair, command in prepared(process, folder).items() if shutil.which(command[0])
        }
        taken: dict[str, list[tuple[float, float]]] = {pair: [] for pair in commands}
        for _ in range(rounds + 1):  # the first round warms the disk and is not counted
            for pair, command in commands.items():
                taken[pair].append(wall_and_cpu(command))
    wall, cpu = (
        {pair: statistics.median(run[which] for run in runs[1:]) for pair, runs in taken.items()}
        for which in (0, 1)
    )
    size = f"{STAGES} stages, {len(ways(process))} ways, {sum(1 for _ in process.criteria())} criteria"
    print(f"{size}; medians of {rounds} rounds, whole processes")
    for pair in wall:
        print(f"  {pair:22} {wall[pair] * 1000:6.0f} ms, of which the processor {cpu[pair] * 1000:5.0f} ms")
    for ours, rival in (("infield map check", "PyYAML + jsonschema"), ("infield map draw", "dot -Tsvg")):
        if rival in wall:
            print(
                f"  {ours} takes {wall[ours] / wall[rival]:.2f} times {rival}, processor {cpu[ours] / cpu[rival]:.2f}"
            )


def prepared(process: ProcessMap, folder: Path) -> dict[str, list[str]]:
    """Write the map, its schema and its graph, and give the commands by name."""
    yaml, schema, graph = folder / "map.yaml", folder / "schema.json", folder / "map.dot"
    yaml.write_text(write(process), "utf-8")
    schema.write_text(json.dumps(map_schema()), "utf-8")
    graph.write_text(as_dot(process), "utf-8")
    infield = [sys.executable, "-m", "infield", "map"]
    return {
        "infield map check": [*infield, "check", str(yaml)],
        "PyYAML + jsonschema": [sys.executable, "-c", RIVAL_CHECK, str(yaml), str(schema)],
        "infield map draw": [*infield, "draw", str(yaml), "-o", str(folder / "map.svg")],
        "dot -Tsvg": ["dot", "-Tsvg", "-o", str(folder / "dot.svg"), str(graph)],
    }


def as_dot(process: ProcessMap) -> str:
    """Give the stages and ways as a graph in dot's language."""
    boxes = "".join(f'"{stage.key}" [shape=box];' for stage in process.stages)
    edges = "".join(f'"{way.source}" -> "{way.target}";' for way in ways(process))
    return f"digraph {{ rankdir=LR; splines=ortho; {boxes} {edges} }}"


def wall_and_cpu(command: list[str]) -> tuple[float, float]:
    """Give wall and processor seconds of one run; a map with findings ends with 1, which is a run like any other."""
    before, start = os.times(), time.perf_counter()
    ran = subprocess.run(command, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, os.times()
    if ran.returncode not in (0, 1):
        raise SystemExit(ran.stderr.decode())
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
