"""What the lists of this room show around their rows: tabs, filters, columns, and where each leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from infield.accounts.models import User
from infield.people.records.listing import Page, Wish
from infield.people.wording import (
    COLUMNS,
    FILTER_NAMES,
    FITS,
    INDUSTRY_NAMES,
    PROFILE_NAMES,
    SOURCE_NAMES,
    SPECIAL,
    count_said,
    languages,
    now_language,
)


@dataclass(frozen=True, slots=True)
class Select:
    """A filter with choices; the first, "", keeps all."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `address`: sorts by it, "" where nothing does."""

    key: str
    label: str
    address: str
    is_sorted: bool


SORTED_BY = {
    "organizations": {"name": "name"},
    "contacts": {"name": "name"},
    "leads": {"name": "name", "arrived": "arrived"},
}
FIRST_SORT = {"organizations": "name", "contacts": "name", "leads": "arrived"}
COLUMNS_OF = {
    "organizations": ("name", "place", "industry", "size", "people", "deals", "step", "owner"),
    "contacts": ("name", "organization", "reach", "touched", "step", "owner"),
    "leads": ("name", "profile", "fit", "source", "arrived", "owner"),
}


def list_context(user: User, kind: str, wish: Wish, page: Page) -> dict[str, Any]:
    """Give what a list shows beside its rows."""
    plural = f"{kind}s"
    return {
        "kind": kind,
        "plural": plural,
        "page": page,
        "wish": wish,
        "next": wish.address(after=page.after) if page.after else "",
        "selects": tuple(_selects(kind, wish)),
        "columns": tuple(_columns(plural, wish)),
        "count": count_said(page.count, is_more=page.is_more),
        "is_filtered": bool(wish.told),
        "may": user.may("people"),
        "may_set": user.may("settings"),
    }


def _columns(plural: str, wish: Wish) -> Iterable[Column]:
    sort = wish.sort or FIRST_SORT[plural]
    for key in COLUMNS_OF[plural]:
        by = SORTED_BY[plural].get(key, "")
        yield Column(key, str(COLUMNS[key]), wish.address(sort=by) if by else "", bool(by) and by == sort)


def _selects(kind: str, wish: Wish) -> Iterable[Select]:
    for name, choices in _FILTERS[kind].items():
        chosen = wish.told.get(name, "")
        given = choices() if callable(choices) else choices
        yield Select(name, str(FILTER_NAMES[name]), (("", str(FILTER_NAMES[name])), *_texts(given)), chosen)


def _texts(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(key, str(text)) for key, text in choices]


def _owners() -> list[tuple[str, Any]]:
    return [("me", SPECIAL["me"]), ("nobody", SPECIAL["nobody"])]


def _languages() -> list[tuple[str, str]]:
    return languages(now_language())


_ARCHIVED = (("yes", SPECIAL["archived"]),)
_FILTERS: Mapping[str, Mapping[str, Any]] = {
    "organization": {"owner": _owners, "industry": tuple(INDUSTRY_NAMES.items()), "archived": _ARCHIVED},
    "contact": {
        "owner": _owners,
        "step": (("missing", SPECIAL["missing"]), ("late", SPECIAL["late"])),
        "language": _languages,
        "archived": _ARCHIVED,
    },
    "lead": {
        "profile": (("open", SPECIAL["open"]), *PROFILE_NAMES.items(), ("deal", SPECIAL["deal"])),
        "fit": tuple(FITS.items()),
        "source": tuple(SOURCE_NAMES.items()),
        "handed": (("mine", SPECIAL["handed_me"]), ("any", SPECIAL["handed"])),
        "owner": _owners,
        "archived": _ARCHIVED,
    },
}
