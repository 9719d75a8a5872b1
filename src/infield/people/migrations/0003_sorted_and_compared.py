"""Organizations that were there before get what follows from their names."""

from typing import Any

from django.db import migrations

from infield.finding.collation import sort_key
from infield.people.names import core


def derive(apps: Any, _schema_editor: object) -> None:
    organizations = apps.get_model("people", "Organization").objects
    some: list[Any] = []
    for one in organizations.only("name").iterator(chunk_size=1_000):
        one.compared, one.sort_key = core(one.name), sort_key(core(one.name))
        some.append(one)
        if len(some) == 1_000:
            organizations.bulk_update(some, ["compared", "sort_key"])
            some = []
    organizations.bulk_update(some, ["compared", "sort_key"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_people_at_work")]
    operations = [migrations.RunPython(derive, migrations.RunPython.noop)]
