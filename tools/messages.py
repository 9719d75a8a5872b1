"""The messages of each room in four languages: found in the source, kept in one file a room and language, compiled.

    python -m tools.messages update [ROOM …]    new messages into the .po files, dead ones out
    python -m tools.messages update a.po b.po   what git left in conflict, or two versions of a file, made one
    python -m tools.messages check [ROOM …]     says what is missing or wrong; exit code 1 if anything is
    python -m tools.messages compile            writes the .mo files that are older than their .po

A .po has no line numbers and no dates, and is sorted by message: two branches that add messages merge quietly.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "infield"
LANGUAGES = ("ja", "fi", "th")
PLURALS = {"ja": "nplurals=1; plural=0;", "fi": "nplurals=2; plural=(n != 1);", "th": "nplurals=1; plural=0;"}
FILE = "LC_MESSAGES/django.po"
CONTEXT_FIRST = ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "N_": None,
    "noop": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "N_p": CONTEXT_FIRST,
    "pgettext": CONTEXT_FIRST,
    "pgettext_lazy": CONTEXT_FIRST,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w*)\}(?!\})|%\((\w+)\)s")
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def rooms() -> list[str]:
    """Give the rooms that say something to a user."""
    return [
        folder.name
        for folder in sorted(SOURCE.iterdir())
        if (folder / "__init__.py").exists() and found(folder)
    ]


def found(room: Path) -> Catalog:
    """Give the messages of a room's modules, templates and ready-made maps, without translations."""
    catalog = Catalog()
    for file in sorted(
        [*room.rglob("*.py"), *room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]
    ):
        for _line, message, _comments, context in extract("python", BytesIO(_code(file)), KEYWORDS):
            if message and message != ("", ""):
                catalog.add(message, context=context)
    for file in sorted(room.glob("starters/*.yaml")):
        for text in _texts_of(file):
            catalog.add(text, context="starter")
    return catalog


def _texts_of(file: Path) -> Iterator[str]:
    """Go through the texts of a ready-made map."""
    from infield.process.in_languages import every_text
    from infield.process.texts import in_language
    from infield.process.yaml_file import read as read_map

    process = read_map(file.read_text("utf-8")).process
    for text in every_text(process):
        yield in_language(text, process.language, "en")


def _code(file: Path) -> bytes:
    """Give the code of a module, or that into which Django turns a template to find its messages."""
    if file.suffix == ".py":
        return file.read_bytes()
    from django.utils.translation.template import templatize

    return templatize(file.read_text("utf-8"), origin=str(file)).encode()


def po_file(room: str, language: str) -> Path:
    return SOURCE / room / "locale" / language / FILE


def read(file: Path, language: str) -> Catalog:
    """Give a catalogue; of a file that git left in conflict both sides, ours before theirs."""
    text = file.read_text("utf-8") if file.exists() else ""
    catalog = Catalog()
    for side in _sides(text):
        for message in read_po(BytesIO(side.encode()), locale=language):
            if message.id and is_translated(message) and _of(catalog, message) is None:
                catalog[message.id] = message
    return catalog


def _sides(text: str) -> Iterator[str]:
    if "\n<<<<<<< " not in f"\n{text}":
        yield text
        return
    for unwanted in ("theirs", "ours"):
        side, kept = "common", []
        for line in text.splitlines(keepends=True):
            mark = {"<<<<<<< ": "ours", "||||||| ": "before", ">>>>>>> ": "common"}.get(line[:8])
            if mark or (line.rstrip() == "=======" and side != "common"):
                side = mark or "theirs"
            elif side not in (unwanted, "before"):
                kept.append(line)
        yield "".join(kept)


def is_translated(message: Message) -> bool:
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(texts) and all(text.strip() for text in texts) and not message.fuzzy


def _of(catalog: Catalog, message: Message) -> Message | None:
    """Give the message of a catalogue with the same text and context."""
    return catalog.get(message.id, message.context)


def merged(messages: Catalog, language: str, translations: Iterable[Catalog]) -> Catalog:
    """Give the found messages, each with the first translation that one of the catalogues has for it."""
    known = list(translations)
    result = Catalog(locale=language)
    for message in messages:
        if not message.id:
            continue
        same = (_of(catalog, message) for catalog in known)
        fitting = next((one for one in same if one and one.pluralizable == message.pluralizable), None)
        empty: str | tuple[str, ...] = ("",) * result.num_plurals if message.pluralizable else ""
        result.add(message.id, fitting.string if fitting else empty, context=message.context)
    return result


def as_text(catalog: Catalog, language: str) -> str:
    """Give a catalogue as its file stands: sorted, without dates and places."""
    written = BytesIO()
    write_po(
        written, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    return HEADER.format(language=language, plurals=PLURALS[language]) + written.getvalue().decode()


def update(names: Iterable[str] = ()) -> None:
    """Bring the .po files of the named rooms, or of all, up to their messages.

    A name that ends in .po is a file whose translations are taken over, as those of other rooms are.
    """
    names = list(names)
    given = [Path(name) for name in names if name.endswith(".po")]
    chosen = {name for name in names if not name.endswith(".po")}
    messages = {room: found(SOURCE / room) for room in rooms()}
    for language in LANGUAGES:
        files = [file for file in given if language in file.parts or file.stem == language]
        known = {room: read(po_file(room, language), language) for room in messages}
        more = [read(file, language) for file in files]
        for room, catalog in messages.items():
            if chosen and room not in chosen:
                continue
            elsewhere = [one for name, one in known.items() if name != room]
            text = as_text(merged(catalog, language, [known[room], *more, *elsewhere]), language)
            _write(po_file(room, language), text.encode())


def _write(file: Path, content: bytes) -> None:
    """Write a file unless it says so already."""
    if not file.exists() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, content)


def _replace(file: Path, content: bytes) -> None:
    """Put a file in place whole: several processes may do the same at once, and others read it."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as beside:
        beside.write(content)
    Path(beside.name).chmod(0o644)
    Path(beside.name).replace(file)


def compile_stale() -> list[Path]:
    """Write each .mo that is missing or older than its .po, and give those written; an old one without .po goes."""
    written = []
    for compiled in SOURCE.glob(f"*/locale/*/{Path(FILE).with_suffix('.mo')}"):
        if not compiled.with_suffix(".po").exists():
            compiled.unlink(missing_ok=True)
    for po in sorted(SOURCE.glob(f"*/locale/*/{FILE}")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        content = BytesIO()
        write_mo(content, read_po(BytesIO(po.read_bytes()), locale=po.parts[-3]))
        _replace(mo, content.getvalue())
        written.append(mo)
    return written


def wrong(room: str) -> Iterator[str]:
    """Say what is wrong with the translations of a room, one line each; nothing where they are whole."""
    messages = found(SOURCE / room)
    for language in LANGUAGES:
        file = po_file(room, language)
        where = f"{room}/{language}"
        if not file.exists():
            yield f"{where}: there is no {file.name}"
            continue
        if as_text(read_po(BytesIO(file.read_bytes()), locale=language), language) != file.read_text("utf-8"):
            yield f"{where}: not as `update` writes it"
        catalog = read(file, language)
        yield from (
            f"{where}: {fault}" for message in messages if message.id for fault in _faults(message, catalog)
        )
        dead = [message for message in catalog if message.id and _of(messages, message) is None]
        yield from (f"{where}: nothing says this any more: {_short(message)}" for message in dead)


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    translated = _of(catalog, message)
    if translated is None:
        yield f"untranslated: {_short(message)}"
        return
    if translated.pluralizable != message.pluralizable:
        yield f"plural forms missing: {_short(message)}"
        return
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    asked = [_placeholders(text) for text in ids]
    texts = (translated.string,) if isinstance(translated.string, str) else tuple(translated.string or ())
    for place, text in enumerate(texts):
        # a language with a form for one thing may leave the number out of it
        allowed = asked if place == 0 and len(texts) > 1 else asked[-1:]
        if _placeholders(text) not in allowed:
            yield f"other placeholders: {_short(message)} → {text!r}"


def _placeholders(text: str) -> Counter[str]:
    """Give the names that a text puts in; repeating one is fine."""
    return Counter({name: 1 for pair in PLACEHOLDER.findall(text) for name in pair if name})


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    context = f" ({message.context})" if message.context else ""
    return f"{text!r}{context}"


def differing() -> Iterator[str]:
    """Say which message two rooms translate differently: the app has one answer for it; a context parts them."""
    for language in LANGUAGES:
        told: dict[tuple[str, str | None], tuple[str, object]] = {}
        for room in rooms():
            for message in read(po_file(room, language), language):
                key = (str(message.id), message.context)
                other, text = told.setdefault(key, (room, message.string))
                if message.id and text != message.string:
                    yield f"{room}/{language}: other than in {other}: {_short(message)}: {message.string!r}, {text!r}"


def faults(chosen: Iterable[str] = ()) -> list[str]:
    """Give everything that is wrong in the chosen rooms, or in all."""
    from tools.unmarked import unmarked

    names = list(chosen) or rooms()
    lines = [line for room in names for line in wrong(room)]
    lines += [line for room in names for line in unmarked(SOURCE / room)]
    return lines + list(differing())


def main(arguments: list[str]) -> int:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure()
        django.setup()
    match arguments:
        case ["update", *names]:
            update(names)
        case ["compile"]:
            compile_stale()
        case ["check", *chosen]:
            lines = faults(chosen)
            print("\n".join(lines))
            return 1 if lines else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
