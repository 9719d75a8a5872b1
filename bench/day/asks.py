"""The requests of a day, and what one of them costs the server."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

ROUNDS = 30
WARM = 3
WORDS = ("ferro", "山田", "いと", "line", "kim12", "har", "lumen foods", "telem")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: a form makes it a POST; `status`: what is answered when all went well."""

    path: str
    form: dict[str, str] = field(default_factory=dict)
    status: int = 200
    is_htmx: bool = False


type Nth = Callable[[int], Ask]
"""The n-th request of its kind: searches, names and moves differ from one to the next."""


def asks(deal: str, moved: str) -> dict[str, Nth]:
    """Give the requests by name, of the deal that is looked at and of the one that is moved, as addresses have them."""
    pages = {
        "list": "/deals",
        "filtered": "/deals?stage=needs,proposal&owner=me&amount=20000..&step=late,week&sort=-amount",
        "closed": "/deals?outcome=won&created=-400d..&sort=-amount",
        "deal": f"/deals/{deal}",
        "board": "/board",
    }
    return {name: _page(path) for name, path in pages.items()} | {
        "search": lambda n: Ask("/search/palette?" + urlencode({"q": WORDS[n % len(WORDS)]}), is_htmx=True),
        "create": lambda n: Ask("/deals/new", _new(n), 302),
        "move": lambda n: Ask(f"/deals/{moved}/move", _move(n), 302),
    }


def _page(path: str) -> Nth:
    return lambda _: Ask(path)


def _new(n: int) -> dict[str, str]:
    name = f"New buyer {n} {time.time_ns()}"
    return {"organization": name, "title": "Line 9", "currency": "EUR", "amount": "9000"}


def _move(n: int) -> dict[str, str]:
    from tests.desk.board_world import STAGES

    return {
        "to": STAGES[n % 2],
        "anyway": "1",
        "because": "Agreed at the fair",
        "back_because": "Too early",
    }


def cpu_ms(user: Any, nth: Nth) -> float:
    """Give the median CPU time of this process for a request, in ms, through the whole stack of middleware."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    times = []
    for n in range(ROUNDS + WARM):
        ask = nth(n)
        headers = {"HX-Request": "true"} if ask.is_htmx else {}
        before = time.process_time()
        answer = (
            client.post(ask.path, ask.form, headers=headers)
            if ask.form
            else client.get(ask.path, headers=headers)
        )
        times.append((time.process_time() - before) * 1000)
        assert answer.status_code == ask.status, (answer.status_code, answer.content[:400])
    return statistics.median(times[WARM:])
