"""Several acts in one go, and files that are put into the store."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from infield.accounts.models import User
from infield.deals.models import Deal, Done
from infield.deals.papers.kinds import LONGEST_BEGINNING, content_type
from infield.deals.papers.models import StoredFile
from infield.people.models import Contact
from infield.web.ids import new_id, to_text


def answer_all(deal: Deal, by: User, answers: Iterable[tuple[str, str, str]]) -> Done:
    """Keep answers (question, value, text) as one act; what is unchanged writes nothing."""
    with deal.one_act():
        events = [
            event
            for question, value, text in answers
            for event in deal.answer(question, value, by, text).events
        ]
    return Done("question_answered", tuple(events)) if events else Done("unchanged")


def add_stakeholder(deal: Deal, by: User, filled: Mapping[str, Any]) -> Done:
    """Give somebody a part in the decision, adding them to the address book first where they are new."""
    with transaction.atomic():
        contact = filled["contact"] or _new_contact(deal, by, filled)
        return deal.set_stakeholder(contact, filled["role"], by)


def _new_contact(deal: Deal, by: User, filled: Mapping[str, Any]) -> Contact:
    emails = [{"value": filled["email"], "label": "work"}] if filled["email"] else []
    return Contact(
        family=filled["family"].strip(),
        given=filled["given"].strip(),
        culture=by.language,
        organization=deal.organization,
        job_title=filled["job_title"].strip(),
        emails=emails,
        owner=by,
    ).begin(by)


def add_document(deal: Deal, by: User, filled: Mapping[str, Any]) -> Done:
    """Put a link or a file to a deal; where it is refused, no file stays in the store."""
    file: UploadedFile[Any] | None = filled["file"]
    if file is None:
        name = filled["name"] or filled["link"]
        return deal.add_document(filled["kind"], name[:200], by, link=filled["link"])
    beginning = file.read(LONGEST_BEGINNING)
    file.seek(0)
    kind = content_type(file.name or "", file.size or 0, beginning)
    stored = default_storage.save(to_text(new_id()) + PurePath(file.name or "").suffix.lower(), file)
    try:
        name = filled["name"] or PurePath(file.name or "").stem
        return deal.add_document(
            filled["kind"], name[:200], by, file=StoredFile(stored, kind, file.size or 0)
        )
    except BaseException:
        default_storage.delete(stored)
        raise
