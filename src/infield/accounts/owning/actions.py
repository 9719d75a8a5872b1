"""What hangs on a record goes along to its new owner."""

from uuid import UUID

from django.db import models


def follow_owner(record: models.Model, before: UUID | None) -> None:
    """Have what the owner of a record, until now `before`, was to do with it be done by its owner of now.

    A model that points at the record, also in rooms to the right, takes part by a class method `follow_owner(field,
    record, before)`.
    """
    if getattr(record, "owner_id", None) in (None, before):
        return
    for relation in record._meta.related_objects:
        follow = getattr(relation.related_model, "follow_owner", None)
        if follow is not None:
            follow(relation.field.name, record, before)
