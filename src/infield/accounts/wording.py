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
FACTOR_DEMANDS = {
    "nobody": _("Whoever wants one"),
    "admins": _("Administrators must have one"),
    "everyone": _("Everyone must have one"),
}
