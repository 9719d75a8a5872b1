"""What is said of an act on many records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from infield.web import figures

if TYPE_CHECKING:
    from infield.finding.lists.bulk.actions import Result


def summary(what: str, results: Sequence["Result"], language: str) -> str:
    """Say what became of all: 11 moved, 3 held at the gate."""
    done = sum(one.is_done for one in results)
    gate = sum(one.is_gate for one in results)
    other = len(results) - done - gate
    said = [_done(what, done).format(n=figures.count(done, language))]
    if gate:
        text = ngettext("{n} held at the gate", "{n} held at the gate", gate)
        said.append(text.format(n=figures.count(gate, language)))
    if other:
        text = ngettext("{n} not changed", "{n} not changed", other)
        said.append(text.format(n=figures.count(other, language)))
    return gettext(", ").join(said)


def _done(what: str, count: int) -> str:
    if what == "stage":
        return ngettext("{n} moved", "{n} moved", count)
    if what == "undo":
        return ngettext("{n} taken back", "{n} taken back", count)
    return ngettext("{n} changed", "{n} changed", count)
