from typing import Any

from django.db import migrations, models

from infield.finding import index


def make(_apps: Any, editor: Any) -> None:
    for statement in index.MAKE[editor.connection.vendor].split(";"):
        editor.execute(statement)


def unmake(_apps: Any, editor: Any) -> None:
    editor.execute(index.UNMAKE[editor.connection.vendor])


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Searched",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_id", models.UUIDField(unique=True)),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(make, unmake),
    ]
