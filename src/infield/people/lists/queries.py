"""The three lists, by kind of record."""

from collections.abc import Mapping

from infield.finding.lists.queries import Listing
from infield.people.contacts.lists.queries import CONTACTS
from infield.people.leads.lists.queries import LEADS
from infield.people.organizations.lists.queries import ORGANIZATIONS

LISTINGS: Mapping[str, Listing] = {one.kind: one for one in (ORGANIZATIONS, CONTACTS, LEADS)}
