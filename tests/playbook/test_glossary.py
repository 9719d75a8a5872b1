"""The glossary: a page, and a popover on any term."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from tests.deals.world import World


def test_the_page_finds_a_word_by_another_name_for_it(world: World, dan: Client) -> None:
    assert "Win rate" in dan.get("/glossary").content.decode()
    page = dan.get("/glossary?q=opportunity").content.decode()
    assert "<dt>Deal</dt>" in page
    assert "Win rate" not in page
    assert "No word of the glossary" in dan.get("/glossary?q=xyzzy").content.decode()


def test_it_speaks_the_readers_language(world: World) -> None:
    world.people.dan.language = "fi"
    world.people.dan.save()
    client = Client()
    client.force_login(world.people.dan)
    assert "<dt>Asiakasehdokas</dt>" in client.get("/glossary?q=prospekti").content.decode()


def test_a_term_opens_its_definition_by_a_button() -> None:
    with translation.override("fi"):
        drawn = Template('{% load terms %}{% term "gate" "Tarkistuslista" %}').render(Context())
    name = drawn.split('popovertarget="')[1].split('"')[0]
    assert f'id="{name}" popover' in drawn
    assert ">Tarkistuslista</button>" in drawn
    assert "<b>Portti</b>" in drawn
    assert 'href="/glossary#gate"' in drawn


def test_two_terms_on_a_page_never_share_a_popover() -> None:
    drawn = Template('{% load terms %}{% term "gate" %}{% term "gate" %}').render(Context())
    assert len(set(drawn.split('popovertarget="')[1:])) == 2


def test_a_word_without_a_definition_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        Template('{% load terms %}{% term "weather" %}').render(Context())


@pytest.mark.parametrize(
    ("address", "word"),
    [("/board", "pipeline"), ("/board", "gate"), ("/funnel", "funnel"), ("/map", "criterion")],
)
def test_terms_stand_on_the_screens(world: World, dan: Client, address: str, word: str) -> None:
    world.deal()
    assert f"/glossary#{word}" in dan.get(address).content.decode()


@pytest.mark.parametrize(
    ("language", "label", "key"),
    [
        ("en", "Next step", "next_step"),
        ("en", "Qualified prospects", None),
        ("en", "Qualified prospect <b>", "qualified_prospect"),
        ("fi", "Uusi vastuuhenkilö", "owner"),
        ("ja", "現在のステージの日数", "stage"),
        ("th", "ชื่อดีล", "deal"),
        ("en", "Password", None),
        ("en", "", None),
    ],
)
def test_a_label_in_which_a_term_stands_has_a_mark_that_opens_it(
    language: str, label: str, key: str | None
) -> None:
    with translation.override(language):
        drawn = Template("{% term_mark label %}").render(Context({"label": label}))
    assert (f'href="/glossary#{key}"' in drawn) if key else drawn == ""
    assert "Qualified prospect <b>" not in drawn


def test_a_mark_beside_other_words_opens_the_term_that_it_is_given() -> None:
    assert "/glossary#objection" in Template('{% term_mark "What holds them back" "objection" %}').render(
        Context()
    )
    with pytest.raises(KeyError):
        Template('{% term_mark "The weather" "weather" %}').render(Context())


def test_labels_and_heads_of_columns_have_their_marks_beside_them(world: World, dan: Client) -> None:
    form = dan.get("/deals/new").content.decode()
    label, after = form.split("</label>")[0], form.split(">Organization</label>")[1]
    assert "term-mark" not in label
    assert 'aria-label="Organization: what it means"' in after
    assert after.index("<input") < after.index("term-mark")
    world.deal()
    heads = dan.get("/deals").content.decode().split("<thead>")[1].split("</thead>")[0]
    stage = heads.split('<th abbr="Stage"')[1].split("</th>")[0]
    assert "term-mark" not in stage.split("</a>")[0]
    assert "/glossary#stage" in stage
    # in a form Tab goes past it, at the head of a column it stops there
    assert 'tabindex="-1" aria-keyshortcuts="F1"' in after.split("term-mark")[1].split(">")[0]
    assert "tabindex" not in stage.split("term-mark")[1].split(">")[0]
    assert "term-mark" not in heads.split('<th abbr="Amount"')[1].split("</th>")[0]
