from typing import Any

from django.db import migrations


def move(apps: Any, _: Any) -> None:
    new = apps.get_model("history", "StageAlias")
    old = apps.get_model("imports", "StageAlias")
    new.objects.bulk_create(
        (
            new(source=str(alias.imported_id), found=alias.found, stage=alias.stage)
            for alias in old.objects.iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
        ("history", "0003_stage_alias"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="stagealias", name="stage_alias_once"),
        migrations.DeleteModel(name="StageAlias"),
    ]
