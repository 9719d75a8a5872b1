"""The forms of what one does to a deal."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.deals.models import Deal, NextStep
from infield.web import figures
from infield.web.choices import currencies
from infield.web.company import the_company
from infield.web.forms import DayField
from infield.web.money import Money, TooLargeError, TooPreciseError, UnreadableError

DAYS_AHEAD = 7


def currencies_here() -> list[tuple[str, str]]:
    return list(currencies(get_language() or "en"))


def read_money(text: str, currency: str) -> Money | None:
    """Read an amount as somebody types it; nothing for nothing; ValidationError says what is wrong with it."""
    if not text.strip():
        return None
    try:
        money = Money.read(text, currency, get_language() or "en")
    except TooPreciseError:
        raise ValidationError(_("This currency has fewer decimals.")) from None
    except TooLargeError:
        raise ValidationError(_("This is more than can be kept.")) from None
    except UnreadableError:
        raise ValidationError(_("Write the amount in digits, such as 12400.")) from None
    if money.amount_minor < 0:
        raise ValidationError(_("An amount cannot be negative."))
    return money


class MoneyFields(forms.Form):
    """An amount with its currency; `money` in the cleaned data."""

    amount = forms.CharField(
        label=_("Amount"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies_here)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            values["money"] = read_money(values.get("amount", ""), values.get("currency", ""))
        except ValidationError as problem:
            self.add_error("amount", problem)
        return values


class NewDealForm(MoneyFields):
    """With whom, about what, how much, by when."""

    organization = forms.CharField(label=_("Organization"), max_length=300)
    title = forms.CharField(label=_("What it is about"), max_length=300)
    expected_close = DayField(label=_("Expected close"), required=False)
    map = forms.ChoiceField(label=_("Map"), required=False)
    field_order = ("organization", "title", "amount", "currency", "expected_close", "map")

    def __init__(self, *args: Any, maps: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.several_maps = len(maps) > 1
        self.fields["map"].choices = maps  # type: ignore[attr-defined]
        company = the_company()
        self.fields["currency"].initial = company.currency if company else "EUR"
        self.fields["organization"].widget.attrs["autocomplete"] = "off"
        first = "title" if self.initial.get("organization") else "organization"
        self.fields[first].widget.attrs["autofocus"] = True

    def clean_map(self) -> str:
        """Give the map that was chosen, the oldest where none was."""
        chosen: str = self.cleaned_data["map"] or self.fields["map"].choices[0][0]  # type: ignore[attr-defined]
        return chosen


class StepForm(forms.Form):
    """What comes next, and on which day."""

    what = forms.CharField(label=_("What comes next"), max_length=500)
    on = DayField(label=_("On which day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].widget.attrs |= {
            "autofocus": True,
            "placeholder": _("Call Maria about the offer"),
        }
        self.fields["on"].initial = next_working_day(timezone.localtime().date(), DAYS_AHEAD)

    def step(self) -> NextStep:
        return NextStep(self.cleaned_data["what"], self.cleaned_data["on"])


class AmountForm(MoneyFields):
    """What a deal is worth."""

    def __init__(self, *args: Any, deal: Deal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company = the_company()
        self.fields["currency"].initial = deal.currency or (company.currency if company else "EUR")
        if deal.money:
            self.fields["amount"].initial = figures.count(deal.money.amount, get_language() or "en")
        self.fields["amount"].widget.attrs["autofocus"] = True


class NameForm(forms.Form):
    """With which organization a deal is, and what it is about."""

    organization = forms.CharField(label=_("Organization"), max_length=300)
    title = forms.CharField(label=_("What it is about"), max_length=300)

    def __init__(self, *args: Any, deal: Deal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].initial = deal.organization.name
        self.fields["title"].initial = deal.title
        self.fields["organization"].widget.attrs["autocomplete"] = "off"
        self.fields["title"].widget.attrs["autofocus"] = True


class CloseForm(forms.Form):
    """By when the sale is expected."""

    expected_close = DayField(label=_("Expected close"), required=False)

    def __init__(self, *args: Any, deal: Deal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_close"].initial = deal.expected_close
        self.fields["expected_close"].widget.attrs["autofocus"] = True


class OwnerForm(forms.Form):
    """Who answers for a deal."""

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, deal: Deal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = User.objects.filter(active=True, role__in=WRITERS).order_by("name")
        self.fields["owner"].queryset = workers  # type: ignore[attr-defined]
        self.fields["owner"].initial = deal.owner_id
        self.fields["owner"].widget.attrs["autofocus"] = True


def next_working_day(today: date, days: int) -> date:
    """Give the day `days` from today, or the Monday after where that is a weekend."""
    day = today + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
