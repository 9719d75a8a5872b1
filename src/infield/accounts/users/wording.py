"""What the pages of users say."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "known_email": _("Somebody has an account with this e-mail already. Look for them in the list."),
    "not_invited": _("This account has been joined, or was never invited. Load the page again."),
    "not_joined": _("This invitation has not been taken up. Make a new link instead."),
    "last_admin": _("This is the last administrator. Make somebody else an administrator first."),
    "circle": _("That person reports to this one, directly or through others. Choose somebody else."),
    "yourself": _("Nobody can shut themselves out. Ask another administrator."),
    "shut_out": _("This account is shut out. Let it in again first."),
    "no_factor": _("This account has no second factor."),
    "changed_since": _("Somebody changed this again meanwhile. Look at what stands there now."),
    "cannot_undo": _("This cannot be undone."),
}

STATES = {
    "active": _("Active"),
    "invited": _("Invited"),
    "expired": _("Invitation too old"),
    "out": _("Shut out"),
}
STATE_TONES = {"active": "is-good", "invited": "is-warning", "expired": "is-bad", "out": ""}
ROLE_NOTES = {
    "rep": _("Works on their own deals."),
    "manager": _("Works on the deals of their team, writes maps, imports, reads the audit."),
    "operations": _("Works on all deals, imports, changes settings."),
    "marketing": _("Works on contacts and leads, sees all deals."),
    "service": _("Works on contacts and activities, sees all deals."),
    "admin": _("May do everything, invites and shuts out users."),
    "reader": _("Sees everything and changes nothing."),
}
DONE = {
    "changed": _("Changed."),
    "shut_out": _("Shut out, and signed out everywhere."),
    "let_in": _("Let in again."),
    "invitation_revoked": _("Invitation taken back."),
    "factors_taken": _("Second factor taken away."),
    "undone": _("Undone."),
}
