"""What is asked of a deal before anything is written. In: plain values. Out: nothing, or a Refusal."""

from datetime import date
from typing import Protocol

from infield.deals.refusals import GateClosed, Refusal
from infield.process.flow import first_stage
from infield.process.gate import Gate, after_the_sale
from infield.process.values import ProcessMap
from infield.web.money import Money

LONGEST_NAME = 300
LONGEST_STEP = 500
LONGEST_EXPECTED = 300


class Worker(Protocol):
    """Whoever deals are given to."""

    @property
    def active(self) -> bool: ...
    @property
    def writes(self) -> bool: ...


def first_of_deals(process: ProcessMap) -> str:
    """Give the key of the stage in which a new deal begins: the first about deals, else the map's first."""
    return next((stage.key for stage in process.stages if stage.about == "deal"), first_stage(process).key)


def refuse_beginning(
    organization: str, title: str, process: ProcessMap, stage: str, amount: Money | None
) -> None:
    """Refusal: organization_missing, title_missing, too_long, unknown_stage, after_sale, negative_amount."""
    needed(organization, "organization_missing", LONGEST_NAME)
    needed(title, "title_missing", LONGEST_NAME)
    refuse_unknown(process, stage=stage)
    if stage in after_the_sale(process):
        raise Refusal("after_sale", stage=stage)
    refuse_negative(amount)


def refuse_unknown(process: ProcessMap, *, stage: str | None = None, criterion: str | None = None) -> None:
    """Refusal: unknown_stage, unknown_criterion."""
    if stage is not None and stage not in {one.key for one in process.stages}:
        raise Refusal("unknown_stage", stage=stage)
    if criterion is not None and criterion not in {one.key for _, one in process.criteria()}:
        raise Refusal("unknown_criterion", criterion=criterion)


def refuse_other_side(process: ProcessMap, outcome: str | None, stage: str) -> None:
    """Keep open deals before the sale and won ones after it. Refusal: win_first, before_sale, lost."""
    is_after = stage in after_the_sale(process)
    if outcome == "lost":
        raise Refusal("lost")
    if outcome is None and is_after:
        raise Refusal("win_first", stage=stage)
    if outcome == "won" and not is_after:
        raise Refusal("before_sale", stage=stage)


def refuse_negative(amount: Money | None) -> None:
    """Refusal: negative_amount."""
    if amount and amount.amount_minor < 0:
        raise Refusal("negative_amount")


def refuse_idle(owner: Worker) -> None:
    """Refusal: owner_cannot_work, for who reads only or cannot sign in."""
    if not (owner.active and owner.writes):
        raise Refusal("owner_cannot_work")


def refuse_past(day: date, today: date) -> None:
    """Refusal: past_day."""
    if day < today:
        raise Refusal("past_day", day=day)


def reason_for(gate: Gate, forced_because: str, back_because: str) -> str:
    """Give the reason that a move is recorded with, "" where none is needed.

    GateClosed: criteria are open and nothing says why to move on. Refusal: reason_missing, for a move back.
    """
    if gate.is_back:
        return needed(back_because, "reason_missing")
    if not gate.is_open and not forced_because.strip():
        raise GateClosed(gate)
    return "" if gate.is_open else forced_because.strip()


def needed(text: str, code: str, most: int | None = None) -> str:
    """Give the text without spaces around it; Refusal with `code` where nothing is left, too_long past `most`."""
    text = text.strip()
    if not text:
        raise Refusal(code)
    if most is not None and len(text) > most:
        raise Refusal("too_long", most=most)
    return text
