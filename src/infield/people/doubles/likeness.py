"""Which records are likely one: by mail, phone or domain, and by names that are nearly the same.

In: the names and keys of the records of one kind. Out: pairs with how alike they are and why. Records are compared
only where they share a rare pair of characters or a key, so the work grows with the records and not with their
square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import floor
from uuid import UUID

LIKE_ENOUGH = 88
"""Names at least so alike, of 100, are shown."""
SHARED_BY_MANY = 40
"""A pair of characters or a key that more records have than this says nothing of any two."""
RARE_GRAMS = 4
"""By so many of its rarest pairs of characters a name is looked up, at least."""
FREE_MAIL = frozenset(
    {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "yahoo.co.jp", "icloud.com", "docomo.ne.jp"}
)
REASONS = ("email", "phone", "domain", "same_name", "like_name")
SCORES = {"email": 98, "phone": 94, "domain": 90}


@dataclass(frozen=True, slots=True)
class Named:
    """A record as it is compared: its name without legal form and order, and its keys (kind, text).

    `within`: where people of one name are two all the same if they are not in it together, such as an organization.
    """

    id: UUID
    name: str
    keys: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    within: UUID | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records, the lesser id first; `score` of 100; `why`: reason to what they share."""

    first: UUID
    second: UUID
    score: int
    why: Mapping[str, str]


def likely(records: Sequence[Named]) -> list[Alike]:
    """Give the pairs that are likely one, the likeliest first."""
    by_id = {record.id: record for record in records}
    pairs = {(min(pair), max(pair)) for pair in candidates(records)}
    found = (compared(by_id[first], by_id[second]) for first, second in pairs)
    return sorted((one for one in found if one), key=lambda one: (-one.score, one.first, one.second))


def compared(one: Named, other: Named) -> Alike | None:
    """Give how alike two records are, None where nothing says that they are one.

    >>> aalto, alto = Named(UUID(int=1), "aalto foods"), Named(UUID(int=2), "alto foods")
    >>> compared(aalto, alto)
    Alike(first=UUID('00000000-0000-0000-0000-000000000001'), second=UUID('00000000-0000-0000-0000-000000000002'), \
score=95, why={'like_name': '95'})
    """
    why = {kind: text for kind, text in sorted(one.keys & other.keys) if text not in FREE_MAIL}
    is_apart = bool(one.within and other.within and one.within != other.within)
    likeness = 0 if is_apart else name_likeness(one.name, other.name)
    if likeness == 100:
        why["same_name"] = one.name
    elif likeness >= LIKE_ENOUGH:
        why["like_name"] = str(likeness)
    if not why:
        return None
    best = max([likeness, *(SCORES[kind] for kind in why if kind in SCORES)])
    first, second = sorted((one.id, other.id))
    return Alike(first, second, best, why)


def name_likeness(one: str, other: str) -> int:
    """Give how alike two names are, 0 to 100; a single changed letter of a short name makes another name.

    >>> name_likeness("やまだ製作所", "やまだ製作所"), name_likeness("tanaka", "tanabe"), name_likeness("", "")
    (100, 66, 0)
    """
    from rapidfuzz import fuzz

    if not one or not other:
        return 0
    return 100 if one == other else floor(fuzz.ratio(one, other))


def candidates(records: Sequence[Named]) -> Iterator[tuple[UUID, UUID]]:
    """Give the pairs that are worth comparing; one may come several times."""
    blocks: defaultdict[tuple[str, str], list[UUID]] = defaultdict(list)
    for record in records:
        for key in record.keys:
            blocks[key].append(record.id)
    for gram, ids in _by_rare_grams(records):
        blocks["", gram] += ids
    for (kind, text), ids in blocks.items():
        if len(ids) <= SHARED_BY_MANY and text not in FREE_MAIL:
            yield from combinations(ids, 2)
        elif kind == "":
            # a common pair of characters: only names beside each other in their order
            yield from pairwise(ids)


def _by_rare_grams(records: Sequence[Named]) -> Iterable[tuple[str, list[UUID]]]:
    """Give for each pair of characters the records that have it among their rarest: likely doubles share one."""
    grams = {record.id: _grams(record.name) for record in records}
    often = Counter(gram for some in grams.values() for gram in some)
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for record in sorted(records, key=lambda one: (one.name, one.id)):
        some = sorted(grams[record.id], key=lambda gram: (often[gram], gram))
        for gram in some[: max(RARE_GRAMS, len(some) // 3)]:
            found[gram].append(record.id)
        found[f"={record.name}"].append(record.id)
    return found.items()


def _grams(name: str) -> set[str]:
    text = f" {name} "
    return {text[place : place + 2] for place in range(len(text) - 1)}
