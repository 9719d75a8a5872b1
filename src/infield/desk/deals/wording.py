"""The words of the lists of deals."""

from django.utils.translation import gettext_lazy as _

FIELD_LABELS = {
    "owner": _("Owner"),
    "team": _("Team of"),
    "map": _("Map"),
    "stage": _("Stage"),
    "step": _("Next step"),
    "age": _("Days in this stage"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "close": _("Expected close"),
    "outcome": _("Outcome"),
    "reason": _("Why it was lost"),
    "created": _("Created"),
    "closed": _("Closed"),
    "met": _("Criterion met"),
    "unmet": _("Criterion not met"),
    "entered": _("Has been in stage"),
    "organization": _("Organization"),
    "source": _("Source"),
    "country": _("Country"),
    "place": _("Place"),
    "industry": _("Industry"),
}

OUTCOMES = {
    "open": _("Open"),
    "won": _("Won"),
    "lost": _("Lost"),
    "postponed": _("Postponed"),
    "archived": _("Put away"),
    "any": _("All"),
}

COLUMN_LABELS = {
    "organization": _("Organization"),
    "title": _("Deal"),
    "stage": _("Stage"),
    "amount": _("Amount"),
    "close": _("Expected close"),
    "step": _("Next step"),
    "step_on": _("Due"),
    "owner": _("Owner"),
    "age": _("Days in stage"),
    "created": _("Created"),
    "closed": _("Closed"),
    "outcome": _("Outcome"),
    "currency": _("Currency"),
    "reason": _("Why it was lost"),
    "map": _("Map"),
    "source": _("Source"),
    "place": _("Place"),
}

SHAPES = {
    "board": _("Board"),
    "table": _("Table"),
    "timeline": _("Timeline"),
    "calendar": _("Calendar"),
    "map": _("Map"),
}
