"""A picture is the same bytes in every process: Python orders sets of text differently in each."""

import os
import subprocess
import sys

import pytest

DRAW_ALL = """
import hashlib
from infield.process.drawing.diamond import diamond
from infield.process.drawing.flowchart import flowchart
from infield.process.drawing.funnel import funnel
from tests.process.generated_maps import generated_map
for seed in range(12):
    for draw in (flowchart, diamond, funnel):
        print(seed, draw.__name__, hashlib.sha256(draw(generated_map(seed)).encode()).hexdigest())
"""


def drawn(hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", DRAW_ALL], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.slow
def test_a_picture_is_the_same_in_every_process() -> None:
    first = drawn("1")
    assert len(first.splitlines()) == 36
    assert drawn("2") == first
    assert drawn("3") == first
