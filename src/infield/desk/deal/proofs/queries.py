"""How criteria meet themselves: what proved those that did, and what there is to do for the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from infield.activities.kinds import KINDS as ACTIVITIES
from infield.deals.facts.kinds import SAME_AS
from infield.deals.models import Deal, MetCriterion, told_of
from infield.deals.qualifying.scores import of_map
from infield.deals.terms.wording import proof_to_do, proof_told, told_value
from infield.fields.models import PREFIX, Field
from infield.history.models import Event
from infield.process.values import Criterion


@dataclass(frozen=True, slots=True)
class Proof:
    """How a criterion can be met by itself: what to do, and the address of the dialog that does it, "" for none."""

    to_do: str
    address: str


def own_fields_of(criteria: Iterable[Criterion]) -> dict[str, Field]:
    """Give the own fields that prove some of these criteria, by their keys. One query, none where no field does."""
    proofs = (one.proof.named()[0] for one in criteria)
    keys = {str(wanted) for kind, wanted in proofs if kind == "field" and str(wanted).startswith(PREFIX)}
    return {one.key: one for one in Field.objects.of("deal").filter(key__in=keys)} if keys else {}


def way_to_prove(deal: Deal, stage: str, criterion: Criterion, own: Mapping[str, Field]) -> Proof:
    """Give how a criterion can be met by itself; nothing to do where it is ticked by hand. `own`: see own_fields_of."""
    kind, wanted = criterion.proof.named()[0]
    if kind == "field" and str(wanted).startswith(PREFIX):
        field = own.get(str(wanted))
        address = reverse("desk:own_of_deal", args=[deal.pk, field.pk]) if field else ""
        return Proof(proof_to_do(kind, str(wanted), field.label if field else ""), address)
    return Proof(proof_to_do(kind, str(wanted)), _address(deal, stage, kind, str(wanted)))


def proofs_told(met: Iterable[MetCriterion], language: str) -> dict[str, str]:
    """Give why each criterion that met itself did so, by its key. Two queries at most."""
    by_itself = [one.event for one in met if "event" in one.event.data["proof"]]
    shown = {event.data["proof"]["event"] for event in by_itself}
    found = Event.objects.filter(pk__in=shown).prefetch_related("words") if shown else ()
    proving = {str(event.pk): told_of(event) for event in found}
    told: dict[str, str] = {}
    for event in by_itself:
        proof = event.data["proof"]
        kind, wanted = next((name, asked) for name, asked in proof.items() if name != "event")
        one = proving.get(proof["event"])
        said = one.said if one else {}
        value = told_value(one.data, said, language) if one and one.kind == "field_changed" else ""
        words = value or next(
            (said[name] for name in ("person", "name", "answer", "activity", "value") if said.get(name)), ""
        )
        told[event.data["criterion"]] = proof_told(kind, str(wanted), words, said.get("field", ""))
    return told


def _address(deal: Deal, stage: str, kind: str, wanted: str) -> str:
    field = SAME_AS.get(wanted, wanted)
    match kind:
        case "field" if field in ("amount", "expected_close"):
            what = "amount" if field == "amount" else "close"
            return reverse("desk:edit", args=[deal.pk, what])
        case "field" if field == "next_step":
            return reverse("desk:next_deal", args=[deal.pk])
        case "field" if field == "contact":
            return reverse("desk:stakeholder", args=[deal.pk])
        case "field" if field in deal.fact_keys():
            return reverse("desk:fact", args=[deal.pk, field])
        case "stakeholder":
            return reverse("desk:stakeholder", args=[deal.pk]) + f"?role={wanted}"
        case "document":
            return reverse("desk:document", args=[deal.pk]) + f"?kind={wanted}"
        case "answer":
            query = f"?stage={stage}&only={of_map(stage, wanted)}"
            return reverse("desk:answers", args=[deal.pk, "map"]) + query
        case "activity" if wanted in ACTIVITIES or (deal.next_step and deal.next_activity == wanted):
            return reverse("desk:log_deal", args=[deal.pk]) + f"?kind={wanted}"
    return ""
