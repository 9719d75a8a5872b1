"""Write the rules of the app's pictures into its style sheet. Run it after a picture's rules have changed."""

from pathlib import Path

from infield.desk.map.pictures import style_sheet

SHEET = Path(__file__).parent.parent / "src" / "infield" / "desk" / "static" / "desk" / "css" / "pictures.css"

if __name__ == "__main__":
    SHEET.write_text(style_sheet(), encoding="utf-8")
