"""The bands follow the map or the counts, and every text has its own place."""

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from tests.process.drawing.generated import maps
from tests.process.drawing.reading import SVG, parsed

from infield.process.drawing.funnel import funnel, picture
from infield.process.drawing.funnel_layout import SHAPE, Funnel, FunnelLabels, layout
from infield.process.drawing.label import Box
from infield.process.values import Criterion, ProcessMap, Stage

FINNISH = FunnelLabels(
    title="Suppilo",
    level="Suppilon taso",
    stage="Vaihe",
    count="Sisään tulleet",
    buyer="Ostajan päätöksentekovaihe",
    levels={"top": "Suppilon yläosa", "middle": "Keskiosa", "bottom": "Alaosa", "after_sale": "Jälkihoito"},
    phases={
        "awareness": "Tieto",
        "consideration": "Harkinta",
        "decision": "Päätös",
        "advocacy": "Suositus",
    },
    sale="Kauppa",
)
JAPANESE = FunnelLabels(
    levels={"top": "ファネル上部", "middle": "ファネル中部", "bottom": "下部", "after_sale": "販売後"},
    phases={"awareness": "認知", "consideration": "比較検討", "decision": "意思決定", "advocacy": "推奨"},
)
THAI = FunnelLabels(
    levels={"top": "ส่วนบนของกรวย", "middle": "ส่วนกลางของกรวย", "bottom": "ส่วนล่าง", "after_sale": "หลังการขาย"},
    phases={"awareness": "การรับรู้", "consideration": "พิจารณา", "decision": "ตัดสินใจ", "advocacy": "การบอกต่อ"},
)
WORDS = {"en": FunnelLabels(), "fi": FINNISH, "ja": JAPANESE, "th": THAI}

MET = (Criterion(key="met", text="met", weight=Decimal(100)),)
SIX = ProcessMap(
    name="Six",
    stages=(
        Stage(key="aware", name="Awareness", funnel_level="top", buyer_phase="awareness"),
        Stage(key="interest", name="Interest", funnel_level="top", buyer_phase="awareness"),
        Stage(key="talk", name="Talk", funnel_level="middle", buyer_phase="consideration"),
        Stage(key="close", name="Close", funnel_level="bottom", sale=True, criteria=MET),
        Stage(key="care", name="Care", about="client", funnel_level="after_sale"),
    ),
)


def placed(process: ProcessMap, counts: dict[str, int] | None = None, language: str = "en") -> Funnel:
    return layout(process, counts=counts, language=language, words=WORDS[language])


def test_without_counts_the_shape_narrows_evenly_to_the_sale() -> None:
    bands = placed(SIX).bands
    assert [band.upper / SHAPE for band in bands] == pytest.approx([1, 0.8, 0.6, 0.4, 0.2])
    assert [band.after_sale for band in bands] == [False, False, False, False, True]


def test_with_counts_a_band_is_as_wide_as_its_stage_has_cases() -> None:
    bands = placed(SIX, {"aware": 400, "interest": 200, "talk": 100, "close": 40}).bands
    assert [band.upper for band in bands] == pytest.approx([340, 170, 85, 34, 3])
    assert [label.lines for label in bands[1].labels] == [("Interest",), ("200",)]
    assert [label.lines for label in bands[4].labels] == [("Care",), ("0",)]


def test_each_band_goes_over_into_the_next() -> None:
    bands = placed(SIX, {"aware": 400, "interest": 200, "talk": 300}).bands
    assert all(above.lower == below.upper for above, below in pairwise(bands))


def test_no_cases_at_all_still_give_a_picture() -> None:
    assert {band.upper for band in placed(SIX, {}).bands} == {3.0}


def test_neighbours_of_one_level_share_a_bracket_and_the_sale_lies_after_its_stage() -> None:
    shape = placed(SIX)
    brackets = [bracket.code for bracket in shape.brackets]
    assert brackets == ["top", "middle", "bottom", "after_sale", "awareness", "consideration"]
    assert shape.bands[3].bottom < shape.sale < shape.bands[4].top


def test_a_side_stage_is_not_part_of_the_funnel() -> None:
    side = Stage(key="nurture", name="Nurture", about="lead")
    process = ProcessMap(name="Side", stages=(Stage(key="a", name="A", sale=True), side))
    assert [band.key for band in placed(process).bands] == ["a"]


def test_a_funnel_drawn_from_the_map_alone_says_so() -> None:
    assert "not how many deals pass" in funnel(SIX)
    assert "not how many deals pass" not in funnel(SIX, counts={"aware": 1})


@pytest.mark.slow
@pytest.mark.parametrize("counted", [False, True])
def test_no_two_texts_overlap_and_all_lie_within_the_picture_on_300_maps(counted: bool) -> None:
    for process, language in maps(300):
        counts = {stage.key: 1_234_567 for stage in process.stages} if counted else None
        shape = placed(process, counts, language)
        boxes = [label.box for label in shape.labels()]
        assert all(box.within(Box(0, 0, shape.width, shape.height)) for box in boxes)
        assert [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])] == []


def test_no_text_touches_the_shape() -> None:
    for process, language in maps(100):
        shape = placed(process, None, language)
        for band in shape.bands:
            drawn = Box(shape.center - band.upper / 2, band.top, shape.center + band.upper / 2, band.bottom)
            assert not any(label.box.overlaps(drawn) for label in shape.labels())


def test_every_map_gives_the_same_well_formed_picture_twice_without_inline_styles() -> None:
    for process, language in maps(40):
        drawn = funnel(process, language=language, labels=WORDS[language])
        assert drawn == funnel(process, language=language, labels=WORDS[language])
        assert not [node for node in parsed(drawn).iter() if "style" in node.attrib]


def test_a_typed_name_cannot_break_out() -> None:
    evil = ProcessMap(name="</title><script>", stages=(Stage(key="a", name="<script>", sale=True),))
    root = parsed(picture(evil).inline())
    assert root.findtext(f"{SVG}title") == "</title><script>: The funnel"
    assert not list(root.iter(f"{SVG}script"))
