"""One writer after the other: an exclusive lock on a file beside the database, taken before BEGIN.

SQLite lets whoever asks at the right moment write next; under eight writers one of them waits for seconds.
Here whoever has to wait says so on a second file, and nobody who comes later, or comes again, goes past them: all
ask at the same pace, so each has the same chance. The kernel takes both locks back from a process that dies.
"""

import fcntl
import os
import random
import time
from pathlib import Path

PACE_S = 0.002


class WriterQueue:
    """The place of one connection in the queue of those who want to write to the database `name`."""

    def __init__(self, name: str, patience_s: float) -> None:
        self._names = (Path(f"{name}-writer"), Path(f"{name}-waiting"))
        self._patience_s = patience_s
        self._files: tuple[int, ...] = ()
        self._holds = False

    def enter(self) -> bool:
        """Wait until it is our turn; False when that took longer than our patience."""
        if self._holds:
            return True
        if not self._files:
            self._files = tuple(
                os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for name in self._names
            )
        writer, waiting = self._files
        self._holds = (_nobody_waits(waiting) and _locked(writer, fcntl.LOCK_EX)) or self._wait(
            writer, waiting
        )
        return self._holds

    def leave(self) -> None:
        """Let the next one write; harmless when it was not our turn."""
        if self._holds:
            fcntl.flock(self._files[0], fcntl.LOCK_UN)
            self._holds = False

    def close(self) -> None:
        """Leave, and close the files."""
        self.leave()
        for file in self._files:
            os.close(file)
        self._files = ()

    def _wait(self, writer: int, waiting: int) -> bool:
        end = time.monotonic() + self._patience_s
        fcntl.flock(waiting, fcntl.LOCK_SH)
        try:
            while time.monotonic() < end:
                # not in step with the others
                time.sleep(PACE_S * random.uniform(0.5, 1.5))  # noqa: S311  no secret
                if _locked(writer, fcntl.LOCK_EX):
                    return True
            return False
        finally:
            fcntl.flock(waiting, fcntl.LOCK_UN)


def _nobody_waits(waiting: int) -> bool:
    free = _locked(waiting, fcntl.LOCK_EX)
    if free:
        fcntl.flock(waiting, fcntl.LOCK_UN)
    return free


def _locked(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
