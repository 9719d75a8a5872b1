"""What a viewer asked the board for: the address is the view."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Wish:
    """Which map by its key, only one's own deals, only those without a next step."""

    map_key: str = ""
    mine: bool = False
    only_without: bool = False

    @classmethod
    def told(cls, values: Mapping[str, str]) -> "Wish":
        """Read it from an address; what it does not know is no wish.

        >>> Wish.told({"whose": "mine", "step": "none", "sort": "up"})
        Wish(map_key='', mine=True, only_without=True)
        """
        return cls(
            map_key=values.get("map", ""),
            mine=values.get("whose") == "mine",
            only_without=values.get("step") == "none",
        )

    def address(self, **others: str) -> str:
        """Write it as the query of an address, with `others` instead of what it has; empty ones are left out.

        >>> Wish(mine=True).address(step="none"), Wish(mine=True).address(whose="")
        ('?whose=mine&step=none', '?')
        """
        own = {
            "map": self.map_key,
            "whose": "mine" if self.mine else "",
            "step": "none" if self.only_without else "",
        }
        return "?" + urlencode({key: value for key, value in (own | others).items() if value})
