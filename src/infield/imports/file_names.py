"""Names of files that strangers gave, made safe to write to a disk."""

import re
from pathlib import PurePosixPath, PureWindowsPath

from infield.web.disguise import TURNS

LONGEST = 100
UNSAFE = re.compile(rf'[\x00-\x1f\x7f/\\:*?"<>|{TURNS}]+')


def safe_name(name: str) -> str:
    """Give the name without folders, control characters and signs that turn the direction of writing.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\deals\\\\open.csv"), safe_name("..")
    ('passwd', 'open.csv', 'file')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    clean = UNSAFE.sub("_", last).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 10:
        return _fitted(clean) or "file"
    return f"{_fitted(stem) or 'file'}.{suffix}"


def _fitted(text: str) -> str:
    # file systems count bytes, 255 at most
    return text[:LONGEST].encode()[: 2 * LONGEST].decode(errors="ignore")
