"""A company with a history on the seven steps: most deals go straight, some jump, go back or are lost."""

from random import Random

from tests.people import People
from tests.selling import published, went

from infield.process.models import ProcessVersion


def busy_company(people: People, deals: int = 240) -> ProcessVersion:
    """Publish the map and write the deals; the same each time."""
    version, draw = published(people.anna), Random(7)  # noqa: S311  made-up deals, no secret
    keys = [stage.key for stage in version.map().stages if stage.about != "client"]
    for _ in range(deals):
        owner = draw.choice([people.bo, people.dan, people.cleo])
        path, at, outcome = [keys[0]], 0, ""
        while not outcome and len(path) < 14:
            chance = draw.random()
            if chance < 0.12 or (at == 2 and chance < 0.3):
                outcome = "lost"
            elif chance < 0.18:
                break  # still there
            elif chance < 0.26 and at >= 2:
                at -= 1
            elif chance < 0.34 and at + 2 < len(keys):
                at += 2
            elif at + 1 == len(keys):
                outcome = "won"
            else:
                at += 1
            if path[-1] != keys[at]:
                path.append(keys[at])
        went(version, owner, *path, outcome=outcome)
    return version
