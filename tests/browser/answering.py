"""What the server of the tests is answering, to wait until it is done."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE_S, QUIET_S = 60, 0.1


class Answering:
    """How many requests are under way."""

    def __init__(self) -> None:
        self._under_way = 0
        self._lock = Lock()

    def begin(self, **said: Any) -> None:
        with self._lock:
            self._under_way += 1

    def end(self, **said: Any) -> None:
        with self._lock:
            self._under_way -= 1

    def wait_until_done(self) -> None:
        """Wait until nothing is under way, and for a moment longer: a request may just be arriving."""
        until = time.monotonic() + PATIENCE_S
        quiet_since = time.monotonic()
        while time.monotonic() < until and time.monotonic() - quiet_since < QUIET_S:
            time.sleep(QUIET_S / 5)
            if self._under_way:
                quiet_since = time.monotonic()


@contextmanager
def watched() -> Iterator[Answering]:
    answering = Answering()
    request_started.connect(answering.begin)
    request_finished.connect(answering.end)
    yield answering
    request_started.disconnect(answering.begin)
    request_finished.disconnect(answering.end)
