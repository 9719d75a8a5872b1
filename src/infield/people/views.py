"""What one does to organizations, contacts and leads alike: open, add, edit in place, put away, undo.

A fragment goes to whoever asked with htmx, a page or a redirect to whoever did not; a refusal is 422 and has
written nothing. KINDS says what is of which kind.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.models import User
from infield.accounts.roles import who_may
from infield.accounts.rules import Asked, allow, allow_all_roles
from infield.fields.queries import own_rows
from infield.people.cards import contact_card, lead_card, organization_card
from infield.people.contacts import forms as contact_forms
from infield.people.contacts.models import Contact
from infield.people.doubles.queries import alike_to, looked_at, pairs
from infield.people.leads import forms as lead_forms
from infield.people.leads.models import Lead
from infield.people.organizations import forms as organization_forms
from infield.people.organizations.models import Organization
from infield.people.records.forms import PartForm, as_kept
from infield.people.records.models import Done, Record
from infield.people.refusals import Refusal, Stale
from infield.people.undoing.actions import taken_back
from infield.people.wording import deed, refusal, said
from infield.people.words.wording import FIELDS

REFUSED = 422
MAY = who_may("people")

type Act = Callable[[], Done]


@dataclass(frozen=True, slots=True)
class Kind:
    """What the views need to know of one kind of record."""

    key: str
    plural: str
    model: type[Any]
    form: type[PartForm]
    parts: Mapping[str, tuple[str, ...]]
    new: tuple[str, ...]
    card: Callable[[User, Any], dict[str, Any]]
    related: tuple[str, ...]
    new_title: Any


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "organization",
            "organizations",
            Organization,
            organization_forms.OrganizationForm,
            organization_forms.PARTS,
            organization_forms.NEW,
            organization_card,
            ("owner", "merged_into"),
            gettext_lazy("New organization"),
        ),
        Kind(
            "contact",
            "contacts",
            Contact,
            contact_forms.ContactForm,
            contact_forms.PARTS,
            contact_forms.NEW,
            contact_card,
            ("owner", "organization", "opened_by", "merged_into"),
            gettext_lazy("New contact"),
        ),
        Kind(
            "lead",
            "leads",
            Lead,
            lead_forms.LeadForm,
            lead_forms.PARTS,
            lead_forms.NEW,
            lead_card,
            ("owner", "organization", "contact"),
            gettext_lazy("New lead"),
        ),
    )
}


@allow_all_roles
@require_GET
def card(request: Asked, kind: str, key: UUID) -> HttpResponse:
    found = find(request, kind, key)
    part = "#whole" if request.htmx else ""
    return render(request, f"people/{kind}.html{part}", card_context(request, kind, found))


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def new(request: Asked, kind: str) -> HttpResponse:
    """Add one; the form tells of likely doubles while it is filled in."""
    what = KINDS[kind]
    form = what.form(request.POST or None, only=what.new, initial=_beginning(request, what))
    if request.method == "POST" and form.is_valid():
        try:
            made = what.model(**_owned(what, form.values(), request.user)).begin(request.user)
        except Refusal as refused:
            form.add_error(None, refusal(refused))
        else:
            return to(request, reverse(f"people:{kind}", args=[made.pk]))
    context = {
        "form": form,
        "kind": kind,
        "title": what.new_title,
        "alike": reverse(f"people:{what.plural}_alike"),
    }
    return dialog(request, f"people/new_{kind}.html", context, REFUSED if form.is_bound else 200)


@allow(*MAY)
@require_GET
def alike(request: Asked, kind: str) -> HttpResponse:
    """Who is there already that looks like what is being typed.

    `pick`: the id of a field that asks for an organization by its name, which a click on one of them fills.
    """
    pick = request.GET.get("pick", "")
    typed = {"name": request.GET.get("organization", "")} if pick else request.GET
    found = alike_to(kind, typed, request.user)
    return render(request, "people/alike.html", {"found": found, "kind": kind, "pick": pick})


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def edit(request: Asked, kind: str, key: UUID, what: str) -> HttpResponse:
    """Edit one part in place; what somebody else wrote meanwhile is shown beside what was typed."""
    found, parts = find(request, kind, key), KINDS[kind].parts
    if what not in parts:
        raise Http404
    names = parts[what]
    form = KINDS[kind].form(request.POST or None, only=names, initial=_initial(found, names))
    if request.method == "GET":
        return _inline(request, kind, found, what, form)
    if not form.is_valid():
        return _inline(request, kind, found, what, form, status=REFUSED)
    try:
        values = as_kept(form.values(), request.user)
        done = found.change(request.user, _seen(request, names), **values)
    except Stale as stale:
        found.refresh_from_db()
        return _inline(request, kind, found, what, form, stale, REFUSED)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return _inline(request, kind, found, what, form, status=REFUSED)
    return answer(request, kind, found, done)


@allow(*MAY)
@require_POST
def archive(request: Asked, kind: str, key: UUID) -> HttpResponse:
    found = find(request, kind, key)
    return attempt(request, kind, found, lambda: found.archive(request.user))


@allow(*MAY)
@require_POST
def restore(request: Asked, kind: str, key: UUID) -> HttpResponse:
    found = find(request, kind, key)
    return attempt(request, kind, found, lambda: found.restore(request.user))


@allow(*MAY)
@require_POST
def undo(request: Asked, kind: str, key: UUID, act: UUID) -> HttpResponse:
    """Take back an act, whichever it was."""
    found = find(request, kind, key)
    return attempt(request, kind, found, lambda: taken_back(found, act, request.user))


def find(request: Asked, kind: str, key: UUID) -> Any:
    """Give the record, 404 for a stranger."""
    what = KINDS[kind]
    things = what.model.objects.visible_to(request.user).select_related(*what.related)
    return get_object_or_404(things, pk=key)


def attempt(request: Asked, kind: str, found: Record, act: Act) -> HttpResponse:
    """Do one act and answer; a refusal says why, and nothing was changed."""
    try:
        done = act()
    except Refusal as refused:
        return refuse(request, kind, found, refused)
    return answer(request, kind, found, done)


def refuse(request: Asked, kind: str, found: Record, refused: Refusal) -> HttpResponse:
    context = {"sentence": refusal(refused), "back": reverse(f"people:{kind}", args=[found.pk])}
    return dialog(request, "people/refused.html", context, REFUSED)


def by_form(
    request: Asked, kind: str, found: Record, form: Any, template: str, act: Act, **context: Any
) -> HttpResponse:
    """Show a form in a dialog, or do what it says."""
    filled = {"form": form, "record": found, "kind": kind, **context}
    if request.method == "GET":
        return dialog(request, template, filled)
    if not form.is_valid():
        return dialog(request, template, filled, REFUSED)
    try:
        done = act()
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return dialog(request, template, filled, REFUSED)
    return answer(request, kind, found, done)


def dialog(request: Asked, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = "desk/in_dialog.html" if request.htmx else "people/in_page.html"
    base = {"frame": frame, "rail_here": "people:contacts"}
    return render(request, template, base | context, status=status)


def answer(request: Asked, kind: str, found: Record, done: Done) -> HttpResponse:
    """Tell what was done with a way back, and show the card, or the pairs of duplicates, as they are now."""
    text = deed(done)
    model = KINDS[kind].model
    is_seen = model.objects.visible_to(request.user).filter(pk=found.pk).exists()
    if not request.htmx or not is_seen:
        messages.success(request, text)
        plain = (
            reverse(f"people:{kind}", args=[found.pk]) if is_seen else reverse(f"people:{KINDS[kind].plural}")
        )
        return to(request, plain)
    response = _anew(request, kind, found)
    toast = {"text": text}
    if done.act and done.what != "undone":
        toast |= {"undo": reverse(f"people:{kind}_undo", args=[found.pk, done.act]), "undo_label": _("Undo")}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response


def _anew(request: Asked, kind: str, found: Record) -> HttpResponse:
    """Show what changed on the page from which it was done; the list asks for the row itself."""
    here = urlsplit(request.htmx.current_url_abs_path or "").path
    if here == reverse(f"people:{KINDS[kind].plural}"):
        return HttpResponse()
    if here == reverse("people:doubles"):
        context = {
            "kind": kind,
            "pairs": pairs(kind, request.user),
            "looked_at": looked_at(kind),
            "oob": True,
        }
        return render(request, "people/doubles.html#pairs", context)
    return _card_anew(request, kind, found)


def _card_anew(request: Asked, kind: str, found: Record) -> HttpResponse:
    fresh = find(request, kind, found.pk)
    context = card_context(request, kind, fresh) | {"oob": True}
    return render(request, f"people/{kind}.html#changed", context)


def card_context(request: Asked, kind: str, found: Any) -> dict[str, Any]:
    shown = KINDS[kind].card(request.user, found)
    may = request.user.may("people")
    common = {"record": found, "kind": kind, "key": found.pk, "can_edit": may and not found.archived_at}
    common["own_rows"] = own_rows(kind, found.pk)
    return shown | common | {"may": may, "rail_here": "people:contacts"}


def to(request: Asked, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _inline(
    request: Asked,
    kind: str,
    found: Any,
    what: str,
    form: PartForm,
    stale: Stale | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = {name: found.plain(name) for name in form.fields}
    context = {
        "form": form,
        "kind": kind,
        "record": found,
        "what": what,
        "seen": json.dumps(seen),
        "here": reverse(f"people:{kind}", args=[found.pk]),
        "there": reverse(f"people:{kind}_edit", args=[found.pk, what]),
        "rail_here": "people:contacts",
        "theirs": _theirs(found, form) if stale else [],
        "label": FIELDS.get(what, FIELDS["name"]),
    }
    return render(request, f"people/edit.html{'#inline' if request.htmx else ''}", context, status=status)


def _theirs(found: Any, form: PartForm) -> list[tuple[str, str]]:
    """Give what stands there now, field by field."""
    named = {str(found.owner_id): str(found.owner or "")}
    organization = getattr(found, "organization", None)
    others = {str(organization.pk): organization.name} if organization else {}
    return [
        (str(FIELDS[name]), said(name, found.plain(name), named, others) or _("nothing"))
        for name in form.fields
    ]


def _initial(found: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in names}
    if isinstance(values.get("organization"), Organization):
        values["organization"] = values["organization"].name
    return values


def _beginning(request: Asked, what: Kind) -> dict[str, Any]:
    """Give what a new one begins with: what the address says, and the ways of the reader's own country."""
    told = {name: request.GET[name] for name in what.new if name in request.GET}
    if "culture" in what.new:
        language = request.user.language
        told.setdefault("culture", language if language in {"ja", "th", "fi"} else "en")
    return told


def _owned(what: Kind, values: dict[str, Any], by: User) -> dict[str, Any]:
    told = {"owner": by, **as_kept(values, by)}
    if what.key == "contact":
        told["opened_by"] = by
    if what.key == "lead" and by.role == "marketing":
        # what marketing brings in belongs to nobody until it is given away
        told["owner"] = None
    return told


def _seen(request: Asked, names: tuple[str, ...]) -> dict[str, Any]:
    """Give what the editor saw, of the fields they edit; nothing where the form does not say."""
    try:
        seen = json.loads(request.POST.get("seen", "{}"))
    except ValueError:
        return {}
    return {name: seen[name] for name in names if isinstance(seen, dict) and name in seen}
