"""What one does to organizations and contacts, at the door that users use, and what it changed."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.addresses import everything_saved
from tests.deals.world import World

from infield.accounts.models import User
from infield.finding.filters import Filter
from infield.finding.lists.queries import table
from infield.history.models import Change, Event
from infield.people.doubles.actions import look, merge
from infield.people.models import Consent, Contact, Key, LikelyDouble, Organization
from infield.people.organizations.lists.queries import ORGANIZATIONS
from infield.people.organizations.queries import people_of
from infield.people.refusals import Refusal
from infield.web.ids import from_text, to_text

YAMADA = {"family": "山田", "given": "太郎", "family_kana": "ヤマダ", "given_kana": "タロウ", "culture": "ja"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def organization(world: World, name: str = "Aalto Foods Oy", **others: Any) -> Organization:
    return Organization(name=name, owner=world.people.dan, **others).begin(world.people.dan)


def contact(world: World, **others: Any) -> Contact:
    return Contact(**{**YAMADA, **others}).begin(world.people.dan)


def test_a_japanese_contact_is_added_and_called_in_their_own_order(world: World) -> None:
    told = {
        **YAMADA,
        "organization": "株式会社ヤマダ製作所",
        "job_title": "部長",
        "emails-label": ["work", "home"],
        "emails-value": ["taro@yamada.example", ""],
        "phones-label": "mobile",
        "phones-value": "090-5550-1234",
    }
    answer = client_of(world.people.dan).post("/contacts/new", told)
    made = Contact.objects.get()
    assert answer["Location"] == f"/contacts/{to_text(made.pk)}"
    assert (str(made), made.called.called, made.called.kana) == ("山田 太郎", "山田さん", "ヤマダ タロウ")
    assert made.emails == [{"label": "work", "value": "taro@yamada.example"}]
    assert (made.owner, made.opened_by) == (world.people.dan, world.people.dan)
    assert made.organization
    assert made.organization.name == "株式会社ヤマダ製作所"
    assert set(Key.objects.filter(object_id=made.pk).values_list("kind", "text")) == {
        ("email", "taro@yamada.example"),
        ("phone", "+819055501234"),
    }
    page = client_of(world.people.bo).get("/contacts?q=やまだ").content.decode()
    assert "山田 太郎" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("emails-value", "not a mail", "Enter a valid email address."),
        ("phones-value", "call me", "Write the phone number with its digits"),
        ("family", "", "Give a family name or a given name."),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(
    field: str, value: str, says: str, world: World
) -> None:
    told = {
        "culture": "en",
        "family": "Holt",
        "emails-value": "a@b.example",
        "phones-value": "+44 113 496 0000",
    }
    client = client_of(world.people.dan)
    before = everything_saved()
    answer = client.post("/contacts/new", {**told, field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert everything_saved() == before


def test_a_name_that_is_taken_is_refused(world: World) -> None:
    organization(world)
    answer = client_of(world.people.bo).post("/organizations/new", {"name": "ＡＡＬＴＯ foods oy"})
    assert answer.status_code == 422
    assert "Aalto Foods Oy is in the address book already." in answer.content.decode()
    assert Organization.objects.count() == 1


def test_editing_in_place_tells_what_was_changed_and_is_undone(world: World) -> None:
    made, client = organization(world, size=40), client_of(world.people.bo)
    path = f"/organizations/{to_text(made.pk)}"
    answer = client.post(
        f"{path}/edit/size", {"size": "55", "seen": '{"size": 40}'}, headers={"HX-Request": "true"}
    )
    made.refresh_from_db()
    assert (answer.status_code, made.size) == (200, 55)
    change = Change.objects.get(field="size")
    assert (change.before, change.after, change.by) == (40, 55, world.people.bo.pk)
    toast = json.loads(answer["HX-Trigger"])["toast"]
    assert toast["undo"] == f"{path}/undo/{to_text(change.act)}"
    client.post(toast["undo"])
    made.refresh_from_db()
    assert made.size == 40
    client.post(toast["undo"])
    made.refresh_from_db()
    assert made.size == 40


def test_two_who_edit_one_field_are_told_and_shown_both_values(world: World) -> None:
    made = organization(world, size=40)
    path = f"/organizations/{to_text(made.pk)}/edit"
    made.change(world.people.anna, size=60)
    client = client_of(world.people.bo)
    before = everything_saved()
    told = {"size": "55", "seen": '{"size": 40}'}
    answer = client.post(f"{path}/size", told, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ">60<" in text
    assert 'value="55"' in text
    assert everything_saved() == before
    other = {"domain": "aalto.example", "seen": '{"domain": ""}'}
    assert client_of(world.people.bo).post(f"{path}/domain", other).status_code == 302
    made.refresh_from_db()
    assert (made.size, made.domain) == (60, "aalto.example")


def test_what_changed_since_cannot_be_undone(world: World) -> None:
    made = organization(world, size=40)
    act = made.change(world.people.dan, size=50).act
    made.change(world.people.dan, size=60)
    assert act
    with pytest.raises(Refusal, match="not_latest"):
        made.undo(act, world.people.dan)
    assert Organization.objects.get().size == 60


def test_what_is_put_away_is_in_no_list_and_comes_back(world: World) -> None:
    made, client = contact(world), client_of(world.people.dan)
    path = f"/contacts/{to_text(made.pk)}"
    client.post(f"{path}/archive")
    assert "山田" not in client.get("/contacts").content.decode()
    assert "山田" in client.get("/contacts?archived=yes").content.decode()
    client.post(f"{path}/restore")
    assert "山田" in client.get("/contacts?q=山田").content.decode()


def test_a_contact_has_a_next_step_or_a_reason_for_none(world: World) -> None:
    made, client = contact(world), client_of(world.people.dan)
    path, today = f"/contacts/{to_text(made.pk)}", timezone.localdate()
    assert list(Contact.objects.without_next_step()) == [made]
    client.post(f"{path}/step", {"what": "Call about the demo", "on": today.isoformat()})
    made.refresh_from_db()
    assert (made.next_step, made.next_step_on) == ("Call about the demo", today)
    assert client.post(f"{path}/no-contact", {"because": " "}).status_code == 422
    client.post(f"{path}/no-contact", {"because": "Left the company"})
    made.refresh_from_db()
    assert (made.next_step, made.next_step_on, made.no_contact_because) == ("", None, "Left the company")
    assert not Contact.objects.without_next_step().exists()
    assert client.post(f"{path}/step", {"what": "Call", "on": "2020-01-01"}).status_code == 422


def test_consent_is_kept_word_by_word_and_the_last_one_counts(world: World) -> None:
    made, client = contact(world), client_of(world.people.dan)
    path = f"/contacts/{to_text(made.pk)}/consent"
    told = {"channel": "email", "given": "given", "source": "card", "on": "2026-01-10", "note": "At the fair"}
    client.post(path, told)
    client.post(path, {**told, "given": "withdrawn", "source": "mail", "on": "2026-02-01"})
    assert list(Consent.objects.order_by("on").values_list("given", "by")) == [
        (True, world.people.dan.pk),
        (False, world.people.dan.pk),
    ]
    page = client.get(f"/contacts/{to_text(made.pk)}").content.decode()
    assert "withdrawn</span><b>E-mail</b>" in page
    assert "given</span><b>E-mail</b>" not in page


def test_merging_moves_everything_tells_it_and_is_undone(world: World) -> None:
    dan = world.people.dan
    kept = organization(world, "株式会社山吹精機", domain="yamabuki.example", size=90)
    gone = organization(
        world, "(株)ヤマブキ精機", place="諏訪市", size=120, phones=[{"value": "0266 555 0101"}]
    )
    person = contact(world, organization=gone)
    deal = world.deal(dan, organization=gone.name)
    names = Organization.objects.in_bulk
    told = {"other": to_text(gone.pk), "take-size": "gone", "take-name": "kept", "take-place": "gone"}
    answer = client_of(dan).post(
        f"/organizations/{to_text(kept.pk)}/merge", told, headers={"HX-Request": "true"}
    )
    kept.refresh_from_db()
    gone.refresh_from_db()
    deal.refresh_from_db()
    person.refresh_from_db()
    assert (kept.name, kept.size, kept.place, kept.domain) == (
        "株式会社山吹精機",
        120,
        "諏訪市",
        "yamabuki.example",
    )
    assert kept.phones == [{"label": "work", "value": "0266 555 0101"}]
    assert (deal.organization, person.organization) == (kept, kept)
    assert gone.merged_into == kept
    assert gone.archived_at
    assert Organization.objects.named(gone.name, dan) == kept
    event = Event.objects.get(kind="field_changed")
    assert (event.case, event.data["organization"]) == (deal.case, str(kept.pk))
    client_of(dan).post(json.loads(answer["HX-Trigger"])["toast"]["undo"])
    kept.refresh_from_db()
    gone.refresh_from_db()
    deal.refresh_from_db()
    person.refresh_from_db()
    assert (kept.size, kept.place, kept.phones) == (90, "", [])
    assert (deal.organization, person.organization) == (gone, gone)
    assert not gone.merged_into_id
    assert Organization.objects.current().filter(pk=gone.pk).exists()
    assert names([kept.pk, gone.pk]).keys() == {kept.pk, gone.pk}


def test_the_double_may_give_its_name(world: World) -> None:
    kept, gone = organization(world, "Aalto"), organization(world, "Aalto Foods Oy")
    act = merge(kept, gone, world.people.dan, {"name": gone.name}).act
    kept.refresh_from_db()
    assert kept.name == "Aalto Foods Oy"
    client_of(world.people.dan).post(f"/organizations/{to_text(kept.pk)}/undo/{to_text(act)}")  # type: ignore[arg-type]
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.name, gone.name) == ("Aalto", "Aalto Foods Oy")


def test_a_merged_record_is_not_merged_again(world: World) -> None:
    one, two, three = (organization(world, name) for name in ("One", "Two", "Three"))
    merge(one, two, world.people.dan)
    two.refresh_from_db()
    before = everything_saved()
    with pytest.raises(Refusal, match="merged"):
        merge(three, two, world.people.dan)
    with pytest.raises(Refusal, match="same_record"):
        merge(one, one, world.people.dan)
    assert everything_saved() == before


def test_doubles_are_found_and_those_told_apart_are_not_found_again(world: World) -> None:
    organization(world, "Aalto Foods Oy")
    organization(world, "Aalto Foods Ltd")
    organization(world, "Berg & Sons")
    client = client_of(world.people.dan)
    client.post("/doubles/look", {"kind": "organization"})
    found = LikelyDouble.objects.get()
    assert (found.score, found.why) == (100, {"same_name": "aalto foods"})
    client.post(f"/doubles/{to_text(found.pk)}/apart")
    assert look("organization", world.people.dan) == 0
    assert "Compare and merge" not in client.get("/doubles").content.decode()


def test_who_is_typed_again_is_shown_while_typing(world: World) -> None:
    organization(world, "Aalto Foods Oy", domain="aalto.example")
    contact(world, phones=[{"value": "03-5550-1234"}])
    client = client_of(world.people.bo)
    assert "Aalto Foods Oy" in client.get("/organizations/alike?name=AALTO foods").content.decode()
    assert (
        "Same domain" in client.get("/organizations/alike?name=x&domain=www.aalto.example").content.decode()
    )
    assert "Same phone" in client.get("/contacts/alike?culture=ja&phones-value=0355501234").content.decode()
    assert "Is it one of these" not in client.get("/organizations/alike?name=Zeta").content.decode()


def test_a_card_shows_deals_only_to_those_who_may_open_them(world: World) -> None:
    made = organization(world)
    world.deal(world.people.dan, organization=made.name, title="Line 7")
    path = f"/organizations/{to_text(made.pk)}"
    shown = {
        name: "Line 7" in client_of(getattr(world.people, name)).get(path).content.decode()
        for name in ("dan", "cleo", "bo", "rut", "mia")
    }
    assert shown == {"dan": True, "cleo": True, "bo": False, "rut": True, "mia": True}


def test_a_reader_changes_nothing(world: World) -> None:
    made, client = organization(world), client_of(world.people.rut)
    before = everything_saved()
    path = f"/organizations/{to_text(made.pk)}"
    assert client.post(f"{path}/archive").status_code == 403
    assert everything_saved() == before


def test_names_sort_by_kana_thai_and_the_finnish_alphabet(world: World) -> None:
    for name, reading in (
        ("渡辺工業", "ワタナベ"),
        ("伊藤商事", "イトウ"),
        ("Öljy Oy", ""),
        ("Zeta", ""),
        ("株式会社青木", "アオキ"),
    ):
        organization(world, name, reading=reading)
    rows = table(ORGANIZATIONS, Filter(), ORGANIZATIONS.looked_at_by(world.people.dan)).rows
    assert [row.name for row in rows] == ["Zeta", "Öljy Oy", "株式会社青木", "伊藤商事", "渡辺工業"]


@pytest.mark.slow
def test_every_page_of_a_long_list_costs_the_same(world: World, django_assert_max_num_queries: Any) -> None:
    dan = world.people.dan
    Organization.objects.bulk_create(
        (Organization.fresh(f"Company {number:05d}", owner=dan) for number in range(20_000)), batch_size=2_000
    )
    around = ORGANIZATIONS.looked_at_by(dan)
    seen: list[str] = []
    after = None
    for _page in range(3):
        with django_assert_max_num_queries(6):
            page = table(ORGANIZATIONS, Filter(), around, after)
        seen += [row.name for row in page.rows]
        after = from_text(page.after or "")
    assert seen == [f"Company {number:05d}" for number in range(150)]
    assert (page.count, page.is_more) == (1_000, True)
    middle = Organization.objects.get(name="Company 15000")
    with django_assert_max_num_queries(6):
        page = table(ORGANIZATIONS, Filter(), around, middle.pk)
    assert page.rows[0].name == "Company 15001"


def test_cards_and_lists_ask_a_constant_number_of_questions(
    world: World, django_assert_max_num_queries: Any
) -> None:
    made, client = organization(world), client_of(world.people.dan)
    for number in range(12):
        contact(world, organization=made, given=f"太郎{number}")
        world.deal(organization=made.name, title=f"Line {number}")
    for path in (f"/organizations/{to_text(made.pk)}", f"/contacts/{to_text(Contact.objects.all()[0].pk)}"):
        with django_assert_max_num_queries(24):
            assert client.get(path).status_code == 200
    for path in ("/organizations", "/contacts", "/leads"):
        with django_assert_max_num_queries(10):
            assert client.get(path).status_code == 200
    assert len(people_of(made, world.people.dan)) == 12


def test_a_name_within_another_is_no_double_on_the_card(world: World) -> None:
    made = organization(world, "Berg")
    organization(world, "Bergs Mekaniska")
    page = client_of(world.people.dan).get(f"/organizations/{to_text(made.pk)}").content.decode()
    assert "There may be a double" not in page


def test_a_pair_that_was_merged_goes_from_the_page_it_was_merged_on(world: World) -> None:
    kept, gone = organization(world, "Aalto Foods Oy"), organization(world, "Aalto Foods Ltd")
    organization(world, "Berg Sons Oy")
    organization(world, "Berg Sons Ltd")
    client = client_of(world.people.dan)
    look("organization", world.people.dan)
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/doubles?kind=organization"}
    path = f"/organizations/{to_text(kept.pk)}/merge?other={to_text(gone.pk)}"
    answer = client.post(path, headers=here)
    text = answer.content.decode()
    assert ('<div id="pairs" hx-swap-oob="true">' in text, 'id="card"' in text) == (True, False)
    assert ("Aalto" in text, "Berg Sons Oy" in text) == (False, True)
    undone = client.post(json.loads(answer["HX-Trigger"])["toast"]["undo"], headers=here)
    assert (undone.status_code, 'id="card"' in undone.content.decode()) == (200, False)
