"""Changes of records that are no deals: who, what, before and after."""

import pytest

from infield.accounts.models import User
from infield.history.actions import note_changes
from infield.history.models import Change

pytestmark = pytest.mark.django_db


def test_an_act_keeps_each_field_with_what_stood_there_before() -> None:
    ida = User.objects.add("ida@example.com", name="Ida")
    act = note_changes(ida, ida, {"role": ("rep", "manager"), "zone": (None, "Asia/Tokyo")})
    kept = Change.objects.order_by("field").values_list(
        "act", "by", "object_kind", "object_id", "object_name"
    )
    assert set(kept) == {(act, ida.pk, "user", ida.pk, "Ida")}
    told = Change.objects.order_by("field").values_list("field", "before", "after")
    assert list(told) == [("role", "rep", "manager"), ("zone", None, "Asia/Tokyo")]


def test_taking_an_act_back_names_it() -> None:
    ida = User.objects.add("ida@example.com", name="Ida")
    act = note_changes(ida, None, {"role": ("rep", "manager")})
    note_changes(ida, ida, {"role": ("manager", "rep")}, undoes=act)
    assert Change.objects.get(undoes=act).after == "rep"
