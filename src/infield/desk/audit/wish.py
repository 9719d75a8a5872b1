"""What the audit is asked for, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from infield.finding import narrowing
from infield.web.ids import from_text, to_text

DAYS_AT_FIRST = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose changes (`by`), of which things (`kind`) or one (`thing`), days inclusive, from the line after `before`."""

    first: date
    last: date
    by: UUID | None = None
    kind: str = ""
    thing: UUID | None = None
    before: UUID | None = None

    @classmethod
    def told(cls, values: Mapping[str, str], today: date) -> "Wish":
        """Read an address; what it says wrongly is left out. Without days: the last 30, or of one thing all."""
        thing = _id(values.get("object", ""))
        first = narrowing.day(values.get("from", ""), today) or (
            date.min if thing else today - timedelta(days=DAYS_AT_FIRST)
        )
        return cls(
            first=first,
            last=narrowing.day(values.get("to", ""), today) or today,
            by=_id(values.get("by", "")),
            kind=values.get("kind", ""),
            thing=thing,
            before=_id(values.get("before", "")),
        )

    @property
    def has_first(self) -> bool:
        return self.first != date.min

    def address(self, before: UUID | None = None) -> str:
        """Give the query of an address that asks for this, from the line before `before` on.

        >>> Wish(date(2026, 11, 1), date(2026, 11, 21), kind="deal").address()
        'from=2026-11-01&to=2026-11-21&kind=deal'
        """
        said = {
            "from": self.first.isoformat() if self.has_first else "",
            "to": self.last.isoformat(),
            "by": to_text(self.by) if self.by else "",
            "kind": self.kind,
            "object": to_text(self.thing) if self.thing else "",
            "before": to_text(before) if before else "",
        }
        return urlencode({name: value for name, value in said.items() if value})


def _id(text: str) -> UUID | None:
    try:
        return from_text(text)
    except ValueError:
        return None
