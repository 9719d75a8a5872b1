"""The page of the day: one list of what is to be done, what is at risk first, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.accounts.roles import ROLES
from infield.activities.following.queries import first_answers
from infield.activities.models import Activity
from infield.activities.risk import Usual, usual_of, weight
from infield.deals.models import Deal, MetCriterion
from infield.desk.deals.rank.queries import Ranked, rank_said, ranks_of
from infield.desk.today.lines import Line
from infield.desk.today.others.queries import of_others, with_series
from infield.desk.today.week.queries import week_of
from infield.desk.today.wording import (
    ACTS,
    GROUPS,
    gate_words,
    late_words,
    nothing_due,
    silent_words,
)
from infield.process.gate import checklist
from infield.process.models import maps_of, scale_of
from infield.process.texts import in_language
from infield.web.ids import to_text
from infield.web.money import Money

DEALS_AT_MOST = 500
"""Open deals that are looked at, the most urgent ones."""
LINES_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: str
    lines: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DealRow:
    """An open deal as the day looks at it. `open`: the texts of the required criteria of its stage that are not met."""

    id: UUID
    organization: str
    title: str
    owner: str
    money: Money | None
    step: str
    on: date | None
    entered: datetime
    progress: Decimal
    open: tuple[str, ...]
    last_talk: datetime | None = None
    ranked: Ranked | None = None


def today_context(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """Give what the page shows; `query`: `whose=team` for the deals of everybody below, `by=rank` for that order."""
    now = timezone.localtime()
    role = ROLES[user.role]
    has_team = role.writes and role.opens != "own"
    team = query.get("whose") == "team" and (has_team or not role.writes)
    by_rank = query.get("by") == "rank"
    deals = _deals(user, team, now.date())
    lines = [*_of_deals(deals, now.date()), *of_others(user, team, now, {row.id for row in deals})]
    lines = with_series(lines, user, team, now.date())
    near = sum(len(row.open) == 1 for row in deals)
    return {
        "groups": _groups(lines, by_rank=by_rank),
        "by_rank": by_rank,
        "has_ranks": any(line.rank_said for line in lines),
        "count": len(lines),
        "nothing": nothing_due(len(deals), near),
        "week": week_of(user, now),
        "answers": first_answers(user, now),
        "has_team": has_team,
        "team": team,
        "today": now.date(),
        "writes": user.may("people"),
    }


def _groups(lines: Iterable[Line], *, by_rank: bool) -> tuple[Group, ...]:
    by_group = defaultdict(list)
    for line in lines:
        by_group[line.group].append(line)
    found = []
    for key, name in GROUPS.items():
        own = sorted(by_group[key], key=lambda line: (-line.rank * by_rank, -line.weight, line.who, line.key))
        if own:
            found.append(Group(key, str(name), tuple(own[:LINES_AT_ONCE]), len(own)))
    return tuple(found)


def _deals(user: User, team: bool, today: date) -> list[DealRow]:
    deals = Deal.objects.visible_to(user).open().filter(no_contact_at=None)
    deals = deals if team else deals.filter(owner=user)
    rows = list(
        deals.order_by(F("next_step_on").asc(nulls_first=True), "stage_entered_at", "pk").values_list(
            "version", "id", "organization__name", "title", "owner__name", "amount_minor", "currency", "next_step",
            "next_step_on", "stage_entered_at", "stage",
        )[:DEALS_AT_MOST]
    )  # fmt: skip
    keys = [row[1] for row in rows]
    maps, met, talks = maps_of(row[0] for row in rows), _met(keys), _last_talks(keys)
    ranks = ranks_of(keys, today)
    language = get_language() or "en"
    found = []
    for version, key, organization, title, owner, amount, currency, step, on, entered, stage in rows:
        process = maps[version]
        open_ = tuple(
            in_language(line.criterion.text, language, process.language)
            for line in checklist(process.stage(stage), met[key])
            if line.criterion.required and not line.is_met
        )
        money = None if amount is None else Money(amount, currency)
        progress = scale_of(version).progress(met[key])
        found.append(
            DealRow(
                key,
                organization,
                title,
                owner,
                money,
                step,
                on,
                entered,
                progress,
                open_,
                talks.get(key),
                ranks.get(key),
            )
        )
    return found


def _met(deals: Sequence[UUID]) -> Mapping[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for deal, criterion in MetCriterion.objects.filter(deal__in=deals).values_list("deal", "criterion"):
        found[deal].add(criterion)
    return found


def _last_talks(deals: Sequence[UUID]) -> Mapping[UUID, datetime]:
    rows = Activity.objects.done().talks().filter(deal__in=deals).order_by().values_list("deal")
    return dict(rows.annotate(Max("done_at")))


def _of_deals(deals: Sequence[DealRow], today: date) -> list[Line]:
    usual = usual_of(row.money for row in deals)
    return [line for row in deals if (line := _line(row, usual, today))]


def _line(row: DealRow, usual: Usual, today: date) -> Line | None:
    key = to_text(row.id)
    make = partial(
        Line,
        key=f"d-{key}",
        who=row.organization,
        about=row.title,
        address=reverse("desk:deal", args=[row.id]),
        owner=row.owner,
        money=row.money,
        rank=row.ranked.rank if row.ranked else 0.0,
        rank_said=rank_said(row.ranked, get_language() or "en") if row.ranked else "",
    )
    if row.on is None:
        since = max(filter(None, (row.entered, row.last_talk)))
        silent = (today - timezone.localtime(since).date()).days
        talked = (today - timezone.localtime(row.last_talk).date()).days if row.last_talk else None
        return make(
            group="unplanned", icon="alert", why=silent_words(talked), act=reverse("desk:next_deal", args=[row.id]),
            act_label=str(ACTS["next"]), weight=weight(usual.share(row.money), row.progress, silent),
        )  # fmt: skip
    if row.on <= today:
        late = (today - row.on).days
        return make(
            group="late" if late else "due", icon="clock", why=row.step, tag=late_words(late) if late else "",
            act=reverse("desk:log_deal", args=[row.id]), act_label=str(ACTS["log"]),
            weight=weight(usual.share(row.money), row.progress, late),
        )  # fmt: skip
    if len(row.open) == 1:
        silent = (today - timezone.localtime(row.entered).date()).days
        return make(
            group="gate", icon="gate", why=gate_words(row.open[0]), act=reverse("desk:deal", args=[row.id]),
            act_label=str(ACTS["open"]), is_page=True, weight=weight(usual.share(row.money), row.progress, silent),
        )  # fmt: skip
    return None
