"""A company in the database of the environment: `company.py begin` saves it, `company.py told` says what is there.

`told` prints one JSON object: the titles of deals, the next steps in the log, and how many events count in the
database and in the log's steps.
"""

import json
import sys
from collections.abc import Callable


def begin() -> None:
    from infield.web.actions import make_ready

    make_ready(2)
    from tests.desk import board_world

    board_world.fill(board_world.begin(), 30)


def told() -> None:
    import django

    django.setup()
    from infield.deals.models import Deal
    from infield.history.models import Event, Words
    from infield.history.queries import open_log

    with open_log(None) as log:
        ((steps, different),) = log.execute(
            'SELECT count(*), count(DISTINCT ("case", seq)) FROM steps'
        ).fetchall()
    found = {
        "titles": list(Deal.objects.values_list("title", flat=True)),
        "next_steps": list(Words.objects.filter(name="next_step").values_list("text", flat=True)),
        "events": Event.objects.counting().count(),
        "steps": steps,
        "different": different,
    }
    print(json.dumps(found))  # noqa: T201


VERBS: dict[str, Callable[[], None]] = {"begin": begin, "told": told}

if __name__ == "__main__":
    VERBS[sys.argv[1]]()
