"""The style sheet of the pictures."""

from pathlib import Path

import infield.desk
from infield.desk.map.pictures import style_sheet


def test_the_sheet_has_the_rules_that_the_pictures_have_now() -> None:
    sheet = Path(infield.desk.__path__[0]) / "static" / "desk" / "css" / "pictures.css"
    assert sheet.read_text("utf-8") == style_sheet(), "run tools/picture_rules.py"
