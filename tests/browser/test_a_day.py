"""A day of a sales team in a real browser, from the first start to the deal that got stuck; in each language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.a_day import Day
from tests.browser.conftest import PATIENCE_MS, Visitor
from tests.browser.proving import BRING, at, met, prove
from tests.browser.tongues import EN, TONGUES, Tongue

from infield.accounts.models import User
from infield.activities.models import Activity, Cadence, Enrolment
from infield.deals.models import Deal
from infield.people.models import Lead
from infield.playbook.models import RaisedObjection
from infield.process.models import Process
from infield.web.company import the_company
from infield.web.ids import to_text
from infield.web.place import make_set_up_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
REP, MANAGER = "dan@northwind.example", "anna@northwind.example"


def cases() -> Iterator[object]:
    """English at a desk each time; every language, at a desk and on a phone, in the long run."""
    for tongue in TONGUES:
        for width in SIZES:
            daily = tongue is EN and width == "desktop"
            marks = () if daily else (pytest.mark.long,)
            yield pytest.param(tongue, width, marks=marks, id=f"{tongue.key}-{width}")


@pytest.fixture
def day(
    browser: Browser,
    live_server: LiveServer,
    tongue: Tongue,
    width: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Day]:
    monkeypatch.setenv("INFIELD_HOME", str(tmp_path))
    wide, high = SIZES[width]
    page = browser.new_page(
        locale=tongue.locale,
        viewport={"width": wide, "height": high},
        has_touch=width == "phone",
        color_scheme="light",
    )
    page.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(page, live_server.url)
    page.on("console", visitor.hear)
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    yield Day(visitor, tongue, width)
    page.close()
    assert visitor.complaints == []


@pytest.mark.parametrize(("tongue", "width"), list(cases()))
def test_a_team_lives_a_day(day: Day) -> None:
    begin(day)
    people_come(day)
    lead = meet_a_lead(day)
    deal = convert(day, lead)
    log_a_call(day, deal)
    through_the_gates(day, deal)
    won(day, deal)
    find_the_stuck(day, lose_another(day))


def begin(day: Day) -> None:
    day.first_start(make_set_up_key())
    ada, company = User.objects.get(), the_company()
    assert company
    assert (ada.name, ada.role, ada.language) == (day.tongue.admin, "admin", day.tongue.key)
    assert (company.name, company.language) == (day.tongue.company, day.tongue.key)
    day.look("first-page")
    day.open("/map", "map")
    expect(day.page.locator(".outline > ol > li, .outline li")).not_to_have_count(0)
    assert len(Process.objects.get().current().map().stages) == 7
    write_a_series(day)


def write_a_series(day: Day) -> None:
    day.open("/settings/cadences", "cadences")
    page = day.open("/settings/cadences/new", "new_cadence")
    day.fill(name=day.tongue.title, wait_0="2", what_0=day.tongue.step, wait_1="5", what_1=day.tongue.step)
    day.send(page.locator("form.panel"))
    page.wait_for_url("**/settings/cadences")
    assert [step.wait_days for step in Cadence.objects.get(name=day.tongue.title).steps.all()] == [2, 5]


def people_come(day: Day) -> None:
    """Who leads joins first: an invitation names only people who have joined as those one reports to."""
    day.join(day.invite(MANAGER, "manager"), day.tongue.manager)
    anna = User.objects.get(email=MANAGER)
    assert (anna.name, anna.active) == (day.tongue.manager, True)
    day.sign_in("ada@northwind.example")
    day.join(day.invite(REP, "rep", str(anna.pk)), day.tongue.rep)
    dan = User.objects.get(email=REP)
    assert (dan.name, dan.role, dan.language) == (day.tongue.rep, "rep", day.tongue.key)
    assert dan.manager == anna


def meet_a_lead(day: Day) -> Lead:
    """A lead arrives by the form and is judged twice, until it is a qualified prospect."""
    day.open("/today", "today-empty")
    day.open("/board", "board-empty")
    page = day.open("/leads", "leads-empty")
    day.dialog("people:lead_new")
    day.fill(person=day.tongue.person, company=day.tongue.buyer)
    day.fill(email="maria@buyer.example", wanted=day.tongue.wanted)
    day.send(page.locator("dialog form.new-lead"))
    page.wait_for_url("**/leads/*")
    lead = Lead.objects.get()
    assert (lead.company, lead.owner, lead.wanted) == (
        day.tongue.buyer,
        User.objects.get(email=REP),
        day.tongue.wanted,
    )
    for profile in ("prospect", "qualified"):
        day.open(f"/leads/{to_text(lead.pk)}", "lead")
        day.dialog("people:profile", lead.pk)
        day.choose("profile", profile)
        day.send()
        lead.refresh_from_db()
        assert lead.profile == profile
    day.open("/leads", "leads")
    return lead


def convert(day: Day, lead: Lead) -> Deal:
    """What was found out about the lead lies behind the deal: it begins where the map speaks of deals."""
    page = day.open(f"/leads/{to_text(lead.pk)}", "lead-qualified")
    day.to("desk:convert", lead.pk).click()
    page.wait_for_url("**/convert")
    day.look("convert")
    day.fill(title=day.tongue.title, amount="48000")
    day.fill(family=day.tongue.family, given=day.tongue.given)
    day.send(page.locator("form.convert"))
    page.wait_for_url("**/deals/*")
    deal, became = Deal.objects.get(), Lead.objects.get()
    assert became.converted_at
    assert (deal.title, deal.organization.name, deal.stage) == (
        day.tongue.title,
        day.tongue.buyer,
        "presentation",
    )
    assert became.contact
    assert (became.contact.family, became.contact.given) == (day.tongue.family, day.tongue.given)
    return deal


def log_a_call(day: Day, deal: Deal) -> None:
    day.open(at(deal), "deal")
    day.dialog("desk:log_deal", deal.pk)
    day.choose("kind", "call")
    day.choose("outcome", "reached")
    day.fill(notes=day.tongue.wanted, what=day.tongue.step)
    day.send()
    done = Activity.objects.get(kind="call", outcome="reached")
    deal.refresh_from_db()
    assert (done.notes, deal.next_step) == (day.tongue.wanted, day.tongue.step)
    day.open(at(deal), "deal-at-work")
    day.open("/today", "today")


def through_the_gates(day: Day, deal: Deal) -> None:
    """One deal through every gate there is before the sale; each holds it until all it asks for is proved."""
    stages = {stage.key: stage for stage in deal.map().stages}
    deals = [stage.key for stage in stages.values() if stage.about == "deal"]
    kinds = set()
    for here, there in zip(deals, [*deals[1:], "sale"], strict=True):
        deal.refresh_from_db()
        assert deal.stage == here
        page = day.open(at(deal), f"deal-{here}")
        day.held(going(day, deal, there), f"gate-{there}")
        if here == "closing":
            followed(day, deal)
        for criterion in stages[here].criteria:
            kinds.add(prove(day, deal, criterion))
            if criterion.key == "objections_recorded":
                answer_the_objection(day)
        day.open(at(deal), f"deal-proved-{here}")
        expect(page.locator(".checklist > li:not(.is-met)")).to_have_count(0)
        going(day, deal, there).click()
        day.closed()
    assert kinds == set(BRING)


def going(day: Day, deal: Deal, to: str) -> Locator:
    """The button that moves a deal to a stage, or closes it as won."""
    if to == "sale":
        return day.page.locator("button.is-won:visible").first
    day.dialog("desk:move", deal.pk)
    return day.page.locator(f"dialog button[name=to][value={to}]")


def answer_the_objection(day: Day) -> None:
    section = day.page.locator("#objections")
    raised = RaisedObjection.objects.get()
    assert raised.resolved is None
    day.look("deal-objected")
    section.locator(".talk-choice").first.click()
    section.locator("button[name=resolved][value='1']").click()
    expect(section.locator(".is-resolved")).to_have_count(1)
    raised.refresh_from_db()
    assert raised.resolved
    assert raised.answers.get().answer


def followed(day: Day, deal: Deal) -> None:
    page = day.page
    page.locator("#following #cadence").select_option(label=day.tongue.title)
    page.locator("#following form.enrol button").click()
    expect(page.locator("#following .series.is-running")).to_have_count(1)
    begun = Enrolment.objects.get()
    assert (begun.deal, begun.place, begun.stopped_at) == (deal, 1, None)
    day.look("deal-followed")


def won(day: Day, deal: Deal) -> None:
    page = day.page
    expect(page.locator(".next.is-closed")).to_be_visible()
    deal.refresh_from_db()
    assert deal.outcome == "won"
    weighted = {one.key for stage in deal.map().stages if stage.about == "deal" for one in stage.criteria}
    assert met(deal) >= weighted
    assert not Enrolment.objects.running().exists()
    day.open(at(deal), "deal-won")


def lose_another(day: Day) -> Deal:
    """A second deal is begun by hand, goes through a gate by ticks, is asked for its next step and is lost with a
    reason; a third one is left without a next step, and is given back."""
    for title in (day.tongue.step, day.tongue.proof):
        page = day.open("/board", "board")
        day.dialog("desk:new_deal")
        day.fill(organization=day.tongue.other, title=title, amount="9000")
        day.send(page.locator("dialog form"))
        page.wait_for_url("**/deals/*")
    lost, stuck = (Deal.objects.get(title=title) for title in (day.tongue.step, day.tongue.proof))
    page = day.open(at(lost), "deal-by-hand")
    day.tick_the_gate(going(day, lost, "handling_objections"))
    expect(page.locator("dialog.is-log[open]")).to_be_visible()
    day.look("asked-for-the-next")
    day.fill(what=day.tongue.words)
    day.send()
    lost.refresh_from_db()
    assert (lost.stage, lost.next_step) == ("handling_objections", day.tongue.words)
    day.dialog("desk:lose", lost.pk)
    page.locator("dialog .reasons label").first.click()
    day.fill(notes=day.tongue.words)
    day.send()
    lost.refresh_from_db()
    assert lost.outcome == "lost"
    assert lost.lost_reason
    day.open(at(lost), "deal-lost")
    return stuck


def find_the_stuck(day: Day, stuck: Deal) -> None:
    """The manager finds by the board's chip and by the table's filter what nobody plans anything with."""
    day.sign_in(MANAGER)
    page = day.open("/board", "board-of-manager")
    page.locator("a.chip.is-warning").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(f"#d-{to_text(stuck.pk)} .step.is-missing")).to_be_visible()
    day.look("board-without-step")
    day.open("/deals", "deals")
    page.locator("a.chip[href*='/deals/filter']").click()
    none = page.locator("dialog input[name=step][value=none]")
    page.locator("dialog [data-field]:has(input[name=step][value=none]) > summary").click()
    none.check()
    day.look("filter")
    page.locator("dialog button.is-primary").click()
    page.wait_for_url("**step=none*")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    expect(page.locator("tr[data-row]")).to_have_attribute("data-id", to_text(stuck.pk))
    day.look("deals-without-step")
