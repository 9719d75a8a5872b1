"""Ids that rooms, imports and addresses share: UUIDv7, written as 22 characters of base58 in an address."""

from uuid import UUID

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 22  # 58 ** 22 is the first power of 58 above 2 ** 128
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_PAIRS = tuple(first + second for first in ALPHABET for second in ALPHABET)
"""Two letters at a time: a board writes hundreds of ids."""


def new_id() -> UUID:
    """Give an id that sorts by the time it was made, to the millisecond, and collides with no other node's."""
    from uuid_utils.compat import uuid7

    return uuid7()


def to_text(value: UUID) -> str:
    """Write an id as exactly 22 characters, the same for the same id.

    >>> to_text(UUID(int=58))
    '1111111111111111111121'
    """
    pairs, rest = [], value.int
    for _ in range(LENGTH // 2):
        rest, pair = divmod(rest, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(reversed(pairs))


def from_text(text: str) -> UUID:
    """Read what `to_text` wrote; ValueError for any other text.

    >>> from_text("1111111111111111111121").int
    58
    """
    if len(text) != LENGTH:
        raise ValueError(f"an id has {LENGTH} characters")
    number = 0
    for letter in text:
        if letter not in _VALUES:
            raise ValueError("an id has letters of base58 only")
        number = number * len(ALPHABET) + _VALUES[letter]
    return UUID(int=number)  # refuses what is too large with ValueError


class IdConverter:
    """The `id` in a path, as in `path("deals/<id:deal>", …)`."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> UUID:
        return from_text(value)

    def to_url(self, value: UUID) -> str:
        return to_text(value)
