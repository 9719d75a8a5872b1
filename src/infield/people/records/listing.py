"""One page of a list, found by the key of the row before it: the thousandth page costs what the first does."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

SIZE = 50
COUNTED = 1_000
"""Lists longer than this are not counted to their end."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list is asked for: `told` are its filters by name, `sort` a key of the list's sorts, `after` a row."""

    told: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    after: str = ""

    def address(self, **others: str) -> str:
        """Give the query of this wish with some of it changed; "" takes away.

        >>> Wish({"owner": "me"}, "name").address(owner="", q="a b")
        '?sort=name&q=a+b'
        """
        told = {"sort": self.sort, **self.told, **others}
        kept = {name: value for name, value in told.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list; `after`: where the next page begins, "" at the end; `count`: how many rows there are, up to
    COUNTED, and whether there are more."""

    rows: tuple[Any, ...]
    after: str
    count: int
    is_more: bool
