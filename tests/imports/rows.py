"""Tables of organizations, contacts and leads as the tests bring them in, at the door users use."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from infield.accounts.models import User
from infield.imports.models import Import


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, imported: Import) -> str:
    return reverse(f"desk:import_{name}", args=[imported.pk])


def looked(user: User, kind: str, text: str | bytes, name: str = "rows.csv") -> Import:
    raw = text if isinstance(text, bytes) else text.encode()
    given = {"files": [SimpleUploadedFile(name, raw)], "kind": kind}
    assert client_of(user).post("/import/files", given).status_code == 302
    return Import.objects.latest("begun_at")


def loaded(user: User, kind: str, text: str | bytes, doubles: str = "skip") -> Import:
    imported = looked(user, kind, text)
    assert client_of(user).post(at("load", imported), {"doubles": doubles}).status_code == 302
    imported.refresh_from_db()
    assert imported.state == "done"
    return imported


def undone(user: User, imported: Import) -> Import:
    assert client_of(user).post(at("undo", imported)).status_code == 302
    imported.refresh_from_db()
    return imported
