"""What a text file is written in, found out by going through the whole of it once as a stream."""

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from infield.imports.reading import Unreadable

BLOCK = 1 << 20
LONGEST_LINE = 32 << 20
SAMPLE_BYTES = 200_000
BOMB_RATIO, BOMB_BYTES = 300, 1 << 30
DELIMITERS = [",", ";", "\t", "|", "^", "~", "\x1f", "\x01", ":"]
MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# control characters that no text has; 0x1f and 0x01 may be delimiters
NO_TEXT = bytes(set(range(0x20)) - set(b"\t\n\r\f\x0b\x01\x1f\x1a\x00"))


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file and how to decode it."""

    path: Path
    encoding: str
    compressed: bool
    clean: bool
    """Whether every byte can be decoded; otherwise rows with bad bytes carry lone surrogates."""


def is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open a file, unpacked, with the file on disk beside it; broken gzip is Unreadable."""
    with path.open("rb") as disk:
        packed = disk.read(2) == b"\x1f\x8b"
        disk.seek(0)
        try:
            if packed:
                with gzip.GzipFile(fileobj=disk) as file:
                    yield io.BufferedReader(file, BLOCK), disk
            else:
                yield disk, disk
        except EOFError as error:
            raise Unreadable("truncated_gzip", file=path.name) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Unreadable("broken_gzip", file=path.name) from error


def survey(path: Path, encoding: str | None = None) -> TextFile:
    """Go through a file once and give its encoding (`encoding` where it is given).

    Raises Unreadable: empty, not_text, line_too_long, gzip_bomb, truncated_gzip, broken_gzip,
    no_such_encoding.
    """
    with opened(path) as (file, _):
        head = file.read(1 << 16)
    _refuse_binary(path, head)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None) or _utf16_unmarked(head)
    chosen = encoding or marked
    sample, valid = _walk(path, _decoder(chosen or "utf-8", path), wide=_is_wide(chosen))
    if chosen or valid:
        return TextFile(path, chosen or "utf-8", is_gzip(path), valid)
    chosen = guess_encoding(sample)
    _, valid = _walk(path, _decoder(chosen, path), wide=False)
    return TextFile(path, chosen, is_gzip(path), valid)


def _refuse_binary(path: Path, head: bytes) -> None:
    if not head.strip():
        raise Unreadable("empty", file=path.name)
    if _is_wide(next((name for mark, name in MARKS if head.startswith(mark)), None)):
        return
    strange = len(head) - len(head.translate(None, NO_TEXT))
    if strange > max(16, len(head) / 50) or (
        head.count(0) and not _utf16_unmarked(head) and head.count(0) > 16
    ):
        raise Unreadable("not_text", file=path.name)


def _utf16_unmarked(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its delimiters and line ends."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > half * 0.2 and even < odd / 20:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.2 and odd < even / 20 else None


def _is_wide(encoding: str | None) -> bool:
    return encoding is not None and encoding.replace("_", "-").startswith(("utf-16", "utf-32"))


def _decoder(encoding: str, path: Path) -> codecs.IncrementalDecoder:
    try:
        "".encode(encoding)  # refuses what is known but no encoding of text, such as base64
        return codecs.getincrementaldecoder(encoding)("strict")
    except LookupError as error:
        raise Unreadable("no_such_encoding", {"encoding": encoding}, file=path.name) from error


def _walk(path: Path, decoder: codecs.IncrementalDecoder, *, wide: bool) -> tuple[bytes, bool]:
    """Give the lines that are more than ASCII (up to a size) and whether the whole file decodes."""
    sample, valid, size, since_break = bytearray(), True, 0, 0
    with opened(path) as (file, disk):
        while block := file.read(BLOCK):
            size += len(block)
            since_break = _longest(path, block, since_break)
            if size > BOMB_BYTES and size > BOMB_RATIO * max(disk.tell(), 1):
                raise Unreadable("gzip_bomb", file=path.name)
            if not wide and not block.isascii() and len(sample) < SAMPLE_BYTES:
                sample += b"\n".join(line for line in block.split(b"\n") if not line.isascii())[:SAMPLE_BYTES]
            valid = valid and _decodes(decoder, block)
    return bytes(sample), valid and _decodes(decoder, b"", final=True)


def _longest(path: Path, block: bytes, since_break: int) -> int:
    last = max(block.rfind(b"\n"), block.rfind(b"\r"))
    since_break = len(block) - last if last >= 0 else since_break + len(block)
    if since_break > LONGEST_LINE:
        raise Unreadable("line_too_long", {"limit": LONGEST_LINE}, file=path.name)
    return since_break


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def guess_encoding(sample: bytes) -> str:
    """Give the likeliest encoding of lines that are not valid UTF-8.

    UTF-8 with a few broken bytes stays UTF-8. Japanese and Thai are told by how much of the text is then in
    their letters, the rest is Western European unless the detector is of another opinion.

    >>> guess_encoding("กำลังเจรจา;ชนะ".encode("cp874"))
    'cp874'
    >>> guess_encoding("案件番号,フェーズ".encode("cp932"))
    'cp932'
    """
    if _nearly_utf8(sample):
        return "utf-8"
    if _lone_letters(sample):
        return _western(sample)
    for encoding, fits in (("cp932", _japanese), ("euc_jp", _kana_rich), ("cp874", _thai)):
        text = _decoded(sample, encoding)
        if text is not None and fits(text):
            return encoding
    return _western(sample)


def _nearly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= letter <= "\udcff" for letter in text)
    return sum(letter > "\x7f" for letter in text) - broken > 10 * broken


def _lone_letters(sample: bytes) -> bool:
    """Tell accented letters among plain ones: Western text also decodes as Japanese, into single kanji."""
    high = sum(byte > 0x7F for byte in sample)
    lone = re.findall(rb"(?<![\x80-\xff])[\xc0-\xff](?![\x80-\xff])", sample)
    return len(lone) >= 0.7 * high


def _decoded(sample: bytes, encoding: str) -> str | None:
    # the sample may end, and a file be damaged, in the middle of a character: lines decide, not the whole
    lines = sample.split(b"\n")
    texts = []
    for line in lines:
        try:
            texts.append(line.decode(encoding))
        except UnicodeDecodeError:
            continue
    return "\n".join(texts) if len(texts) >= 0.9 * len(lines) else None


def _share(text: str, *ranges: tuple[str, str]) -> float:
    letters = [letter for letter in text if letter > "\x7f"]
    inside = sum(any(low <= letter <= high for low, high in ranges) for letter in letters)
    return inside / max(len(letters), 1)


def _japanese(text: str) -> bool:
    return _share(text, ("\u3000", "\u30ff"), ("\u4e00", "\u9fff"), ("\uff00", "\uff60")) >= 0.7


def _kana_rich(text: str) -> bool:
    return _japanese(text) and _share(text, ("\u3040", "\u30ff")) >= 0.1


def _thai(text: str) -> bool:
    runs = "".join(letter if letter > "\x7f" else " " for letter in text).split()
    longest = sum(map(len, runs)) / max(len(runs), 1)
    return _share(text, ("\u0e00", "\u0e7f")) >= 0.95 and longest >= 2.5


def _western(sample: bytes) -> str:
    if _decoded(sample, "cp1252") is not None and b"\x81" not in sample:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "latin-1"


@contextmanager
def lines_of(text: TextFile) -> Iterator[tuple[io.TextIOWrapper, IO[bytes]]]:
    """Open a text file decoded; the second is the file on disk, to tell how far reading is."""
    with opened(text.path) as (file, disk):
        yield (
            io.TextIOWrapper(
                file,
                encoding=text.encoding,
                errors="strict" if text.clean else _lenient(text.encoding),
                newline="",
            ),
            disk,
        )


def _lenient(encoding: str) -> str:
    # lone surrogates cannot stand for bad bytes in UTF-16, there the replacement character does
    return "replace" if _is_wide(encoding) else "surrogateescape"


def guess_delimiter(head: str) -> str:
    """Give the delimiter by which the first rows have most often the same number of cells, and more than one.

    >>> guess_delimiter("a;b;c\\n1,5;2;3\\n2,5;4;5\\n")
    ';'
    """
    if head.startswith("sep=") and len(head) > 5:
        return head[4]
    usual = max(DELIMITERS[:4], key=lambda delimiter: _regularity(head, delimiter))
    if _regularity(head, usual)[0] >= 0.8:
        return usual
    return max(DELIMITERS, key=lambda delimiter: _regularity(head, delimiter))


def _regularity(head: str, delimiter: str) -> tuple[float, int]:
    lines = head.splitlines(keepends=True)
    # line by line as well: a quotation mark that is never closed would make one row of all
    by_line = Counter(len(row) for line in lines for row in csv.reader([line], delimiter=delimiter) if row)
    by_row = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    return max(_commonest(by_line), _commonest(by_row))


def _commonest(widths: Counter[int]) -> tuple[float, int]:
    rows = sum(widths.values())
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, n = max(wide.items(), key=lambda item: item[1])
    return (round(n / rows, 2), width)
