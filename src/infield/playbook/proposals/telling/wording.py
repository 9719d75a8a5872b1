"""What the author of a proposal is told when it is decided."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SAID = {
    "accepted": gettext_lazy("Your proposal is in the playbook"),
    "declined": gettext_lazy("Your proposal to the playbook was declined"),
}


def decision_said(decision: str) -> str:
    return str(SAID[decision])


def mail_text(decision: str, text: str, because: str, by: str, origin: str) -> str:
    """Give the text of the mail; `origin`: the address of this installation, "" where nobody has set it."""
    who = _("Taken in by {name}.") if decision == "accepted" else _("Declined by {name}.")
    lines = [text, "", who.format(name=by), because]
    lines += [f"{origin}/playbook/proposals"] * bool(origin)
    return "\n".join(line for place, line in enumerate(lines) if line or place == 1)
