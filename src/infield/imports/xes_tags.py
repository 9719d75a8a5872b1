"""The tags of an XML file as a stream of texts, checked and safe.

In: a path (plain or gzipped, any encoding it declares). Out: lists of whole tags as they stand in the file,
such as `<event>` or `<string key="concept:name" value="Won"/>`; also comments and declarations, to pass over.

Expat checks that the file is well-formed and hands over each tag as one text: no Python runs per tag, and no
tree is built. No entity is ever expanded, no other file opened; a file that declares entities is refused.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from pyexpat import ExpatError, ParserCreate, XMLParserType, errors
from typing import IO

from infield.imports.reading import OnProgress, Progress, Unreadable
from infield.imports.text_file import BLOCK, BOMB_BYTES, BOMB_RATIO, opened

TAGS_AT_ONCE = 100_000
LONGEST_TAG = 32 * BLOCK
UTF_8 = ("utf-8", "ascii")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def tags(path: Path, progress: OnProgress | None = None) -> Iterator[list[str]]:
    """Give the tags of the file in order, many at a time.

    Raises Unreadable: no_such_file, cannot_open, empty, not_xml (with line), wrong_encoding,
    no_such_encoding, entities, tag_too_long, truncated_gzip, broken_gzip, gzip_bomb.
    """
    found: list[str] = []
    parser = _parser(path)
    parser.DefaultHandler = found.append
    # Text between tags is of no use; `bool` is the cheapest thing written in C that takes it.
    parser.CharacterDataHandler = bool
    parser.buffer_text = True
    since_tag = 0
    for block in _utf8_blocks(path, progress):
        before = len(found)
        _parse(parser, block, path)
        since_tag = since_tag + len(block) if len(found) == before else 0
        if since_tag > LONGEST_TAG:
            raise Unreadable("tag_too_long", {"limit": LONGEST_TAG >> 20}, file=path.name)
        if len(found) >= TAGS_AT_ONCE:
            yield found.copy()
            found.clear()
    _parse(parser, b"", path, final=True)
    yield found


def lines_of_events(path: Path, numbers: Collection[int]) -> dict[int, int]:
    """Give the line of each event with such a number: the first event of a trace of the file is 1."""
    parser, lines, last = _parser(path), dict[int, int](), max(numbers, default=0)
    count, above = 0, list[str]()

    def start(name: str, _: object) -> None:
        nonlocal count
        above.append(name.rpartition(":")[2])
        if len(above) == 3 and above[1:] == ["trace", "event"]:
            count += 1
            if count in numbers:
                lines[count] = parser.CurrentLineNumber

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: above.pop()
    for block in _utf8_blocks(path, None):
        _parse(parser, block, path)
        if count >= last:
            break
    return lines


def _parser(path: Path) -> XMLParserType:
    def refuse(*_: object) -> None:
        raise Unreadable("entities", file=path.name, line=parser.CurrentLineNumber)

    parser = ParserCreate("utf-8")
    parser.EntityDeclHandler = refuse
    return parser


def _parse(parser: XMLParserType, block: bytes, path: Path, *, final: bool = False) -> None:
    try:
        parser.Parse(block, final)
    except ExpatError as error:
        if error.code == errors.codes[errors.XML_ERROR_INVALID_TOKEN] and not _is_utf8(block):
            raise Unreadable("wrong_encoding", file=path.name, line=error.lineno) from error
        raise Unreadable("not_xml", file=path.name, line=error.lineno) from error


def _is_utf8(block: bytes) -> bool:
    try:
        # A block may begin and end within a character.
        codecs.getincrementaldecoder("utf-8")("strict").decode(block.lstrip(bytes(range(0x80, 0xC0))))
    except UnicodeDecodeError:
        return False
    return True


def _utf8_blocks(path: Path, progress: OnProgress | None) -> Iterator[bytes]:
    try:
        with opened(path) as (file, disk):
            yield from _as_utf8(_blocks(path, file, disk, progress), path)
    except FileNotFoundError as error:
        raise Unreadable("no_such_file", file=path.name) from error
    except OSError as error:
        raise Unreadable("cannot_open", {"why": error.strerror}, file=path.name) from error


def _blocks(path: Path, file: IO[bytes], disk: IO[bytes], progress: OnProgress | None) -> Iterator[bytes]:
    size, total = 0, path.stat().st_size
    while block := file.read(BLOCK):
        size += len(block)
        if size > BOMB_BYTES and size > BOMB_RATIO * max(disk.tell(), 1):
            raise Unreadable("gzip_bomb", file=path.name)
        yield block
        if progress:
            progress(Progress(path.name, disk.tell(), total))


def _as_utf8(blocks: Iterator[bytes], path: Path) -> Iterator[bytes]:
    head = next(blocks, b"")
    if not head.strip():
        raise Unreadable("empty", file=path.name)
    encoding = _encoding(head, path)
    if encoding in UTF_8:
        yield head
        yield from blocks
        return
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        yield decoder.decode(head).encode()
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise Unreadable("wrong_encoding", {"encoding": encoding}, file=path.name) from error


def _encoding(head: bytes, path: Path) -> str:
    if marked := next((name for mark, name in MARKS if head.startswith(mark)), None):
        return marked
    declared = DECLARED.match(head[:1000])
    name = declared[1].decode().lower() if declared else "utf-8"
    try:
        known = codecs.lookup(name)
    except LookupError as error:
        raise Unreadable("no_such_encoding", {"encoding": name}, file=path.name) from error
    # A declaration that can be read byte by byte is not in two-byte characters, whatever it says.
    wide = known.name.startswith(("utf-16", "utf-32"))
    return "utf-8" if wide or not known._is_text_encoding else known.name
