"""One act on many deals: each in a transaction of its own, so that what is refused stops nothing else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.deals.models import Deal, Done
from infield.deals.refusals import Refusal
from infield.deals.wording import deed, refusal
from infield.desk.bulk.wording import not_yours

type Act = Callable[[Deal], Done]

MOST = 500
KEYS = ("organization", "owner", "version__process")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one deal: `held` says why not; `event` takes it back."""

    deal: UUID
    name: str
    held: str = ""
    is_gate: bool = False
    event: UUID | None = None

    @property
    def is_done(self) -> bool:
        return not self.held


def change_many(ids: Iterable[UUID], by: User, act: Act) -> tuple[Result, ...]:
    """Do one act on each of these deals that `by` may see, at most 500, in the order given."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    found = Deal.objects.visible_to(by).select_related(*KEYS).in_bulk(wanted)
    return tuple(_attempt(found[pk], act) for pk in wanted if pk in found)


def undo_many(pairs: Sequence[tuple[UUID, UUID]], by: User) -> tuple[Result, ...]:
    """Take back what was done to each deal, by the event that tells it; what has changed since stays."""
    events = dict(pairs)
    return change_many(events, by, lambda deal: deal.undo(events[deal.pk], by))


def _attempt(deal: Deal, act: Act) -> Result:
    name = f"{deal.organization.name} · {deal.title}"
    try:
        done = act(deal)
    except Refusal as refused:
        return Result(deal.pk, name, refusal(refused), is_gate=refused.code == "gate_closed")
    except PermissionDenied:
        return Result(deal.pk, name, not_yours())
    if done.what == "unchanged":
        return Result(deal.pk, name, deed(done, deal.version.map(), get_language() or "en"))
    return Result(deal.pk, name, event=done.event.pk if done.event else None)
