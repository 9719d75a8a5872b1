from typing import Any

from django.db import migrations

from infield.finding import index


def clear(_apps: Any, editor: Any) -> None:
    """Empty the index, whose rows do not name their kind: the next start of the server makes it anew."""
    for statement in index.CLEAR[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("finding", "0002_views")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
