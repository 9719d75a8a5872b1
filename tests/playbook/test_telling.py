"""What became of a proposal is told to its author, in the bell and by mail; who decides sees that some wait."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.deals.world import World

from infield.accounts.models import User
from infield.playbook.models import Proposal
from infield.playbook.proposals.actions import accept, decline, propose, take_back
from infield.playbook.proposals.telling.actions import mail_decisions
from infield.web.ids import to_text

HTMX = {"HX-Request": "true"}
TEXT = "Who else has to say yes?"
LATER = timedelta(minutes=2)


def proposed(world: World, by: User | None = None) -> UUID:
    propose(world.deal(), by or world.people.dan, "en", "question", TEXT)
    return Proposal.objects.latest("at").pk


def bell(client: Client) -> str:
    return str(client.get("/reminders", headers=HTMX).content.decode())


def today(client: Client) -> str:
    return str(client.get("/today").content.decode())


@pytest.fixture
def mailing(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    settings.ORIGIN = "https://sales.example"


def test_the_bell_tells_the_author_what_became_of_it_until_it_is_seen(
    world: World, dan: Client, anna: Client
) -> None:
    key = proposed(world)
    assert "playbook" not in bell(dan)
    decline(key, world.people.anna, "We ask it <already>.")
    told = bell(dan)
    assert "Your proposal to the playbook was declined" in told
    assert "We ask it &lt;already&gt;." in told
    assert "1 reminder" in told
    assert 'href="/playbook/proposals"' in told
    assert "declined" not in bell(anna)
    seen = f"/reminders/proposals/{to_text(key)}/seen"
    assert seen in told
    assert anna.post(seen, headers=HTMX).status_code == 404
    answer = dan.post(seen, headers=HTMX)
    assert "declined" not in answer.content.decode()
    assert "declined" not in bell(dan)
    assert dan.post(seen).status_code == 302


def test_what_nobody_decided_yet_cannot_be_seen(world: World, dan: Client) -> None:
    key = proposed(world)
    assert dan.post(f"/reminders/proposals/{to_text(key)}/seen", headers=HTMX).status_code == 404
    assert Proposal.objects.get().seen_at is None


def test_who_decides_on_their_own_proposal_is_not_told(world: World, anna: Client, mailing: None) -> None:
    accept(proposed(world, world.people.anna), world.people.anna, TEXT)
    assert "playbook" not in bell(anna)
    assert mail_decisions(timezone.now() + LATER) == 0


def test_of_a_decision_that_was_taken_back_nothing_is_told_and_of_the_next_one_anew(
    world: World, dan: Client, mailing: None
) -> None:
    key = proposed(world)
    act = decline(key, world.people.anna, "No")
    dan.post(f"/reminders/proposals/{to_text(key)}/seen", headers=HTMX)
    take_back(act, world.people.anna)
    assert "declined" not in bell(dan)
    assert mail_decisions(timezone.now() + LATER) == 0
    accept(key, world.people.anna, TEXT)
    assert "Your proposal is in the playbook" in bell(dan)
    assert mail_decisions(timezone.now() + LATER) == 1


def test_it_is_mailed_once_to_its_author_with_the_reason(world: World, mailing: None) -> None:
    decline(proposed(world), world.people.anna, "We ask it already.")
    assert mail_decisions(timezone.now()) == 0  # it may still be taken back
    assert mail_decisions(timezone.now() + LATER) == 1
    assert mail_decisions(timezone.now() + LATER) == 0
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == (
        "Your proposal to the playbook was declined",
        [world.people.dan.email],
    )
    assert sent.body == (
        f"{TEXT}\n\nDeclined by Anna Lindqvist.\nWe ask it already.\nhttps://sales.example/playbook/proposals"
    )


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ja", "ご提案がプレイブックに採用されました"),
        ("fi", "Ehdotuksesi on nyt pelikirjassa"),
        ("th", "ข้อเสนอของคุณได้เข้าสู่คู่มือการขายแล้ว"),
    ],
)
def test_the_mail_is_in_the_language_of_its_author(
    world: World, mailing: None, language: str, subject: str
) -> None:
    User.objects.filter(pk=world.people.dan.pk).update(language=language)
    accept(proposed(world), world.people.anna, TEXT)
    mail_decisions(timezone.now() + LATER)
    assert mail.outbox[0].subject == subject


@pytest.mark.parametrize("why", ["seen", "long ago", "left", "no mail set up"])
def test_nothing_is_mailed_that_nobody_needs(world: World, settings: Any, mailing: None, why: str) -> None:
    decline(proposed(world), world.people.anna, "No")
    now = timezone.now()
    match why:
        case "seen":
            Proposal.objects.update(seen_at=now)
        case "long ago":
            now += timedelta(days=2)
        case "left":
            User.objects.filter(pk=world.people.dan.pk).update(active=False)
        case "no mail set up":
            settings.MAIL_IS_SET_UP = False
    assert mail_decisions(now + LATER) == 0
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_stays_due(
    world: World, mailing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    decline(proposed(world), world.people.anna, "No")

    def fail(*_: Any) -> int:
        raise OSError("no route to the mail server")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", fail)
        with pytest.raises(OSError, match="no route"):
            mail_decisions(timezone.now() + LATER)
    assert mail_decisions(timezone.now() + LATER) == 1


def test_who_decides_reads_in_the_day_how_many_wait_and_a_rep_does_not(
    world: World, dan: Client, anna: Client
) -> None:
    assert "Proposals to the playbook" not in today(anna)
    key = proposed(world)
    assert "1 proposal waits for a decision." in today(anna)
    proposed(world)
    told = today(anna)
    assert "2 proposals wait for a decision." in told
    assert 'href="/playbook/proposals"' in told.split('id="proposals"')[1].split("</li>")[0]
    assert "Proposals to the playbook" not in today(dan)
    accept(key, world.people.anna, TEXT)
    assert "1 proposal waits for a decision." in today(anna)


def test_the_bell_asks_as_many_questions_for_many_as_for_few(world: World, dan: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            bell(dan)
        return len(queries)

    decline(proposed(world), world.people.anna, "No")
    few = asked()
    for _again in range(5):
        decline(proposed(world), world.people.anna, "No")
    assert bell(dan).count("was declined") > 5
    assert asked() == few
