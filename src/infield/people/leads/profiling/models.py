"""How far a lead is judged: a lead, a prospect, a qualified one, or disqualified for a reason."""

from django.db import transaction

from infield.accounts.models import User
from infield.people.leads.record.models import PROFILES, LeadRecord
from infield.people.records.models import UNCHANGED, Done
from infield.people.refusals import Refusal

REASONS = (
    "no_need",
    "no_money",
    "no_power",
    "timing",
    "not_a_fit",
    "no_answer",
    "not_real",
    "double",
    "other",
)
"""Why a lead is disqualified."""


class Profiling(LeadRecord):
    """Saying how far a lead is judged, and that nothing will come of it."""

    class Meta(LeadRecord.Meta):
        abstract = True

    def profile_as(self, profile: str, by: User, why: str = "") -> Done:
        """Say how far it is judged: a lead, a prospect, a qualified one. Refusal: converted, unknown_profile."""
        with transaction.atomic():
            self._take_open(by)
            if profile not in PROFILES or profile == "disqualified":
                raise Refusal("unknown_profile")
            if profile == self.profile:
                return UNCHANGED
            self._keep(profile=profile, disqualified_for="")
            return self._told("profiled", by, {"profile": profile}, {"reason": why})

    def disqualify(self, reason: str, by: User, notes: str = "") -> Done:
        """Say why nothing will come of it. Refusal: unknown_reason, notes_missing (of another reason), converted."""
        with transaction.atomic():
            self._take_open(by)
            if reason not in REASONS:
                raise Refusal("unknown_reason")
            if reason == "other" and not notes.strip():
                raise Refusal("notes_missing")
            if self.profile == "disqualified" and reason == self.disqualified_for:
                return UNCHANGED
            self._keep(profile="disqualified", disqualified_for=reason)
            data = {"profile": "disqualified", "reason": reason}
            return self._told("profiled", by, data, {"notes": notes}, "disqualified")

    def reopen(self, by: User, why: str = "") -> Done:
        """Work on a disqualified lead again. Refusal: not_disqualified."""
        with transaction.atomic():
            self._take_open(by)
            if self.profile != "disqualified":
                raise Refusal("not_disqualified")
            self._keep(profile="lead", disqualified_for="")
            return self._told("profiled", by, {"profile": "lead"}, {"reason": why}, "lead_reopened")

    def _profile_told(self) -> dict[str, str]:
        """Give the profile that its events tell."""
        last = self._own_events().filter(kind="profiled").last()
        profile = last.data.get("profile", "lead") if last else "lead"
        reason = last.data.get("reason", "") if last and profile == "disqualified" else ""
        return {
            "profile": profile,
            "disqualified_for": reason or ("other" if profile == "disqualified" else ""),
        }

    def _profile_back(self) -> None:
        self._keep(**self._profile_told())
