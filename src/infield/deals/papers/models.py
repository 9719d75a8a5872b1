"""Documents of a deal: a link, or a file that was uploaded."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.checks import needed
from infield.deals.papers.kinds import KINDS, LONGEST_KIND, LONGEST_LINK, LONGEST_NAME, checked_link
from infield.deals.record.models import Done, Record
from infield.deals.refusals import Refusal
from infield.deals.state import Told
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


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the store: its name there, its type, its size."""

    name: str
    content_type: str
    size_bytes: int


class Papered(Record):
    """What was written to and by the buyer."""

    class Meta(Record.Meta):
        abstract = True

    def document_kinds(self) -> tuple[str, ...]:
        """Give the kinds of documents: those every deal knows, and those its map asks for."""
        asked = (criterion.proof.document for _, criterion in self.map().criteria())
        return tuple(dict.fromkeys((*(kind for kind in asked if kind), *KINDS)))

    def add_document(
        self, kind: str, name: str, by: User, *, link: str = "", file: StoredFile | None = None
    ) -> Done:
        """Put a document to the deal: a link, or a file that lies in the store already.

        To take it away again, undo its event. Refusal: unknown_document, name_missing, too_long, link_missing,
        bad_link, lost.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_lost()
            if kind not in self.document_kinds():
                raise Refusal("unknown_document")
            name = needed(name, "name_missing", LONGEST_NAME)
            link = "" if file else checked_link(link)
            event = self._record("document_added", by, at, {"document": kind}, {"name": name, "link": link})
            Document.objects.create(
                deal_id=self.pk,
                kind=kind,
                name=name,
                link=link,
                file=file.name if file else "",
                content_type=file.content_type if file else "",
                size_bytes=file.size_bytes if file else None,
                event=event,
            )
            return Done("document_added", (event,))


def keep_document(deal: UUID, key: str, event: Told | None) -> None:
    """Write the row of a link as its event tells it; take a document away whose event counts no more.

    Its file stays in the store, for whoever asks what was there.
    """
    Document.objects.filter(event_id=key).delete()
    if event and event.said.get("link"):
        Document.objects.create(
            deal_id=deal,
            kind=event.data["document"],
            name=event.said.get("name") or event.said["link"],
            link=event.said["link"],
            event_id=event.id,
        )
