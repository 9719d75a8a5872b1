"""Which names of stages, activities and states mean a sale or a lost deal."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

WON = (
    "won", "closed won", "closedwon", "deal won", "win", "受注", "成約", "受注済", "受注済み",
    "voitettu", "ชนะ", "ปิดการขายได้", "gewonnen", "gagné", "ganado", "vunnen",
)  # fmt: skip
LOST = (
    "lost", "closed lost", "closedlost", "deal lost", "loss", "失注", "失注済", "hävitty", "menetetty",
    "แพ้", "ปิดการขายไม่ได้", "verloren", "perdu", "perdido", "förlorad", "closed lost to competition",
)  # fmt: skip
TRUE = ("true", "1", "yes", "y", "t", "wahr", "vrai", "kyllä", "はい", "จริง", "ใช่")
FALSE = ("false", "0", "no", "n", "f", "falsch", "faux", "ei", "いいえ", "เท็จ", "ไม่")


def folded(name: str) -> str:
    """Give a name as names are compared: compatible characters, no case, single blanks.

    >>> folded("  Closed  WON ")
    'closed won'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def bare(name: str) -> str:
    """Give a folded name without a number before it, dashes and underscores as blanks.

    >>> bare("7. Closed_Won")
    'closed won'
    """
    return re.sub(r"^\d+\s*[.):]?\s+|^\d+[.):]", "", " ".join(re.split(r"[\s_\-–]+", folded(name))))


def meanings(
    names: Iterable[str], won: Sequence[str] | None, lost: Sequence[str] | None
) -> Mapping[str, str]:
    """Give for each of `names` that means it "won" or "lost".

    Names in `won` and `lost` are compared as they are, without case; where neither is given the usual words
    for the two, with or without a number before them, decide.
    """
    if won is None and lost is None:
        table = dict.fromkeys(LOST, "lost") | dict.fromkeys(WON, "won")
        return {name: table[bare(name)] for name in names if bare(name) in table}
    table = {folded(name): "lost" for name in lost or ()} | {folded(name): "won" for name in won or ()}
    return {name: table[folded(name)] for name in names if folded(name) in table}
