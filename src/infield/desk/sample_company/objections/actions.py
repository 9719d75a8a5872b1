"""Writing the rows of what was objected in the sample company, from the events that tell it."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from infield.accounts.models import User
from infield.desk.sample_company.objections.material import MATERIALS
from infield.history.models import Event
from infield.playbook.models import GivenAnswer, Material, RaisedObjection
from infield.process.models import Process

AT_ONCE = 1_000
ANSWERED = ("objection_answered", "objection_resolved")


def keep_objections(events: Iterable[Event]) -> None:
    """Keep what the events raise and answer; they are in their order, and the deals are written."""
    raised: list[RaisedObjection] = []
    given: list[GivenAnswer] = []
    standing: dict[tuple[UUID, str], RaisedObjection] = {}
    for event in events:
        if event.kind == "objection_raised":
            raised.append(_raised(event))
            standing[event.object_id, event.data["objection"]] = raised[-1]
        elif event.kind in ANSWERED:
            about = standing[event.object_id, event.data["objection"]]
            given.append(_given(event, about))
            about.resolved = event if event.kind == "objection_resolved" else None
    RaisedObjection.objects.bulk_create(raised, batch_size=AT_ONCE)
    GivenAnswer.objects.bulk_create(given, batch_size=AT_ONCE)


def keep_material(process: Process, today: date, by: User) -> None:
    """Put what the company keeps ready to the stages of its map."""
    Material.objects.bulk_create(
        Material(
            process=process,
            stage=stage,
            name=name,
            address=address,
            review_on=today + timedelta(days=days),
            added_by=by,
        )
        for stage, name, address, days in MATERIALS
    )


def _raised(event: Event) -> RaisedObjection:
    return RaisedObjection(
        deal_id=event.object_id,
        objection=event.data["objection"],
        stage=event.stage,
        raised_at=event.at,
        raised=event,
    )


def _given(event: Event, about: RaisedObjection) -> GivenAnswer:
    return GivenAnswer(
        raised=about,
        objection=about.objection,
        answer=event.data.get("answer", ""),
        stage=event.stage,
        event=event,
    )
