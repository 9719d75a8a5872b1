"""What a viewer asked the board for: the address is the view."""

from dataclasses import dataclass, field

from infield.finding.filters import Filter

ME, NONE = "me", "none"


@dataclass(frozen=True, slots=True)
class Wish:
    """The filter of the board, and what its own chips switch: the map, one's own deals, those without a next step."""

    filter: Filter = field(default_factory=Filter)

    @property
    def map_key(self) -> str:
        asked = self.filter.of("map")
        return asked.values[0] if asked and asked.values else ""

    @property
    def mine(self) -> bool:
        asked = self.filter.of("owner")
        return bool(asked and asked.values == (ME,))

    @property
    def only_without(self) -> bool:
        asked = self.filter.of("step")
        return bool(asked and asked.values == (NONE,))

    @property
    def deals(self) -> Filter:
        """The filter of the deals themselves: a board is of one map and has the open ones."""
        return self.filter.without("map").without("outcome")

    def on_map(self, key: str) -> "Wish":
        return Wish(self.filter.having("map", key))

    def address(self, **others: str) -> str:
        """Write it as the query of an address, with `others` instead of what it has; empty ones are left out.

        >>> wish = Wish(Filter.told({"owner": "me"}, ["owner", "step"]))
        >>> wish.address(step="none"), wish.address(owner="")
        ('?owner=me&step=none', '?')
        """
        return self.filter.address(**others)
