"""How the deals of an import become ours: their ids, their facts, what makes an event known again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from infield.imports.arrivals import Arrival, Step
from infield.imports.own.forms import OwnCells

CASES_OF = UUID("5f0c1a8e-6f0d-4b0e-9d53-6d0c2f5f8a11")
"""Namespace: a deal of a foreign system has one id here, whichever import it comes by."""
LONGEST_KEY = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`source`: the import's id; `origin`: the system that foreign ids are of; `stages`: name found → key."""

    source: str
    origin: str
    working: bool
    process: UUID
    version: UUID
    first_stage: str
    by: UUID
    stages: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, UUID] = field(default_factory=dict)
    own: OwnCells | None = None
    """What reads the own fields of deals, where they come with any."""

    def case_of(self, arrival: Arrival) -> UUID:
        return uuid5(CASES_OF, f"{self.origin}|{arrival.foreign_id}")

    def owner_of(self, arrival: Arrival) -> UUID:
        """Give who answers for the deal: the last one the history names, else whoever imports it."""
        return self.owners.get(arrival.owner or "", self.by)

    def stage_of(self, step: Step) -> str:
        return self.stages.get(step.stage or "", "")


def key_of(origin: str, foreign_id: str, *parts: object) -> str:
    """Give what an event is known by again: source | foreign id | kind | stage found | time | number."""
    key = "|".join(map(str, (origin, foreign_id, *parts)))
    return key if len(key) <= LONGEST_KEY else f"{origin[:60]}|{sha256(key.encode()).hexdigest()}"


def facts_of(terms: Terms, arrival: Arrival, organization: UUID) -> dict[str, Any]:
    """Give the facts of the case as its first event tells them."""
    facts: dict[str, Any] = {
        "owner": str(terms.owner_of(arrival)),
        "organization": str(organization),
        "map": str(terms.process),
    }
    told = {"source": arrival.source, "segment": arrival.segment, "product": arrival.product}
    facts |= {name: value for name, value in told.items() if value}
    return facts | money_of(arrival)


def money_of(arrival: Arrival) -> dict[str, Any]:
    """Give the amount with its currency; nothing where either is not known, or it is no worth of a deal."""
    if arrival.amount_minor is None or not arrival.currency or arrival.amount_minor < 0:
        return {}
    return {"amount_minor": arrival.amount_minor, "currency": arrival.currency}
