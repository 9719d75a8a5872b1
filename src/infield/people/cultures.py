"""How people are called, by the culture of their name and never by the reader's language.

In: the parts of a name. Out: the name in the order and with the courtesy of the person's own culture.
"""

from dataclasses import dataclass

from infield.people.names import FAMILY_FIRST

CULTURES = ("ja", "th", "fi", "en", "zh", "ko", "other")
_THAI_LEADING_VOWELS = "เแโใไ"
_KHUN = "คุณ"
_SAN, _SAMA = "さん", "様"


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a person's name; `honorific`: what stands in place of the culture's usual one, "" for that."""

    family: str
    given: str
    culture: str
    honorific: str = ""
    family_kana: str = ""
    given_kana: str = ""

    @property
    def full(self) -> str:
        """Give the name in its own order, without courtesy.

        >>> PersonName("山田", "太郎", "ja").full, PersonName("Aalto", "Maria", "fi").full
        ('山田 太郎', 'Maria Aalto')
        """
        parts = (self.family, self.given) if self.culture in FAMILY_FIRST else (self.given, self.family)
        return " ".join(part for part in parts if part)

    @property
    def called(self) -> str:
        """Give how one speaks of the person among colleagues.

        >>> PersonName("山田", "太郎", "ja").called, PersonName("ใจดี", "สมชาย", "th").called
        ('山田さん', 'คุณสมชาย')
        >>> PersonName("Aalto", "Maria", "fi").called, PersonName("Ito", "Ken", "ja", "先生").called
        ('Maria Aalto', 'Ito先生')
        >>> PersonName("Jaidee", "Somchai", "th").called
        'คุณ Somchai'
        """
        if self.culture == "ja":
            return (self.family or self.given) + (self.honorific or _SAN)
        if self.culture == "th":
            return _courteous(self.honorific or _KHUN, self.given or self.family)
        return self.full

    @property
    def addressed(self) -> str:
        """Give the name as it stands on a letter.

        >>> PersonName("山田", "太郎", "ja").addressed, PersonName("Aalto", "Maria", "fi", "Dr").addressed
        ('山田 太郎 様', 'Dr Maria Aalto')
        """
        if self.culture == "ja":
            return f"{self.full} {self.honorific or _SAMA}"
        if self.culture == "th":
            return _courteous(self.honorific or _KHUN, self.full)
        return f"{self.honorific} {self.full}".strip()

    @property
    def kana(self) -> str:
        return " ".join(part for part in (self.family_kana, self.given_kana) if part)

    @property
    def lang(self) -> str:
        """Give the language tag of the name's letters, "" where the culture says none."""
        return "" if self.culture == "other" else self.culture

    @property
    def initials(self) -> str:
        """Give what stands in the person's circle.

        >>> PersonName("山田", "太郎", "ja").initials, PersonName("ใจดี", "เอกชัย", "th").initials
        ('山田', 'อ')
        >>> PersonName("Aalto", "Maria", "fi").initials, PersonName("", "", "en").initials
        ('MA', '?')
        """
        if not self.full:
            return "?"
        if self.culture == "th":
            name = self.given or self.family
            return next((letter for letter in name if letter not in _THAI_LEADING_VOWELS), name[0])
        first = self.family or self.given
        if "\u3040" <= first[0] <= "\u9fff":
            return first[:2]
        return "".join(part[0] for part in self.full.split()[:1] + self.full.split()[1:][-1:]).upper()

    @property
    def sorted_by(self) -> tuple[str, str]:
        """Give (text, reading) by which the name stands in a list: Thai by given name, others by family name.

        >>> PersonName("山田", "太郎", "ja", "", "ヤマダ", "タロウ").sorted_by
        ('山田 太郎', 'ヤマダ タロウ')
        """
        if self.culture == "th":
            return f"{self.given} {self.family}".strip(), ""
        return f"{self.family} {self.given}".strip(), self.kana


def _courteous(title: str, name: str) -> str:
    """Put a Thai title before a name: they are one word where both are in Thai letters."""
    return f"{title}{name}" if culture_of(name[:1], "") == "th" else f"{title} {name}".strip()


def culture_of(name: str, otherwise: str = "en") -> str:
    """Give the culture that the letters of a name speak for, `otherwise` where they speak for none.

    >>> culture_of("สมชาย ใจดี"), culture_of("山田 太郎"), culture_of("김 민수"), culture_of("Maria Aalto", "fi")
    ('th', 'ja', 'ko', 'fi')
    """
    for letter in name:
        if "\u0e00" <= letter <= "\u0e7f":
            return "th"
        if "\uac00" <= letter <= "\ud7a3":
            return "ko"
        if "\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff":
            return "ja"
    return otherwise
