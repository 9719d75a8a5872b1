"""The objections of a deal as its page shows them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.people.models import Contact
from infield.playbook.guidance import pieces
from infield.playbook.models import RaisedObjection
from infield.playbook.prepared import Known, Prepared
from infield.playbook.stages.queries import changes_of
from infield.playbook.talks.queries import Raised, known, named, offered
from infield.playbook.talks.queries import objections_of as raised_on
from infield.playbook.wording import how_manieth, led_onward
from infield.web.compiled import compiled


@dataclass(frozen=True, slots=True)
class TalkLine:
    """An objection, its place among those of the deal, and the answers with how each fared, in words."""

    row: Raised
    place: str
    answers: tuple[tuple[Prepared, str], ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What the buyer objected; `offered` are noted with one tap."""

    lines: tuple[TalkLine, ...]
    offered: tuple[Known, ...]
    standing: int
    can_edit: bool
    may_teach: bool
    """Whether this user may put into the library what somebody said."""


def talk_of(user: User, deal: Deal, language: str) -> Talk:
    """Give the objections of a deal, in a constant number of queries; three where none was raised."""
    was_raised = bool(_raised_on(deal.pk))
    shelf = known(user, language) if was_raised else named(language)
    raised = raised_on(deal, shelf, language) if was_raised else ()
    return Talk(
        lines=tuple(
            TalkLine(
                one,
                how_manieth(one.number, language),
                tuple((said, led_onward(said.tally, language)) for said in one.answers),
            )
            for one in raised
        ),
        offered=offered(shelf, user),
        standing=sum(not one.is_resolved for one in raised),
        can_edit=user.writes
        and not deal.history_only
        and deal.archived_at is None
        and deal.outcome != "lost",
        may_teach=user.may("playbook"),
    )


@compiled
def _raised_on(deal: UUID) -> QuerySet[RaisedObjection, UUID]:
    return RaisedObjection.objects.filter(deal=deal).values_list("pk", flat=True)[:1]


def at_the_buyer(deal: Deal) -> list[tuple[str, str]]:
    """Give the people of the buyer by id, as they are called."""
    found = Contact.objects.filter(organization=deal.organization_id, archived_at=None)
    return [(str(one.pk), str(one)) for one in found.order_by("sort_key", "id")]


def question_asked(deal: Deal, question: str, language: str) -> str:
    """Give the words of a question of the map or the playbook, by its name stage:key; "" where nobody asks it."""
    key, _, own = question.partition(":")
    mapped, changes = deal.map(), changes_of(deal.version.process_id, key)
    stage = next((one for one in mapped.stages if one.key == key), None)
    known = pieces(stage, mapped, language, changes) if stage else ()
    return next((one.text for one in known if (one.topic, one.key) == ("question", own)), "")


def objections_of(user: User, about: object) -> list[tuple[str, str]]:
    """Give the objections that a form about a deal offers, those raised most; of others none."""
    if not isinstance(about, Deal):
        return []
    return [(one.key, one.text) for one in offered(named(get_language() or "en"), user)]
