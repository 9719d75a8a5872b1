"""All tables of this room, where Django looks for them."""

from infield.people.contacts.models import Consent, Contact, ContactStep
from infield.people.doubles.models import LikelyDouble
from infield.people.ideal.models import IdealRule, RuleAnswer
from infield.people.leads.handing.models import HandOver
from infield.people.leads.models import Lead
from infield.people.organizations.models import Organization
from infield.people.records.models import Key
from infield.people.refusals import NameMissing

__all__ = [
    "Consent",
    "Contact",
    "ContactStep",
    "HandOver",
    "IdealRule",
    "Key",
    "Lead",
    "LikelyDouble",
    "NameMissing",
    "Organization",
    "RuleAnswer",
]
