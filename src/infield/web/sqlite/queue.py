"""One writer after the other: an exclusive lock on a file beside the database, taken before BEGIN.

SQLite lets whoever asks at the right moment write next; under eight writers one of them waits for seconds.
Here a process sends one thread at a time to ask, often and at an even pace, so that each has the same chance.
The kernel takes the lock back from a process that dies.
"""

import fcntl
import os
import threading
import time
from pathlib import Path

PACE_S = 0.002
_TURNS: dict[str, threading.Lock] = {}
_TURNS_GUARD = threading.Lock()


class WriterQueue:
    """The place of one connection in the queue of those who want to write to the database `name`."""

    def __init__(self, name: str, patience_s: float) -> None:
        self._path = Path(f"{name}-writer")
        self._patience_s = patience_s
        self._file: int | None = None
        self._holds = False

    def enter(self) -> bool:
        """Wait until it is our turn; False when that took longer than our patience."""
        if self._holds:
            return True
        end = time.monotonic() + self._patience_s
        turn = self._turn()
        if not turn.acquire(timeout=self._patience_s):
            return False
        self._holds = self._lock_until(end)
        if not self._holds:
            turn.release()
        return self._holds

    def leave(self) -> None:
        """Let the next one write; harmless when it was not our turn."""
        if not self._holds or self._file is None:
            return
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._holds = False
        self._turn().release()

    def close(self) -> None:
        """Leave, and close the file."""
        self.leave()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _turn(self) -> threading.Lock:
        with _TURNS_GUARD:
            return _TURNS.setdefault(str(self._path), threading.Lock())

    def _lock_until(self, end: float) -> bool:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while not _locked(self._file):
            if time.monotonic() > end:
                return False
            time.sleep(PACE_S)
        return True


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
