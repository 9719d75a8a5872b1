"""Widths are held against a real browser; lines break where readers of four languages expect it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from infield.process.drawing.text import line_height, text_width, wrap

SENTENCES = (
    "Sales-qualified lead: WWW & Möbel GmbH, 100 % (€25,000)",
    "iiiillll jjj MMMM @@@ %%% «quoted» “curly” – — …",
    "Tarpeet sovittu ja päätöksentekijä tunnistettu, äöå ÄÖÅ",
    "予算の範囲を確認し、意思決定者を特定する。CRMの導入(デモ)",
    "ハンカクカナ ガギグ 全角ABC123",
    "ตกลงเงื่อนไขและราคากับผู้มีอำนาจตัดสินใจ ๒๕๖๙ ฿12,000",
    "ญี่ปุ่น ฌาน ฒ ณ ำ ทดลองใช้ระบบ CRM",
    "Łódź São Paulo Ærø þing ßuper Œuvre",
)
FONTS = ("'Inter'", "'Noto Sans'", "'DejaVu Sans'", "'Liberation Sans'", "'Noto Sans CJK JP'", "sans-serif")


@pytest.fixture(scope="module")
def needed(browser: Browser) -> dict[tuple[str, int], float]:
    """The widest that Chromium sets each sentence at 100 px, by weight, over the fonts of the machine."""
    script = """([sentences, fonts]) => sentences.flatMap(sentence => [400, 560, 700].map(weight => {
        const widths = fonts.map(font => {
            document.body.innerHTML = '<svg><text font-size="100"></text></svg>';
            const text = document.querySelector('text');
            text.setAttribute('font-family', `${font},"Noto Sans Thai"`);
            text.setAttribute('font-weight', weight);
            text.textContent = sentence;
            return text.getComputedTextLength();
        });
        return [sentence, weight, Math.max(...widths)];
    }))"""
    rows = browser.new_page().evaluate(script, [list(SENTENCES), list(FONTS)])
    return {(sentence, weight): width for sentence, weight, width in rows}


@pytest.mark.browser
@pytest.mark.parametrize("weight", [400, 560, 700])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_width_is_never_less_than_a_browser_needs_nor_a_third_more(
    needed: dict[tuple[str, int], float], sentence: str, weight: int
) -> None:
    real = needed[sentence, weight]
    assert real <= text_width(sentence, 100, weight) <= real * 1.34


def test_thai_marks_take_no_width_and_kanji_one_em() -> None:
    assert text_width("ที่", 10) == text_width("ท", 10)
    assert text_width("案件", 10) == 20
    assert text_width("ｶﾅ", 10) == 10


def test_an_accent_takes_the_width_of_its_letter() -> None:
    assert text_width("äöå", 20, 700) == text_width("aoa", 20, 700)


def test_thai_lines_stand_further_apart() -> None:
    assert line_height("Demo", 10) < line_height("デモ", 10) < line_height("สาธิต", 10)


def test_english_breaks_at_spaces_and_after_hyphens() -> None:
    assert wrap("Sales-qualified lead", 60, 10) == ("Sales-", "qualified", "lead")


def test_a_finnish_word_too_long_for_a_line_is_hyphenated_where_a_syllable_begins() -> None:
    assert wrap("vaatimusmäärittely", 60, 10) == ("vaatimus-", "määrittely")


def test_japanese_breaks_between_phrases() -> None:
    assert wrap("予算の範囲を確認し、意思決定者を特定する", 75, 12) == (
        "予算の範囲を",
        "確認し、",
        "意思決定者を",
        "特定する",
    )


def test_thai_breaks_between_words() -> None:
    assert wrap("ตกลงเงื่อนไขและราคากับลูกค้า", 90, 12) == ("ตกลงเงื่อนไข", "และราคากับ", "ลูกค้า")


def test_japanese_breaks_at_a_dot_and_at_the_end_of_a_katakana_word() -> None:
    assert wrap("ヒアリング・要件整理", 107, 13, 600) == ("ヒアリング・", "要件整理")
    assert wrap("（マーケティングで見極めたリード）", 110, 13, 600) == (
        "（マーケティング",
        "で見極めた",
        "リード）",
    )


def test_thai_keeps_words_of_the_trade_whole_and_marks_at_their_word() -> None:
    assert wrap("สำรวจความต้องการ", 90, 13, 600) == ("สำรวจ", "ความต้องการ")
    assert wrap("ลูกค้าปัจจุบัน", 75, 13, 600) == ("ลูกค้า", "ปัจจุบัน")
    assert wrap("กลับโฮม(ปิดการขาย)", 90, 13, 600) == ("กลับโฮม", "(ปิดการขาย)")


def test_scripts_may_mix_in_one_text() -> None:
    lines = wrap("CRMの導入 ทดลองใช้ระบบ Demo", 90, 12)
    assert lines == ("CRMの導入", "ทดลองใช้ระบบ", "Demo")


def test_an_ellipsis_ends_the_last_line_only_where_lines_were_left_out() -> None:
    assert wrap("one two three", 45, 10, max_lines=2) == ("one two", "three")
    assert wrap("one two three four", 45, 10, max_lines=2) == ("one two", "three…")


def test_an_empty_text_gives_no_line() -> None:
    assert wrap(" \n", 40, 10) == ()


def test_a_line_too_narrow_for_good_breaks_still_keeps_its_width() -> None:
    assert wrap("2c%）、，", 31, 10) == ("2", "c%）", "、，")


LETTERS = "abcäö WM-/ を確認し、（案件） ตกลงเงื่อนไขำๆ 12 %"


@settings(max_examples=300)
@given(st.text(LETTERS, max_size=60), st.integers(30, 200), st.sampled_from((400, 700)))
def test_lines_fit_and_lose_nothing(text: str, width: int, weight: int) -> None:
    lines = wrap(text, width, 10, weight)
    assert all(text_width(line, 10, weight) <= width for line in lines)
    kept = "".join(lines).replace("-", "").replace(" ", "")
    assert kept == text.replace("-", "").replace(" ", "")


@given(st.text(LETTERS, max_size=80), st.integers(30, 90), st.integers(1, 3))
def test_no_more_lines_than_allowed(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, 10, max_lines=most)
    assert len(lines) <= most
    assert all(text_width(line, 10) <= width for line in lines)
