"""One line of the list of the day."""

from dataclasses import dataclass
from datetime import datetime

from infield.web.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to do: who, why now, one action. `act`: the address of its dialog, of a page, or of a post."""

    group: str
    key: str
    icon: str
    who: str
    about: str
    address: str
    why: str
    act: str
    act_label: str
    is_post: bool = False
    is_page: bool = False
    tag: str = ""
    series: str = ""
    time: datetime | None = None
    owner: str = ""
    money: Money | None = None
    weight: float = 0.0
    rank: float = 0.0
    rank_said: str = ""
