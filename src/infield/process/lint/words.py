"""Words that give a badly written map away, per language, and the size of a text in words.

Japanese and Thai are written without spaces: there, a word of the tables is looked for anywhere, and
characters stand for words (two to a Japanese word, four to a Thai one).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

LETTERS_A_WORD = {"ja": 2, "th": 4}
LATIN = re.compile(r"[A-Za-z0-9]+")
STEM = 7
"""So many letters of a word tell it from others, whatever its ending."""

VAGUE: Mapping[str, str] = MappingProxyType(
    {
        "en": r"etc|et cetera|and so on|and so forth|as needed|if needed|as required|as necessary"
        r"|as appropriate|where appropriate|good relationships?|good rapport|touch base|keep in touch"
        r"|stay in touch|as soon as possible|asap|the usual|somehow|various things|and stuff|do our best"
        r"|best effort|tbd|tba|to be (?:defined|decided)|todo|misc|miscellaneous|follow up(?= as|[.,;]|$)"
        r"|follow up with (?:the )?(?:client|customer|buyer|lead|prospect)(?=[.,;]|$)",
        "fi": r"jne|yms|ym|ja niin edelleen|tarvittaessa|tarpeen mukaan|hyvät? (?:asiakas)?suh(?:de|teet)"
        r"|mahdollisimman pian|sopivalla tavalla|jotenkin|tavalliseen tapaan|pidetään yhteyttä"
        r"|parhaamme mukaan",
        "ja": r"適宜|必要に応じて|随時|臨機応変|良好な関係|良い関係|いろいろ|色々|なるべく早く"
        r"|できるだけ早く|よろしく対応|いつものように|しかるべく",
        "th": r"ฯลฯ|ตามความเหมาะสม|ตามสมควร|ตามความจำเป็น|ความสัมพันธ์ที่ดี|โดยเร็วที่สุด"
        r"|เร็วที่สุดเท่าที่จะทำได้|ตามปกติ|และอื่น ๆ|และอื่นๆ",
    }
)
"""Words that leave open what is done, when, or how one would see it."""

OPINION: Mapping[str, str] = MappingProxyType(
    {
        "en": r"we feel|feels?|feeling|seems?|seem to|appears to|probably|hopefully|we think|we believe"
        r"|looks (?:good|promising)|likes us|likes our"
        r"|(?:is|are) (?:very )?(?:happy|positive|interested|keen|excited|enthusiastic|engaged)"
        r"|good (?:impression|chemistry|conversation|call|meeting|talk)",
        "fi": r"tuntuu|tunnemme|vaikuttaa siltä|luultavasti|toivottavasti|uskomme|luulemme|pitää meistä"
        r"|on tyytyväinen|hyvä fiilis|hyvä tunne|näyttää hyvältä",
        "ja": r"と思う|と思われる|気がする|感じがする|感触が|好印象|たぶん|おそらく|良さそう|よさそう|手応え",
        "th": r"รู้สึก|น่าจะ|คงจะ|คิดว่า|เชื่อว่า|หวังว่า|ดูเหมือน|ประทับใจ|ชอบเรา",
    }
)
"""Words of a rep's opinion, which nobody else can check."""

TASK: Mapping[str, str] = MappingProxyType(
    {
        "en": r"(?:send|prepare|ask|make|write|submit|convince|explain|discuss|remind|introduce|find|identify"
        r"|get)"
        # These are nouns as well: "Contact details are known" is no order.
        r"|(?:call|phone|e-?mail|chase|contact|present|schedule|book|push|pitch|visit|offer)"
        r" (?:the|a|an|them|him|her|our|their|all|back|to)",
        "fi": r"(?:lähetä|soita|ota yhteyttä|valmistele|esittele|sovi|kysy|tee|kirjoita|käy|keskustele"
        r"|selitä|vakuuta|muistuta|etsi|tunnista|tarjoa)",
    }
)
"""First words of an order to the rep; a criterion says instead what is then true."""

SELLER_ONLY: Mapping[str, str] = MappingProxyType(
    {
        "en": r"(?:send|submit|issue|deliver|make|do|prepare|present|give|run|chase|push|convince|persuade"
        r"|close|get|our|we|qualify|negotiate|pursue)\b.*|(?:schedule|book|arrange|set up) (?:a|the|demo"
        r"|meeting|call|visit)s?\b.*|(?:call|phone|e-?mail|contact|pitch) (?:the|a|them|to|our|back|list|lead"
        r"|customer|client|buyer|prospect)s?\b.*|cold[ -](?:calls?|calling|e-?mails?|outreach)"
        r"|(?:sales )?pitch|chasing|hunting|telesales",
        "fi": r"(?:lähetä|toimita|laadi|tee|valmistele|esittele|pidä|soita|soitetaan|vakuuta|meidän|oma)\b.*"
        r"|kylmäsoit(?:to|ot|taminen)|buukkaus|tarjouksen lähet(?:ys|täminen)|demomme",
        "ja": r".*(?:を送る|を送付|の送付|を出す|の提出|を作成|の作成|を説得)|テレアポ|飛び込み(?:営業)?"
        r"|売り込み|(?:自社|弊社|当社).*",
        "th": r"(?:ส่ง|โทร|จัดทำ|ตื๊อ|ชักจูง).*|.*ของเรา|โคลด์คอล.*",
    }
)
"""Whole names of stages that tell what we do and nothing of where the buyer then stands."""

SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are at be been by for from has have in is it its of on or our that the their there this to "
        "was were will with we you your ja ovat oli joka että tai se ne kun",
    )
)
"""Words that do not tell two criteria apart."""


@cache
def _pattern(words: str, spaced: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if spaced else words)


def found_in(table: Mapping[str, str], text: str, language: str) -> str | None:
    """Give the first of the table's words that stands in `text`, else None; no table, no word."""
    if language not in table:
        return None
    match = _pattern(table[language], language not in LETTERS_A_WORD).search(plain(text))
    return match.group() if match else None


def begins_with(table: Mapping[str, str], text: str, language: str) -> str | None:
    """Give the word of the table that `text` begins with, else None."""
    if language not in table:
        return None
    match = _pattern(table[language], language not in LETTERS_A_WORD).match(plain(text))
    return match.group() if match else None


def is_whole(table: Mapping[str, str], text: str, language: str) -> bool:
    """Tell whether all of `text` is an entry of the table."""
    return language in table and re.fullmatch(table[language], plain(text)) is not None


def size(text: str, language: str) -> int:
    """Give the number of words; for Japanese and Thai the number of letters divided by those of a word.

    A word in Latin letters is one there too; marks and spaces are none.

    >>> size("The budget is approved", "en"), size("予算が承認された", "ja"), size("MQL(良い)", "ja")
    (4, 4, 2)
    """
    if language not in LETTERS_A_WORD:
        return len(text.split())
    letters = sum(unicodedata.category(character)[0] not in "PSZC" for character in LATIN.sub("", text))
    return len(LATIN.findall(text)) + letters // LETTERS_A_WORD[language]


def plain(text: str) -> str:
    """Give the text in one form of each letter, in small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def gist(text: str, language: str) -> frozenset[str]:
    """Give what a sentence is about as a set: stems of its words, or pairs of letters where none are spaced.

    >>> sorted(gist("The budget has been approved.", "en")), sorted(gist("予算あり", "ja"))
    (['approve', 'budget'], ['あり', '予算', '算あ'])
    """
    bare = re.sub(r"[^\w\s]", "", plain(text))
    if language in LETTERS_A_WORD:
        packed = bare.replace(" ", "")
        return frozenset(a + b for a, b in pairwise(packed)) or frozenset([packed])
    words = [word for word in bare.split() if word not in SMALL] or bare.split()
    return frozenset(word[:STEM] if word.isalpha() else word for word in words)
