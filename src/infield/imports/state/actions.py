"""In which state an import is: moved on in one step, told how far it is, refused where that does not fit."""

import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from infield.imports.models import RUNNING, Import
from infield.imports.reading import Unreadable
from infield.web.ids import new_id, to_text

log = logging.getLogger(__name__)

BROKEN = "broken"
"""Of a refusal: a job died of a mistake of ours; it is still to be done."""


class Refused(ValueError):  # noqa: N818  (the word says it)
    """The import stays as it was; `code` is one of wording.REFUSALS."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def move(imported: Import, states: Sequence[str], **changes: Any) -> None:
    """Change the import if it is in one of these states, in one step, so that two cannot."""
    moved = Import.objects.filter(pk=imported.pk, state__in=states).update(
        **changes, moved_at=datetime.now(UTC)
    )
    if not moved:
        raise Refused("not_now")
    imported.refresh_from_db()


def say(imported: Import, **changes: Any) -> None:
    """Write how far a job is."""
    Import.objects.filter(pk=imported.pk).update(**changes, moved_at=datetime.now(UTC))
    for name, value in changes.items():
        setattr(imported, name, value)


@contextmanager
def failures_told(imported: Import) -> Iterator[None]:
    """Let the page say that a job died of a mistake of ours, with the number under which the log has the reason."""
    try:
        yield
    except Exception:  # whatever it was, it is raised again; only the page must hear of it
        reason = to_text(new_id())[-8:]
        log.exception("import %s failed: %s", imported.state, reason)
        told = {"code": BROKEN, "params": {"reason": reason}, "file": None, "line": None}
        Import.objects.filter(pk=imported.pk, state__in=RUNNING).update(refusal=told)
        raise


def try_again(imported: Import) -> None:
    """Take the word of a failure away before its job is begun once more."""
    say(imported, refusal={})


def unreadable(imported: Import, refusal: Unreadable) -> None:
    """Keep why the files cannot be read."""
    told = {
        "code": refusal.code,
        "params": plain(refusal.params),
        "file": refusal.file,
        "line": refusal.line,
    }
    columns = refusal.params.get("columns")
    move(
        imported, ("reading", "loading"), state="unreadable", refusal=told, account={}, totals={},
        columns=columns if isinstance(columns, list) else [],
    )  # fmt: skip


def forget_files(imported: Import) -> None:
    """Remove the files: whatever they told is in the app by now, or nobody wants it."""
    shutil.rmtree(imported.folder, ignore_errors=True)


def plain(value: Any) -> Any:
    """Give tuples as lists, as JSON has them."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value
