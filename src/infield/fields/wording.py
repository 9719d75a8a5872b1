"""The sentences of this room."""

from django.utils.translation import gettext_lazy as _

UNFIT = {
    "too_long": _("That is too long: 500 letters at most."),
    "no_number": _("Write it in digits, such as 12400."),
    "too_precise": _("Fewer decimals, please."),
    "too_large": _("This is more than can be kept."),
    "no_day": _("That is no day of the calendar."),
    "no_choice": _("Choose one of those offered."),
    "label_missing": _("Give the field a name."),
    "choices_missing": _("Write down what can be chosen, one a line."),
    "unknown_type": _("Choose what the field holds."),
    "required": _("This field is to be filled."),
}

TYPES = {
    "text": _("Text"),
    "number": _("Number"),
    "money": _("Money"),
    "date": _("Date"),
    "choice": _("Choice"),
    "person": _("Colleague"),
}

KINDS = {
    "deal": _("Deals"),
    "organization": _("Organizations"),
    "contact": _("Contacts"),
    "lead": _("Leads"),
}

DONE = {
    "added": _("The field “{label}” is added."),
    "changed": _("The field “{label}” is changed."),
    "moved": _("The field “{label}” stands one place higher."),
    "archived": _("The field “{label}” is put away. What stands in it is kept."),
    "restored": _("The field “{label}” is back."),
}


def unfit(code: str) -> str:
    return str(UNFIT[code])


def done(what: str, label: str) -> str:
    return str(DONE[what]).format(label=label)
