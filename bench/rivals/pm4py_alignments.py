"""Aligns paths with a net by PM4Py: run by bench/alignments.py as a program of its own environment.

PM4Py is AGPL: nothing of the project imports it, and this file imports nothing of the project.
In (stdin): JSON {"nexts": [[state, next state, label]], "ends": [[states] per outcome],
"paths": [[outcome, [labels]]]}. Out (stdout): JSON {"costs": [...], "seconds": x, "version": "..."};
seconds are of the alignments alone.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pm4py  # type: ignore[import-not-found,unused-ignore]
from pm4py.algo.conformance.alignments.petri_net import algorithm  # type: ignore[import-not-found,unused-ignore]
from pm4py.objects.log.obj import Event, Trace  # type: ignore[import-not-found,unused-ignore]
from pm4py.objects.petri_net.obj import Marking, PetriNet  # type: ignore[import-not-found,unused-ignore]
from pm4py.objects.petri_net.utils import petri_utils  # type: ignore[import-not-found,unused-ignore]

MOVE_COST = 10_000  # PM4Py's own unit of a move that is not synchronous; silent moves cost 1


def net_of(nexts: list[list[Any]], ends: list[int]) -> tuple[Any, Any, Any]:
    net = PetriNet("map")
    places = {}
    for state in {0, *ends, *(at for way in nexts for at in way[:2])}:
        places[state] = PetriNet.Place(str(state))
        net.places.add(places[state])
    end = PetriNet.Place("end")
    net.places.add(end)
    for at, (source, target, label) in enumerate([*nexts, *((state, None, None) for state in ends)]):
        move = PetriNet.Transition(f"t{at}", label)
        net.transitions.add(move)
        petri_utils.add_arc_from_to(places[source], move, net)
        petri_utils.add_arc_from_to(move, end if target is None else places[target], net)
    return net, Marking({places[0]: 1}), Marking({end: 1})


def trace_of(labels: list[str]) -> Any:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return Trace(
        [
            Event({"concept:name": label, "time:timestamp": start + timedelta(hours=at)})
            for at, label in enumerate(labels)
        ]
    )


given = json.load(sys.stdin)
nets = [net_of(given["nexts"], ends) for ends in given["ends"]]
traces = [(nets[outcome], trace_of(labels)) for outcome, labels in given["paths"]]
began = time.perf_counter()
costs = [algorithm.apply_trace(trace, *net)["cost"] // MOVE_COST for net, trace in traces]
json.dump({"costs": costs, "seconds": time.perf_counter() - began, "version": pm4py.__version__}, sys.stdout)
