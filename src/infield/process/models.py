"""Maps in use: a process, and the versions of its map that were published. A published version never changes."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction

from infield.process.gate import Scale, scale
from infield.process.lint.check import check
from infield.process.lint.finding import Finding
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.process.yaml_file import adapter
from infield.process.yaml_output import plain
from infield.web.ids import new_id

if TYPE_CHECKING:
    from uuid import UUID

    from infield.accounts.models import User

_maps: dict["UUID", ProcessMap] = {}  # versions never change, so neither does what they were read into
_scales: dict["UUID", Scale] = {}


class MapHasErrors(ValueError):  # noqa: N818  (the word says it)
    """Deals cannot run on the map: `findings` has its errors, without the warnings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


class VersionKept(TypeError):  # noqa: N818  (the word says it)
    """Somebody tried to change or delete a published version: publish another instead."""


class Processes(models.Manager["Process"]):
    def begin(self, process: ProcessMap, by: "User") -> "Process":
        """Make a process with `process` as its first version; MapHasErrors."""
        with transaction.atomic():
            begun = self.create(name=in_language(process.name, process.language, process.language))
            begun.publish(process, by)
        return begun


class Process(models.Model):
    """A sales process of the company; deals run on one version of its map."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Processes()

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(name=""), name="process_named"),)

    def __str__(self) -> str:
        return self.name

    def current(self) -> "ProcessVersion":
        """Give the version that new deals run on; ProcessVersion.DoesNotExist before the first."""
        return self.versions.latest("number")

    def publish(self, process: ProcessMap, by: "User") -> "ProcessVersion":
        """Publish the map as the next version; one equal to the current version gives that one.

        MapHasErrors: the checker finds errors in it. The map's own `version` becomes the number it gets here.
        """
        errors = tuple(finding for finding in check(process) if finding.severity == "error")
        if errors:
            raise MapHasErrors(errors)
        with transaction.atomic():
            Process.objects.select_for_update().get(pk=self.pk)  # numbers are given one at a time
            last = self.versions.order_by("number").last()
            if last and last.checksum == checksum(document(process, last.number)):
                return last
            return self._add(process, last.number + 1 if last else 1, by)

    def _add(self, process: ProcessMap, number: int, by: "User") -> "ProcessVersion":
        self.name = in_language(process.name, process.language, process.language)
        self.save(update_fields=["name"])
        text = document(process, number)
        return ProcessVersion.objects.create(
            process=self, number=number, document=text, checksum=checksum(text), published_by=by
        )


class KeptVersions(models.QuerySet["ProcessVersion"]):
    def update(self, **kwargs: Any) -> int:
        raise VersionKept

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise VersionKept

    def delete(self) -> tuple[int, dict[str, int]]:
        raise VersionKept


class ProcessVersion(models.Model):
    """A published map, for good."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    checksum = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = KeptVersions.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["process", "number"], name="version_numbered_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="version_number"),
        )

    def __str__(self) -> str:
        return f"{self.process_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise VersionKept
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise VersionKept

    def map(self) -> ProcessMap:
        """Give the map, read from its document once in a running server."""
        if self.pk not in _maps:
            _maps[self.pk] = adapter().validate_python(self.document)
        return _maps[self.pk]


def maps_of(versions: Iterable["UUID"]) -> dict["UUID", ProcessMap]:
    """Give the maps of versions by their ids, those not read yet with one query."""
    wanted = set(versions)
    for version in (
        ProcessVersion.objects.filter(pk__in=wanted - _maps.keys()) if wanted - _maps.keys() else ()
    ):
        version.map()
    return {pk: _maps[pk] for pk in wanted}


def scale_of(version: "UUID") -> Scale:
    """Give the scale of a version's map, by its id."""
    if version not in _scales:
        _scales[version] = scale(maps_of([version])[version])
    return _scales[version]


def document(process: ProcessMap, number: int) -> dict[str, Any]:
    """Give the map as JSON, with `number` as its version; decimals and dates are text."""
    found: dict[str, Any] = json.loads(json.dumps(plain(replace(process, version=number)), default=str))
    return found


def checksum(text: dict[str, Any]) -> str:
    """Give the SHA-256 of a document, the same whatever the order of its keys."""
    return sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
