"""A file on this machine, given to an import as a browser would give it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        """Give its bytes, a megabyte at a time."""
        with self.path.open("rb") as file:
            while part := file.read(AT_ONCE):
                yield part
