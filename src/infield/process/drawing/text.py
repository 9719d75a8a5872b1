"""How wide a text is, and where its lines may break: SVG does neither by itself.

Widths are never less than what the fonts of the style sheet need: for each character the widest of Inter,
Noto Sans, Noto Sans CJK JP, Noto Sans Thai (also looped), DejaVu Sans and Liberation Sans, rounded up to
0.05 em. So a text keeps within its box whichever of them a machine has.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate, pairwise

ELLIPSIS = "…"
HYPHEN = "-"

# Advance in hundredths of an em: the characters that need it.
_REGULAR = {
    30: "ijl|ıł",
    35: " ',.:;I‘’",
    40: "()/[\\]ft\u00a0\u202f",
    45: "!r",
    50: '"-°',
    55: "s“”„",
    60: "*?JL_ckvxyz–·•",
    65: "$012356789FT`abdeghnopqu{}ßøđþð£¥«»¿¡",
    70: "4ABEKPSVXYZ€Þ",
    75: "CRU¤",
    80: "&DGHNOQÐØĐ",
    85: "#+<=>^w~",
    95: "M",
    100: "%Wmæ—…×§©®™→←≥≤±Æ÷",
    105: "@œ",
    110: "Œ",
}
_BOLD = {
    35: " 'ijlı\u00a0\u202f",
    40: ",.:;Ił‘’|",
    45: "/\\f",
    50: "!()-[]rt°¡",
    60: '"*J_csz–·',
    65: "?L`x•¿",
    70: "$0123456789EFTaekovyøð“”„€£¥«»",
    75: "CPSYZbdghnpqu{}ßđþÞ",
    80: "ABKRVX¤",
    85: "#+<=>DGHNU^~ÐĐ",
    90: "&OQØ",
    95: "w",
    100: "M—×§©®™→←≥≤±÷",
    105: "%@mæ…",
    110: "œÆ",
    115: "W",
    120: "Œ",
}
_THAI = {
    45: "เโใไ",
    55: "ะรวาำๅ",
    65: "งจธฯ฿กขฃฉชฐถยฤลสอๆ๏๐๑๖",
    75: "คฅฆซฎฏฑดตทนบปผฝภมฦหฮแศ๔๕๘",
    85: "พฟษฬ๙๒๓๚",
    100: "ฌญณ๗ฒ",
}
_EAST_ASIAN = {"W": 100, "F": 100, "H": 50}
_OTHER_LETTER = 130
_EMOJI = 140

# words of the trade that the phrase finder does not know or cuts
_WHOLE = re.compile(
    "ข้อโต้แย้ง|ผู้มุ่งหวัง|โซลูชัน|คัดกรอง|ความต้องการ|ต้องการ|ข้อกำหนด|กระบวนการ|ขั้นตอน|สัดส่วน|ผู้ซื้อ|ผู้เข้าชม"
    "|ปัจจุบัน|คำปฏิเสธ|ปฏิเสธ|ตกลง|ติดตั้ง|ติดตาม|ติดต่อ|เตรียมตัว|เข้าพบ|จัดการ|รับรู้|รู้จัก|รวบรวม|ตรวจสอบ|สั่งซื้อ|พูดคุย"
    "|ปิดการขาย|การขาย|ฝ่ายขาย|เปรียบเทียบ|ราบรื่น|ย้อนกลับ|มีส่วนร่วม|ลงมือทำ|โซเชียลมีเดีย|เครือข่าย"
)
LEAST_LEFT = 3
_THAI_LETTER = re.compile("[\u0e00-\u0e7f]")
_JAPANESE_LETTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
_RUNS = re.compile("[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_AFTER_DOT = re.compile("(?<=・)(?=.)")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_AFTER_HYPHEN = re.compile(r"(?<=\w[-/–—])(?=\w)")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ」』）】〉》％ะาำๅๆฯ,.;:!?)]}%"
)
_NEVER_LAST = frozenset("「『（【〈《เแโใไ([{")
_VOWELS = frozenset("aeiouyäöåAEIOUYÄÖÅ")


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Give the width in px of one line of `text` at `size` px: an upper bound over the usual fonts.

    Weights above 450 count as bold, since a font without finer weights draws them bold.

    >>> text_width("Demo", 10)
    31.0
    """
    bold = weight > 450
    return sum(_advance(character, bold) for character in text) * size / 100


def line_height(text: str, size: float) -> float:
    """Give the distance in px between two baselines; Thai marks above and below need more room."""
    if _THAI_LETTER.search(text):
        return size * 1.6
    return size * (1.4 if _JAPANESE_LETTER.search(text) else 1.3)


def wrap(
    text: str, max_width: float, size: float, weight: int = 400, max_lines: int | None = None
) -> tuple[str, ...]:
    """Break `text` into lines of at most `max_width` px; the last ends with … if some had to be left out.

    The letters decide, so that scripts may mix: lines break at spaces and after hyphens, in Japanese and Thai
    between phrases, and in a word that is too
    long for a line by itself. Every line holds at least one character, also where that is too wide.
    An empty text gives no line.
    """

    def fits(line: str) -> bool:
        return text_width(line, size, weight) <= max_width

    lines: list[str] = []
    for gap, piece in _pieces(text):
        if lines and fits(lines[-1] + gap + piece):
            lines[-1] += gap + piece
        else:
            lines += _cut(piece, fits)
    if max_lines is None or len(lines) <= max_lines:
        return tuple(lines)
    return (*lines[: max_lines - 1], _shortened(lines[max_lines - 1], fits))


def keeps_words(text: str, max_width: float, size: float, weight: int = 400) -> bool:
    """Tell whether `wrap` breaks between words and phrases only: none is too wide for a line."""
    return all(text_width(piece, size, weight) <= max_width for _, piece in _pieces(text))


@cache
def _advance(character: str, bold: bool) -> int:
    known = _table(bold).get(character)
    if known is not None:
        return known
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    if unicodedata.category(character) == "So":
        return _EMOJI
    if unicodedata.east_asian_width(character) in _EAST_ASIAN:
        return _EAST_ASIAN[unicodedata.east_asian_width(character)]
    base = unicodedata.normalize("NFD", character)[0]
    return _OTHER_LETTER if base == character else _advance(base, bold)


@cache
def _table(bold: bool) -> dict[str, int]:
    classes = (_THAI, _BOLD if bold else _REGULAR)
    return {character: em for table in classes for em, row in table.items() for character in row}


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Give the parts between which a line may break, each with the gap before it: a space or nothing."""
    for word in filter(None, _SPACES.split(text)):
        phrases = [phrase for run in _RUNS.findall(word) for phrase in _phrases(run)]
        for place, piece in enumerate(_with_marks(phrases)):
            yield "" if place else " ", piece


def _with_marks(phrases: list[str]) -> list[str]:
    """Leave no closing mark to begin a line, and no opening one to end it."""
    joined = phrases[:1]
    for phrase in phrases[1:]:
        if _parts_well(joined[-1] + phrase, len(joined[-1])):
            joined.append(phrase)
        else:
            joined[-1] += phrase
    return joined


def _phrases(run: str) -> list[str]:
    if _THAI_LETTER.search(run):
        return _around_words(run, _parser("th")(run))
    if _JAPANESE_LETTER.search(run):
        return [part for phrase in _parser("ja")(run) for part in _AFTER_DOT.split(phrase)]
    return _AFTER_HYPHEN.split(run)


def _around_words(run: str, pieces: list[str]) -> list[str]:
    """Cut before and after the words of the trade, never inside one, and elsewhere as the phrase finder did."""
    words = [found.span() for found in _WHOLE.finditer(run)]
    inside = {at for start, end in words for at in range(start + 1, end)}
    cuts = {*accumulate(map(len, pieces)), *(at for word in words for at in word)} - inside - {0}
    return [run[start:end] for start, end in pairwise([0, *sorted(cuts)])]


@cache
def _parser(language: str) -> Callable[[str], list[str]]:
    """Give the phrase finder of Japanese or Thai; loaded only where a text has such letters."""
    import budoux

    load = budoux.load_default_thai_parser if language == "th" else budoux.load_default_japanese_parser
    return load().parse


def _cut(piece: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a piece into parts that fit; all but the last end with a hyphen where letters need one."""
    parts = []
    while not fits(piece):
        at = _cut_place(piece, fits)
        if at >= len(piece):
            break
        parts.append(piece[:at] + _hyphen(piece, at))
        piece = piece[at:]
    return [*parts, piece]


def _cut_place(piece: str, fits: Callable[[str], bool]) -> int:
    """Give where to cut: as late as fits, and up to four letters earlier where a syllable begins."""
    places = [at for at in range(1, len(piece)) if not _is_mark(piece[at])] or [len(piece)]
    fitting = [at for at in places if fits(piece[:at] + _hyphen(piece, at))] or places[:1]
    if _JAPANESE_LETTER.search(piece):
        # the end of a word in katakana, or else no letter or two alone on a line
        words = [at for at in fitting if _ends_katakana(piece, at)][-1:]
        fitting = words or [at for at in fitting if len(piece) - at >= LEAST_LEFT] or fitting
    well = [at for at in fitting if _parts_well(piece, at)] or fitting
    syllables = [at for at in well if at > max(well[-1] - 5, 2) and _begins_syllable(piece, at)]
    return (syllables or well)[-1]


def _parts_well(piece: str, at: int) -> bool:
    return piece[at : at + 1] not in _NEVER_FIRST and piece[at - 1] not in _NEVER_LAST


def _ends_katakana(piece: str, at: int) -> bool:
    return bool(_KATAKANA.match(piece[at - 1])) and not _KATAKANA.match(piece[at])


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def _begins_syllable(piece: str, at: int) -> bool:
    two = piece[at : at + 2]
    return two.isalpha() and len(two) == 2 and two[0] not in _VOWELS and two[1] in _VOWELS


def _hyphen(piece: str, at: int) -> str:
    around = piece[at - 1 : at + 1]
    own_breaks = _THAI_LETTER.search(around) or _JAPANESE_LETTER.search(around)
    return HYPHEN if around.isalpha() and not own_breaks else ""


def _shortened(line: str, fits: Callable[[str], bool]) -> str:
    while line and not fits(line + ELLIPSIS):
        line = line[:-1]
    while line and _is_mark(line[-1]):
        line = line[:-1]
    return line.rstrip(" -") + ELLIPSIS
