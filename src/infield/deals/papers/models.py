"""Documents of a deal: a link, or a file that was uploaded."""

from django.db import models
from django.db.models import Q

from infield.deals.papers.kinds import LONGEST_KIND, LONGEST_LINK, LONGEST_NAME
from infield.history.models import Event
from infield.web.ids import new_id


class Document(models.Model):
    """A document by its kind, such as proposal or contract. `file`: its name in the store; else `link` leads to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=LONGEST_KIND)
    name = models.CharField(max_length=LONGEST_NAME)
    link = models.CharField(max_length=LONGEST_LINK, default="")
    file = models.CharField(max_length=200, default="")
    content_type = models.CharField(max_length=120, default="")
    size_bytes = models.PositiveIntegerField(null=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(kind=""), name="document_named"),
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(file="") & Q(size_bytes__isnull=False))
                | (~Q(link="") & Q(file="", size_bytes__isnull=True)),
                name="document_link_or_file",
            ),
        )

    def __str__(self) -> str:
        return self.name
