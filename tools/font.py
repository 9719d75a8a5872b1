"""Makes the app's font: Inter, cut down to the letters of Latin languages, as one file of at most 100 kB.

Run by tools/setup.sh. What it writes is not kept in the repository; without it pages use the machine's fonts.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "src" / "infield" / "web" / "static" / "web" / "fonts"
LIMIT_BYTES = 100_000
LETTERS = (
    "U+0020-007E,U+00A0-017F,U+0218-021B,U+02C6,U+02DA,U+02DC,U+2002-200A,U+2010-2015,U+2018-201E,U+2020-2022,"
    "U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264,U+2265"
)
FEATURES = ["kern", "liga", "calt", "tnum", "case", "mark", "mkmk", "ccmp", "locl"]
CSS = """@font-face {{
  font-family: "Inter Infield";
  src: url("inter.woff2") format("woff2");
  font-weight: {weights};
  font-display: swap;
  unicode-range: {letters};
}}
"""


def source() -> Path:
    """Give Inter with all weights in one file, as its package has it."""
    import fontpkg_inter

    folder = Path(fontpkg_inter.__file__).parent
    files = sorted(folder.rglob("*.ttf"), key=lambda file: ("italic" in file.name.lower(), len(file.name)))
    return next((file for file in files if "[" in file.name or "variable" in file.name.lower()), files[0])


def make() -> int:
    """Write inter.woff2 and inter.css, and give the size of the font in bytes."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(source())
    options = subset.Options(
        layout_features=FEATURES, flavor="woff2", name_IDs=[0, 1, 2, 13, 14], notdef_outline=True
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=subset.parse_unicodes(LETTERS))
    cut.subset(font)
    # after the cut: a glyph that no longer varies has no entry, and the cut asks for one
    font = instancer.instantiateVariableFont(font, {"opsz": 14, "wght": (400, 700)})
    FOLDER.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(FOLDER / "inter.woff2"), options)
    (FOLDER / "inter.css").write_text(CSS.format(weights="400 700", letters=LETTERS), encoding="utf-8")
    return (FOLDER / "inter.woff2").stat().st_size


if __name__ == "__main__":
    size = make()
    print(f"font: {size:,} bytes")
    sys.exit(size > LIMIT_BYTES)
