"""What a screen does in one go: several acts on a deal, all or none."""

from infield.accounts.models import User
from infield.deals.models import Deal, Done
from infield.desk.acts.gate_form import Answers


def pass_gate(deal: Deal, by: User, answers: Answers, to: str | None, back_because: str = "") -> Done:
    """Meet what was ticked, then move on to the stage `to`, or win where that is None.

    Raises what `move_to`, `win` and `meet` raise, and then nothing was written. It is one act: undoing it takes back
    the move and what was met for it.
    """
    seen = deal.lock
    with deal.one_act():
        for criterion, evidence in answers.evidence.items():
            deal.meet(criterion, by, evidence)
        # to meet a criterion takes the newest row; the move is to be judged by what the person saw
        deal.lock = seen
        if to is None:
            return deal.win(by, forced_because=answers.forced_because)
        return deal.move_to(to, by, forced_because=answers.forced_because, back_because=back_because)
