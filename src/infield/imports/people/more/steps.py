"""The next step with a contact in a table: what and on which day, or why nobody contacts them any more."""

from collections.abc import Mapping
from typing import Any

from infield.imports.days import NoDay, day_of
from infield.imports.people.more.misfit import Misfit

ROLES = ("next_step", "next_step_on", "no_contact_because")
LONGEST = 500


def step_in(cells: Mapping[str, str]) -> dict[str, Any]:
    """Give what a row says, as a contact keeps it: a step takes the place of an end, and an end that of a step.

    A step that is overdue stays so. Misfit: too_long, step_and_end, step_missing, day_missing, no_day, two_days.
    """
    what, on, because = (cells.get(role, "") for role in ROLES)
    for role, text in zip(ROLES, (what, on, because), strict=True):
        if len(text) > LONGEST:
            raise Misfit(role, "too_long")
    if because:
        if what or on:
            raise Misfit("no_contact_because", "step_and_end")
        return {"next_step": "", "next_step_on": None, "no_contact_because": because}
    if not (what or on):
        return {}
    if not what:
        raise Misfit("next_step", "step_missing")
    if not on:
        raise Misfit("next_step_on", "day_missing")
    try:
        return {"next_step": what, "next_step_on": day_of(on), "no_contact_because": ""}
    except NoDay as problem:
        raise Misfit("next_step_on", problem.code) from None
