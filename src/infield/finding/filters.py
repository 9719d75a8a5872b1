"""What somebody looks for in a list, as a description that an address holds: the address is the view."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

BETWEEN = ".."
BACKWARDS = "-"
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must be: one of `values`, or from `least` to `most`, ends included, where one may be open."""

    field: str
    values: tuple[str, ...] = ()
    least: str = ""
    most: str = ""

    @classmethod
    def told(cls, field: str, text: str) -> "Condition | None":
        """Read it as an address writes it; None for nothing.

        >>> Condition.told("owner", "ann,bo").values, Condition.told("amount", "1000..").least
        (('ann', 'bo'), '1000')
        """
        text = text.strip()[:LONGEST]
        if BETWEEN in text:
            least, _, most = text.partition(BETWEEN)
            return cls(field, (), least.strip(), most.strip()) if least.strip() or most.strip() else None
        values = tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
        return cls(field, values) if values else None

    @property
    def text(self) -> str:
        return f"{self.least}{BETWEEN}{self.most}" if not self.values else ",".join(self.values)


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all hold, words that are found, an order and the columns to show; empty: as the list has it."""

    conditions: tuple[Condition, ...] = ()
    words: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()

    @classmethod
    def told(
        cls, values: Mapping[str, str], fields: Collection[str], columns: Collection[str] = ()
    ) -> "Filter":
        """Read it from an address; what is no field of the list is no wish.

        >>> Filter.told({"stage": "need", "sort": "-amount", "colour": "red"}, ["stage"], ["amount"]).address()
        '?stage=need&sort=-amount'
        """
        found = (Condition.told(name, values[name]) for name in fields if values.get(name))
        sort = values.get("sort", "")
        shown = tuple(one for one in values.get("columns", "").split(",") if one in columns)
        return cls(
            conditions=tuple(one for one in found if one),
            words=" ".join(values.get("q", "")[:LONGEST].split()),
            sort=sort if sort.removeprefix(BACKWARDS) in columns else "",
            columns=tuple(dict.fromkeys(shown)),
        )

    def of(self, field: str) -> Condition | None:
        """Give the condition on a field."""
        return next((one for one in self.conditions if one.field == field), None)

    def without(self, field: str) -> "Filter":
        return replace(self, conditions=tuple(one for one in self.conditions if one.field != field))

    def having(self, field: str, text: str) -> "Filter":
        """Give it with this condition in place of what it had on the field."""
        made = Condition.told(field, text)
        return replace(
            self.without(field), conditions=(*self.without(field).conditions, *([made] if made else []))
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give it as the parts of an address."""
        return (
            *((one.field, one.text) for one in self.conditions),
            *_some(("q", self.words), ("sort", self.sort), ("columns", ",".join(self.columns))),
        )

    def address(self, **others: str) -> str:
        """Write it as the query of an address, with `others` besides; empty ones are left out."""
        named = dict(self.pairs()) | others
        return "?" + urlencode({key: value for key, value in named.items() if value}, safe=",.:")


def _some(*pairs: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return (pair for pair in pairs if pair[1])
