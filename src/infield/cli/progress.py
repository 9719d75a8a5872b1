"""One line on the terminal that says how far a long work is; silent where nobody watches."""

import sys
import time
from dataclasses import dataclass, field

EVERY_S = 0.1
WIDTH = 24


def _is_watched() -> bool:
    return sys.stderr.isatty()


@dataclass(slots=True)
class ProgressLine:
    """Writes over itself on stderr, at most ten times a second, and only when that is a terminal."""

    shown: bool = field(default_factory=_is_watched)
    _last: float = 0.0
    _length: int = 0

    def part(self, what: str, done: int, total: int) -> None:
        """Say that `done` of `total` is done, as a bar."""
        now = time.monotonic()
        if not self.shown or (now - self._last < EVERY_S and done < total):
            return
        self._last = now
        share = min(done / total, 1.0) if total else 1.0
        full = round(share * WIDTH)
        self._write(f"{what}  {'█' * full}{'░' * (WIDTH - full)}  {share:4.0%}")

    def step(self, what: str) -> None:
        """Say what is worked on now."""
        if self.shown:
            self._write(f"{what} …")

    def clear(self) -> None:
        """Leave the line empty."""
        if self.shown and self._length:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text + " " * max(self._length - len(text), 0))
        sys.stderr.flush()
        self._length = len(text)
