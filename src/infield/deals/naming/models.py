"""What a deal is about, and with which organization."""

from infield.accounts.models import User
from infield.deals.checks import LONGEST_NAME, needed
from infield.deals.record.models import UNCHANGED, Done, Record
from infield.finding.models import Searched
from infield.people.models import Organization


class Naming(Record):
    """The name of a deal and its buyer: what it is found by."""

    class Meta(Record.Meta):
        abstract = True

    def rename(self, organization: str, title: str, by: User) -> Done:
        """Say what it is about and with whom, also of a closed one; an organization that nobody knows is added.

        Refusal: organization_missing, title_missing, too_long; Stale.
        """
        with self.one_act() as at:
            self._take(by, "title", title)
            title = " ".join(needed(title, "title_missing", LONGEST_NAME).split())
            buyer = Organization.objects.named(needed(organization, "organization_missing", LONGEST_NAME), by)
            events = []
            if buyer.pk != self.organization_id:
                self.organization = buyer
                key = str(buyer.pk)
                data: dict[str, str | bool] = {
                    "field": "deal_organization",
                    "value": key,
                    "organization": key,
                }
                events.append(self._record("field_changed", by, at, data, {"value": buyer.name}))
            if title != self.title:
                self.title = title
                data = {"field": "deal_title", "value": True}
                events.append(self._record("field_changed", by, at, data, {"value": title}))
            if not events:
                return UNCHANGED
            self._save("organization", "title")
            self.be_found()
            return Done("renamed", tuple(events))

    def found_by(self) -> tuple[str, ...]:
        """Give the texts by which it is searched for."""
        return (self.organization.name, self.title)

    def be_found(self) -> None:
        """Be searched for by what it is called now."""
        Searched.objects.put(self, *self.found_by())
