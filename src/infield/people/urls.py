"""The addresses of people: what is alike for all kinds is one table of views."""

from typing import Any

from django.urls import URLPattern, path

from infield.people import views
from infield.people.contacts import views as contacts
from infield.people.doubles import views as doubles
from infield.people.ideal import views as ideal
from infield.people.leads import views as leads
from infield.people.lists import views as lists
from infield.people.own import views as own

app_name = "people"

LEAD_ACTS = {
    "profile": "profile",
    "disqualify": "disqualify",
    "reopen": "lead_reopen",
    "assign": "assign",
    "hand-over": "hand_over",
    "send-back": "send_back",
}


def of_kind(kind: str) -> list[URLPattern]:
    """Give the addresses that every kind of record has."""
    plural, told = f"{kind}s", {"kind": kind}

    def at(rest: str, view: Any, name: str) -> URLPattern:
        address: URLPattern = path(f"{plural}{rest}", view, told, name=name)
        return address

    return [
        at("", lists.listing, plural),
        at("/filter", lists.filter_dialog, f"{plural}_filter"),
        at("/columns", lists.columns_dialog, f"{plural}_columns"),
        at("/keep", lists.keep, f"{plural}_keep"),
        at("/export.<slug:form>", lists.export, f"{plural}_export"),
        at("/change/undo", lists.undo, f"{plural}_change_undo"),
        at("/change/<slug:what>", lists.change, f"{plural}_change"),
        at("/new", views.new, f"{kind}_new"),
        at("/alike", views.alike, f"{plural}_alike"),
        at("/<id:key>", views.card, kind),
        at("/<id:key>/edit/<slug:what>", views.edit, f"{kind}_edit"),
        at("/<id:key>/archive", views.archive, f"{kind}_archive"),
        at("/<id:key>/restore", views.restore, f"{kind}_restore"),
        at("/<id:key>/own/<id:field>", own.own, f"own_of_{kind}"),
        at("/<id:key>/undo/<id:act>", views.undo, f"{kind}_undo"),
    ]


urlpatterns = [
    *of_kind("organization"),
    *of_kind("contact"),
    *of_kind("lead"),
    path(
        "organizations/<id:key>/merge", doubles.merging, {"kind": "organization"}, name="organization_merge"
    ),
    path("contacts/<id:key>/merge", doubles.merging, {"kind": "contact"}, name="contact_merge"),
    path("contacts/<id:key>/step", contacts.step, name="contact_step"),
    path("contacts/<id:key>/step/done", contacts.step_done, name="contact_step_done"),
    path("contacts/<id:key>/no-contact", contacts.no_contact, name="no_contact"),
    path("contacts/<id:key>/consent", contacts.consent, {"kind": "contact"}, name="contact_consent"),
    path("leads/<id:key>/consent", contacts.consent, {"kind": "lead"}, name="lead_consent"),
    *(path(f"leads/<id:key>/{what}", leads.act, {"what": what}, name=LEAD_ACTS[what]) for what in leads.ACTS),
    path("leads/<id:key>/accept", leads.accept, name="accept"),
    path("leads/<id:key>/rules/<id:rule>", leads.found_out, name="found_out"),
    path("doubles", doubles.doubles, name="doubles"),
    path("doubles/look", doubles.look_again, name="look_again"),
    path("doubles/<id:key>/apart", doubles.apart, name="apart"),
    path("ideal-client", ideal.ideal_client, name="ideal_client"),
    path("ideal-client/<id:key>/archive", ideal.archive_rule, name="rule_archive"),
    path("ideal-client/<id:key>/restore", ideal.restore_rule, name="rule_restore"),
]
