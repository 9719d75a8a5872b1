"""The closed table of the kinds of events: everything that can happen to a deal is one of these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. The code is stored in files that outlive a release: it never changes."""

    code: int
    name: str
    meaning: str


# A new kind is one row at the end.
KINDS = (
    Kind(0, "created", "the case began"),
    Kind(1, "converted", "a lead became a deal"),
    Kind(2, "stage_entered", "the deal entered a stage, or a step of a foreign history happened"),
    Kind(3, "criterion_met", "a criterion of a stage was proved"),
    Kind(4, "criterion_withdrawn", "a criterion's proof no longer holds"),
    Kind(5, "next_step_set", "somebody said what comes next, and when"),
    Kind(6, "activity_done", "a call, a meeting, a task was done"),
    Kind(7, "stakeholder_set", "a person got a part in the decision"),
    Kind(8, "document_added", "a document was put to the deal"),
    Kind(9, "question_answered", "a question of the qualification was answered"),
    Kind(10, "objection_raised", "the buyer objected"),
    Kind(11, "objection_resolved", "an objection was answered"),
    Kind(12, "refused", "a gate refused a move"),
    Kind(13, "owner_changed", "somebody else answers for the deal"),
    Kind(14, "amount_changed", "the deal is worth more or less"),
    Kind(15, "field_changed", "another fact about the deal changed"),
    Kind(16, "quote_presented", "a quote was shown to the buyer"),
    Kind(17, "verbally_agreed", "the buyer said yes"),
    Kind(18, "signed", "the contract was signed"),
    Kind(19, "won", "the sale"),
    Kind(20, "lost", "the end without a sale"),
    Kind(21, "postponed", "the deal rests until a date"),
    Kind(22, "reopened", "a closed deal is open again"),
    Kind(23, "live", "what was sold is in use"),
    Kind(24, "commission_due", "a commission has fallen due"),
    Kind(25, "graduated", "the client passed to those who keep clients"),
    Kind(26, "referral_given", "the client named somebody else"),
    Kind(27, "voided", "an earlier event was undone: analysis leaves both out"),
)
