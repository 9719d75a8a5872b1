"""A process of its own that writes to the tests' database or keeps the parts: `process.py DATABASE HOME VERB [NUMBER]`.

A writer says the number of each event once its transaction is through; a keeper says a line a refresh.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path


def write(writer: str) -> None:
    from django.db import transaction
    from tests.history.live import entered

    from infield.history.actions import record_many, void

    rng, number = random.Random(writer), int(writer) * 1_000_000  # noqa: S311  (only to be different)
    while True:
        number += 1
        with transaction.atomic():
            (event,) = record_many(
                [entered("lead", rng.randrange(12), number / 3_600_000_000, dedupe=str(number))]
            )
            undone = rng.random() < 0.1
            if undone:
                void(event, None)
        print(-number if undone else number, flush=True)  # noqa: T201  (that is how it is acknowledged)


def keep(_: str) -> None:
    from infield.history.queries import log_source
    from infield.history.upkeep import refresh, rewrite_base

    while True:
        refresh(log_source())
        rewrite_base(log_source(), deltas=3)
        print(0, flush=True)  # noqa: T201


VERBS: dict[str, Callable[[str], None]] = {"write": write, "keep": keep}


def main(database: str, home: str, verb: str, number: str = "0") -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.HOME = Path(home)
    django.setup()
    VERBS[verb](number)


if __name__ == "__main__":
    main(*sys.argv[1:])
