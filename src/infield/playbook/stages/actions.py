"""What the team does to the guidance of a stage: reword, add, hide, show again, restore; and its material."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import needed
from infield.deals.refusals import Refusal
from infield.playbook.actions import change, may_change, set_hidden
from infield.playbook.models import LONGEST_NAME, LONGEST_TEXT, Material, Piece
from infield.playbook.topics import LEVELS, TOPICS
from infield.process.models import Process
from infield.web.ids import new_id

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file that a stage keeps."""


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of guidance: of which process and stage, about what, and its key ("" for a new one)."""

    process: Process
    stage: str
    topic: str
    key: str = ""


def write(place: Place, by: User, language: str, text: str, name: str = "", level: str = "") -> UUID:
    """Say a piece in the team's own words, in one language; gives the act to undo by.

    Refusal: unknown_topic, unknown_stage, text_missing, too_long.
    """
    may_change(by)
    refuse_unknown(place, level)
    text = needed(text, "text_missing", LONGEST_TEXT)
    if len(name) > LONGEST_NAME:
        raise Refusal("too_long", most=LONGEST_NAME)
    with transaction.atomic():
        row = _row(place)
        names = {**row.names, language: name.strip()} if name.strip() else row.names
        return change(row, by, texts={**row.texts, language: text}, names=names, level=level or row.level)


def hide(place: Place, by: User, *, is_hidden: bool = True) -> UUID:
    """Take a piece out of sight of who works on deals, or show it again. Refusal: unknown_topic, unknown_stage."""
    may_change(by)
    refuse_unknown(place)
    with transaction.atomic():
        return set_hidden(_row(place), by, is_hidden=is_hidden)


def restore(place: Place, by: User) -> UUID:
    """Give a changed piece the words back that it came with. Refusal: unknown_topic, unknown_stage."""
    may_change(by)
    refuse_unknown(place)
    with transaction.atomic():
        return change(_row(place), by, texts={}, names={}, hidden_at=None)


def add_material(
    process: Process,
    stage: str,
    by: User,
    *,
    name: str,
    address: str = "",
    file: "File[bytes] | None" = None,
    review_on: date | None = None,
) -> UUID:
    """Put a link or a file to a stage. Refusal: unknown_stage, name_missing, too_long, link_or_file, too_large."""
    may_change(by)
    refuse_unknown(Place(process, stage, TOPICS[0]))
    name = needed(name, "name_missing", LONGEST_NAME)
    if bool(address) == bool(file):
        raise Refusal("link_or_file")
    if file and (file.size or 0) > LARGEST_FILE:
        raise Refusal("too_large", most=LARGEST_FILE // 1024**2)
    with transaction.atomic():
        row = Material(process=process, stage=stage, added_by=by, address=address)
        if file:
            row.file = file
        return change(row, by, name=name, review_on=review_on)


def change_material(row: Material, by: User, *, name: str, review_on: date | None) -> UUID:
    """Rename it, or say when it is to be looked at again. Refusal: name_missing, too_long."""
    may_change(by)
    with transaction.atomic():
        return change(row, by, name=needed(name, "name_missing", LONGEST_NAME), review_on=review_on)


def hide_material(row: Material, by: User) -> UUID:
    """Put it away."""
    may_change(by)
    with transaction.atomic():
        return set_hidden(row, by, is_hidden=True)


def refuse_unknown(place: Place, level: str = "") -> None:
    """Refusal: unknown_topic, unknown_stage."""
    if place.topic not in TOPICS or (level and level not in LEVELS):
        raise Refusal("unknown_topic")
    if place.stage not in {stage.key for stage in place.process.current().map().stages}:
        raise Refusal("unknown_stage")


def _row(place: Place) -> Piece:
    where: dict[str, Any] = {"process": place.process, "stage": place.stage, "topic": place.topic}
    if not place.key:
        own = new_id()
        return Piece(id=own, key=str(own), **where)
    found = Piece.objects.select_for_update().filter(**where, key=place.key).first()
    return found or Piece(key=place.key, **where)
