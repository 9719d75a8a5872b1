from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps: Any, _schema_editor: object) -> None:
    contacts, organizations = apps.get_model("people", "Contact"), apps.get_model("people", "Organization")
    key = organizations.objects.filter(pk=OuterRef("organization")).values("sort_key")
    contacts.objects.exclude(organization=None).update(organization_key=Subquery(key))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_added"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="organization_key",
            field=models.CharField(default="", editable=False, max_length=420),
        ),
        migrations.RemoveIndex(model_name="contact", name="contact_added"),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=Q(("archived_at__isnull", True)),
                fields=["created_at", "id", "owner", "next_step_on"],
                name="contact_added",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=Q(("archived_at__isnull", True)),
                fields=["organization_key", "id"],
                name="contact_by_organization",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
