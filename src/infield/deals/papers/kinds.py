"""Which documents there are, and which files are taken."""

from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import urlsplit

from infield.deals.refusals import Refusal

KINDS = (
    "proposal",
    "contract",
    "requirements",
    "presentation",
    "demo_plan",
    "contracting_outline",
    "order",
    "acceptance",
    "reference",
    "other",
)
"""A map may ask for others; they are named by their key."""

LONGEST_KIND, LONGEST_NAME, LONGEST_LINK = 60, 200, 1_000
MOST_BYTES = 20 * 1024 * 1024

TYPES: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".eml": "message/rfc822",
}
"""By the end of the name; nothing that a browser runs."""

BEGINS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), (b"PK\x03\x04",)),
}
LONGEST_BEGINNING = 8


def content_type(name: str, size_bytes: int, beginning: bytes) -> str:
    """Give the type of a file by its name; Refusal: file_too_large, file_empty, file_type, file_differs.

    `beginning`: its first LONGEST_BEGINNING bytes, which must be what the name says.
    """
    end = PurePath(name).suffix.lower()
    if size_bytes > MOST_BYTES:
        raise Refusal("file_too_large", most=MOST_BYTES // (1024 * 1024))
    if not size_bytes:
        raise Refusal("file_empty")
    if end not in TYPES:
        raise Refusal("file_type", types=", ".join(sorted(one.removeprefix(".") for one in TYPES)))
    if end in BEGINS and not beginning.startswith(BEGINS[end]):
        raise Refusal("file_differs")
    return TYPES[end]


def checked_link(link: str) -> str:
    """Give the address a document is at; Refusal: link_missing, bad_link, too_long."""
    link = link.strip()
    if not link:
        raise Refusal("link_missing")
    if len(link) > LONGEST_LINK:
        raise Refusal("too_long", most=LONGEST_LINK)
    try:
        parts = urlsplit(link)
    except ValueError:
        raise Refusal("bad_link") from None
    # a link that runs a script would run it as whoever opens the document
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refusal("bad_link")
    return link
