"""The roles in words."""

from django.utils.translation import gettext_lazy as _

ROLE_NAMES = {
    "rep": _("Sales rep"),
    "manager": _("Manager"),
    "operations": _("Sales operations"),
    "marketing": _("Marketing"),
    "service": _("Customer service"),
    "admin": _("Administrator"),
    "reader": _("Reader"),
}
SCHEMES = {"auto": _("As the device"), "light": _("Light"), "dark": _("Dark")}
CALENDARS = {
    "auto": _("As the language has it"),
    "gregorian": _("Gregorian calendar"),
    "buddhist": _("Buddhist calendar"),
}
FACTOR_DEMANDS = {
    "nobody": _("Whoever wants one"),
    "admins": _("Administrators must have one"),
    "everyone": _("Everyone must have one"),
}
