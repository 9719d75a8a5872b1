"""What is asked about an import. The columns, stages and owners differ with each file, so fields are made for them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.fields.models import Field
from infield.imports.actions import LONGEST_NAME
from infield.imports.models import Import
from infield.imports.stage_names import guessed_stage
from infield.imports.wording import ROLE_NAMES
from infield.process.models import ProcessVersion
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.web.choices import currencies, zones
from infield.web.ids import from_text, to_text
from infield.web.language import gettext

LONGEST_NAMES = 2_000
OWNERS_ASKED = 50


class ColumnsForm(forms.Form):
    """Which column means what; a question left open is answered by looking at the file."""

    won = forms.CharField(label=_("Names that mean won"), required=False, max_length=LONGEST_NAMES)
    lost = forms.CharField(label=_("Names that mean lost"), required=False, max_length=LONGEST_NAMES)
    zone = forms.ChoiceField(label=_("Zone of times without one"), required=False)
    currency = forms.ChoiceField(label=_("Currency of amounts without one"), required=False)

    def __init__(self, imported: Import, *args: Any, **kwargs: Any) -> None:
        told: Mapping[str, Any] = {**imported.account.get("mapping", {}), **imported.given}
        columns = {
            **imported.account.get("mapping", {}).get("columns", {}),
            **imported.given.get("columns", {}),
        }
        initial = {
            "won": ", ".join(told.get("won") or ()),
            "lost": ", ".join(told.get("lost") or ()),
            "zone": told.get("zone", ""),
            "currency": told.get("currency", ""),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        found = _("found by itself")
        self.fields["zone"].choices = [("", found), *zones()]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [("", _("none")), *currencies(get_language() or "en")]  # type: ignore[attr-defined]
        names = [("", found), *((column, column) for column in imported.columns)]
        for role, label in ROLE_NAMES.items():
            field = forms.ChoiceField(label=gettext(label), choices=names, required=False)
            field.initial = columns.get(role, "")
            self.fields[f"role_{role}"] = field
        self.own = dict(Field.objects.of("deal").values_list("key", "label"))
        known = told.get("own", {})
        for key, label in self.own.items():
            field = forms.ChoiceField(label=label, choices=[("", _("none")), *names[1:]], required=False)
            field.initial = known.get(key, "")
            self.fields[f"own_field_{key}"] = field

    def given(self) -> dict[str, Any]:
        """Give the mapping as far as it was said."""
        values = self.cleaned_data
        columns = {role: values[f"role_{role}"] for role in ROLE_NAMES if values[f"role_{role}"]}
        told: dict[str, Any] = {"columns": columns} if columns else {}
        told |= {name: values[name] for name in ("zone", "currency") if values[name]}
        if self.own:
            said = {key: values[f"own_field_{key}"] for key in self.own}
            told["own"] = {key: column for key, column in said.items() if column}
        ends = {name: _names(values[name]) for name in ("won", "lost")}
        return told | {name: names for name, names in ends.items() if names}


class ChoiceForm(forms.Form):
    """History or deals to work on, on which map, and what each stage and owner found means."""

    purpose = forms.ChoiceField(
        label=_("What they are for"),
        choices=[("history", _("History")), ("work", _("Deals to work on"))],
        initial="history",
        widget=forms.RadioSelect,
    )
    version = forms.ChoiceField(label=_("Map"))
    origin = forms.CharField(label=_("Where they come from"), required=False, max_length=60)

    def __init__(
        self, imported: Import, maps: list[ProcessVersion], user: User, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.imported, self.maps = imported, {to_text(version.pk): version for version in maps}
        self.fields["version"].choices = [(key, _map_name(one)) for key, one in self.maps.items()]  # type: ignore[attr-defined]
        self.fields["origin"].initial = imported.account.get("format", "")
        process = maps[0].map()
        stages = _stages_of(process)
        for number, found in enumerate(imported.stages):
            field = forms.ChoiceField(label=found["name"], choices=stages, required=False)
            field.initial = guessed_stage(found["name"], process)
            self.fields[f"stage_{number}"] = field
        sees = user.sees()
        people = User.objects.filter(active=True, **({} if sees is None else {"pk__in": sees})).order_by(
            "name"
        )
        owners = [("", _("a former colleague")), *((to_text(one.pk), one.name) for one in people)]
        unknown = [(number, found) for number, found in enumerate(imported.owners) if not found.get("user")]
        self.shown_owners, self.more_owners = unknown[:OWNERS_ASKED], len(unknown[OWNERS_ASKED:])
        for number, found in self.shown_owners:
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                label=found["name"], choices=owners, required=False
            )

    def chosen_version(self) -> ProcessVersion:
        return self.maps[self.cleaned_data["version"]]

    def stages(self) -> dict[str, str]:
        """Give name found → key of a stage, empty for none."""
        return {
            found["name"]: self.cleaned_data[f"stage_{number}"]
            for number, found in enumerate(self.imported.stages)
        }

    def owners(self) -> dict[str, UUID]:
        """Give name found → the user who was chosen for it."""
        chosen = {found["name"]: self.cleaned_data[f"owner_{number}"] for number, found in self.shown_owners}
        return {name: from_text(user) for name, user in chosen.items() if user}

    @property
    def stage_fields(self) -> list[tuple[Any, int]]:
        return [
            (self[f"stage_{number}"], found["deals"]) for number, found in enumerate(self.imported.stages)
        ]

    @property
    def owner_fields(self) -> list[tuple[Any, int]]:
        return [(self[f"owner_{number}"], found["deals"]) for number, found in self.shown_owners]


class StagesForm(forms.Form):
    """Which stage of its map each name of a loaded import means."""

    def __init__(self, imported: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.imported, aliases = imported, imported.aliases
        version = imported.version
        choices = _stages_of(version.map()) if version else []
        for number, found in enumerate(imported.stages):
            field = forms.ChoiceField(label=found["name"], choices=choices, required=False)
            field.initial = aliases.get(found["name"][:LONGEST_NAME], "")
            self.fields[f"stage_{number}"] = field

    def stages(self) -> dict[str, str]:
        """Give name found → key of a stage, empty for none."""
        return {
            found["name"]: self.cleaned_data[f"stage_{number}"]
            for number, found in enumerate(self.imported.stages)
        }


def _stages_of(process: ProcessMap) -> list[tuple[str, Any]]:
    language = get_language() or "en"
    named = [(one.key, in_language(one.name, language, process.language)) for one in process.stages]
    return [("", _("none of them")), *named]


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _map_name(version: ProcessVersion) -> str:
    process = version.map()
    return in_language(process.name, get_language() or "en", process.language)
