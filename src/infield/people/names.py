"""Names as they are compared and sorted, and how a typed one falls into its parts; not how they are shown."""

import re
from unicodedata import normalize

from infield.finding.folding import fold

# fmt: off
LEGAL_WORDS = frozenset({
    "ab", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "inc",
    "incorporated", "kk", "ky", "limited", "llc", "llp", "lp", "ltd", "nv", "oy", "oyj", "pcl", "plc", "pte",
    "pty", "sa", "sas", "srl", "tmi",
})
# fmt: on
"""Words that say what kind of company it is, and not which one, as they stand apart by spaces."""

LEGAL_PARTS = (
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "一般財団法人",
    "(株)",
    "(有)",
    "(同)",
    "ห้างหุ้นส่วนจำกัด",
    "ห้างหุ้นส่วนสามัญ",
    "บริษัท",
    "จำกัด",
    "(มหาชน)",
    "มหาชน",
    "หจก.",
    "บมจ.",
    "บจก.",
)
"""The same in scripts without spaces: taken out wherever they stand."""

_SPLIT = re.compile(r"[\s,.&/()\-]+")


def folded(name: str) -> str:
    """Give a name in the form in which equal names are equal: one width, one case, single spaces.

    >>> folded("  ＡＣＭＥ   Oy ")
    'acme oy'
    """
    return " ".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())


def core(name: str) -> str:
    """Give what is left of a company's name without the words of its legal form, kana as hiragana.

    >>> core("株式会社 ヤマダ製作所"), core("Aalto Foods Oy"), core("บริษัท สยามไทล์ จำกัด (มหาชน)"), core("Oy Ab")
    ('やまだ製作所', 'aalto foods', 'สยามไทล์', 'oy ab')
    """
    text = fold(name)
    for part in LEGAL_PARTS:
        text = text.replace(fold(part), " ")
    words = [word for word in _SPLIT.split(text) if word]
    named = [word for word in words if word not in LEGAL_WORDS]
    return " ".join(named or words)


def domain_of(address: str) -> str:
    """Give the domain of an e-mail or a web address, without www, "" for none.

    >>> domain_of("Maria@Aalto.example"), domain_of("https://www.aalto.example/en"), domain_of("aalto")
    ('aalto.example', 'aalto.example', '')
    """
    rest = address.strip().casefold().rpartition("@")[2].rpartition("://")[2]
    domain = re.split(r"[/?#:]", rest)[0].removeprefix("www.")
    return domain if "." in domain else ""


def split_person(name: str, culture: str) -> tuple[str, str]:
    """Give (family, given) of a name typed in one line, in the order in which people of this culture write it.

    A single word is the family name, but in Thai, where people go by the given one.

    >>> split_person("山田 太郎", "ja"), split_person("Maria Aalto", "fi"), split_person("สมชาย", "th")
    (('山田', '太郎'), ('Aalto', 'Maria'), ('', 'สมชาย'))
    """
    words = name.split()
    if len(words) < 2:
        return ("", name.strip()) if culture == "th" else (name.strip(), "")
    if culture in FAMILY_FIRST:
        return words[0], " ".join(words[1:])
    return words[-1], " ".join(words[:-1])


FAMILY_FIRST = frozenset({"ja", "zh", "ko"})
"""Cultures in which the family name stands first."""
