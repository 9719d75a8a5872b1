"""The key by which names stand in a list, the same on every database."""

from infield.people.names import LONGEST_KEY, folded, hiragana


def sort_key(text: str, reading: str = "") -> str:
    """Give digits and letters a–f whose order is the order of the names: by the reading where there is one.

    >>> sorted(["Öhman", "Aalto", "Zeta"], key=sort_key)
    ['Aalto', 'Zeta', 'Öhman']
    """
    return hiragana(folded(reading or text)).encode("utf-8")[: LONGEST_KEY // 2].hex()
