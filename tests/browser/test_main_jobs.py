"""Each role's main job, on a phone 320 px wide, by keyboard alone, with JavaScript off."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from icv.rules.access import Actor, Role
from icv.rules.scheme import Choices
from icv.services.references import ask_referee
from icv.store.engine import open_engine, reading, writing
from icv.store.people import Referee
from icv.store.visits import Visit as Visited
from tests.browser.conftest import PHONE, Service, Visit

pytestmark = pytest.mark.browser

MOST_TABS = 250
LEAST_SECONDS_OF_WRITING = 11
"""An application that comes sooner is taken for a program's."""


def test_a_volunteer_accepts_a_duty_and_files_a_report(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.VOLUNTEER, PHONE, scripts=False)
    press(page.get_by_role("button", name="Accept").first)
    expect(page.get_by_role("alert").first).to_contain_text("ccepted")
    page.goto(service.url)
    press(page.get_by_role("button", name="Write the report").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit report")
    address = page.url

    press(page.get_by_role("link", name="Arrival and entry"))
    day = visit_reported_at(address, service).week_ends_on - timedelta(days=1)
    choose(page.get_by_label("We were let in and made the visit"))
    for part, clock in (("arrived_at", "14:05"), ("admitted_at", "14:07"), ("left_at", "14:50")):
        for box, words in (("day", day.day), ("month", day.month), ("year", day.year), ("clock", clock)):
            typed(page.locator(f"#{part}-{box}"), str(words))
    press(page.get_by_role("button", name="Save and go on"))

    typed(page.get_by_label("In custody when you arrived"), "3")
    typed(page.get_by_label("Offered a visit", exact=True), "3")
    press(page.get_by_role("button", name="Save and go on"))
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label("In custody when you arrived")).to_have_value("3")
    typed(page.get_by_label("Accepted", exact=True), "1")
    typed(page.get_by_label("Declined", exact=True), "2")
    press(page.get_by_role("button", name="Save and go on"))

    press(page.get_by_role("button", name="Add a person"))
    typed(page.get_by_label("Custody number"), "EU/01234/26")
    choose(page.get_by_role("group", name="Did you see this person?").get_by_label("Yes", exact=True))
    press(page.get_by_role("button", name="Save"))
    press(page.get_by_role("button", name="That is everyone, go on"))
    press(page.get_by_role("button", name="Save and go on"))
    tick(page.get_by_label("We found nothing to raise"))
    press(page.get_by_role("button", name="Save and go on"))
    choose(page.get_by_label("No", exact=True))
    press(page.get_by_role("button", name="Save and go on"))

    expect(page.get_by_role("heading", level=1)).not_to_have_text("Remarks")
    page.goto(f"{address}/check")
    press(page.get_by_role("button", name="Send the report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Report received")
    reference = page.locator("strong").filter(has_text="R-").first.inner_text()
    page.go_back()
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text(reference)


def visit_reported_at(address: str, service: Service) -> Visited:
    """Its week began when the example was loaded, whatever the day is by now."""
    engine = open_engine(service.database_url)
    with reading(engine) as session:
        visit = session.get_one(Visited, int(address.split("/")[-2]))
    engine.dispose()
    return visit


def test_a_coordinator_publishes_the_draft(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.COORDINATOR, PHONE, scripts=False)
    press(page.get_by_role("link", name="Draft rota to publish"))
    press(page.get_by_role("button", name="Review and publish").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish this rota?")
    press(page.get_by_role("button", name="Publish"))
    expect(page.get_by_role("alert").first).to_contain_text("Published")


def test_a_coordinator_moves_somebody_on(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.COORDINATOR, PHONE, scripts=False)
    press(page.get_by_role("link", name="People", exact=True))
    press(page.get_by_role("link", name="Bethan Marsh"))
    press(page.get_by_role("link", name="Move").first)
    choose(page.get_by_label("Shortlisted"))
    press(page.get_by_role("button", name="Record the step"))
    expect(page.get_by_role("main")).to_contain_text("shortlisted")


def test_a_panel_member_reads_the_figures_of_the_example(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.PANEL, PHONE, scripts=False)
    page.get_by_text("Choose another period").click()
    page.get_by_label("First month").select_option("2023-12")
    page.get_by_label("Last month").select_option("2024-01")
    press(page.get_by_role("button", name="Show these months"))
    said = page.locator("[data-icv=summary]")
    for fact in ("100%", "Seventeen", "Nothing serious", "Twenty-seven", "Fifteen", "thirty-one"):
        expect(said).to_contain_text(fact)


def test_the_police_answer_a_finding(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.POLICE, PHONE, scripts=False)
    press(page.get_by_role("main").get_by_role("link").first)
    typed(page.get_by_role("textbox"), "Blankets were delivered on Monday and are checked at each handover.")
    press(page.get_by_role("button", name="Send the reply"))
    expect(page.get_by_role("main")).to_contain_text("your reply is with the scheme")


def test_a_stranger_applies(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.PANEL, PHONE, scripts=False)
    page.context.clear_cookies()
    page.goto(f"{service.url}/apply/")
    press(page.get_by_role("main").get_by_role("link").first)
    press(page.get_by_role("button", name="Start"))
    begun_at = monotonic()
    save = page.get_by_role("button", name="Save and go on")
    typed(page.get_by_label("Full name"), "Gwen Applicant")
    press(save)
    press(save)
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    typed(page.get_by_label("E-mail address"), "gwen@example.org")
    press(save)
    tick(page.get_by_label("I live here"))
    typed(page.get_by_label("Which town or village?"), "Anytown")
    press(save)
    choose(page.get_by_label("Yes"))
    press(save)
    expect(page.get_by_role("heading", level=1)).to_contain_text("one of these roles")
    for role in page.get_by_label("I am not a").all():
        tick(role)
    press(save)
    choose(page.get_by_label("No", exact=True))
    press(save)
    typed(page.get_by_label("In your own words"), "I have time, and I would like to be of use.")
    press(save)
    for referee in ("Sam", "Alex"):
        typed(page.get_by_label("Full name"), f"{referee} Neighbour")
        typed(page.get_by_label("E-mail address"), f"{referee.lower()}@example.org")
        typed(page.get_by_label("How do they know you?"), "A neighbour since 2015")
        tick(page.get_by_label("This person is not related to me"))
        press(save)
    press(save)
    tick(page.get_by_label("I agree to be vetted"))
    tick(page.get_by_label("I agree that my referees"))
    press(save)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.wait_for_timeout(1000 * max(0, LEAST_SECONDS_OF_WRITING - (monotonic() - begun_at)))
    tick(page.get_by_label("What I have said in this application is true"))
    press(page.get_by_role("button", name="Send"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Application sent")


def test_a_referee_answers(service: Service, sign_in: Visit) -> None:
    page = sign_in(service, Role.PANEL, PHONE, scripts=False)
    page.context.clear_cookies()
    page.goto(f"{service.url}/reference/{a_referee_asked(service)}")
    for label, words in (
        ("How do you know", "We worked together for six years"),
        ("Are they reliable", "Yes"),
        ("Do they treat", "Always"),
        ("Does anything make", "Nothing"),
        ("Your name", "Alex Colleague"),
    ):
        typed(page.get_by_label(label), words)
    choose(page.get_by_label("Yes", exact=True))
    press(page.get_by_role("button", name="Send"))
    expect(page.get_by_role("main")).to_contain_text("Thank you")


def a_referee_asked(service: Service) -> str:
    """The token of the latest letter to a referee who has not answered."""
    engine, tokens = open_engine(service.database_url), list[str]()

    def address_of(token: str) -> str:
        tokens.append(token)
        return token

    with writing(engine) as session:
        silent = session.scalars(
            sa.select(Referee).where(Referee.answered_at.is_(None), Referee.asked_at.is_not(None)).limit(1)
        ).one()
        coordinator = Actor(1, None, "Coordinator", frozenset({Role.COORDINATOR}))
        now = datetime.now(UTC)
        ask_referee(
            session,
            silent.person_id,
            silent.id,
            Choices(),
            address_of=address_of,
            by=coordinator,
            at=now,
        )
        session.commit()
    engine.dispose()
    return tokens[0]


def reached(control: Locator) -> Page:
    """Tabs until the control has the focus, as somebody without a mouse does."""
    page = control.page
    expect(control).to_be_attached()
    for _ in range(MOST_TABS):
        if control.evaluate("it => it === document.activeElement"):
            return page
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {control}")


def press(control: Locator) -> None:
    """Each leads to a page: the next key would still go to the old one, which may ask the same questions."""
    page = reached(control)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(control: Locator, words: str) -> None:
    page = reached(control)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def tick(control: Locator) -> None:
    reached(control).keyboard.press("Space")


def choose(control: Locator) -> None:
    """Radios are one stop of the Tab key; arrows go through them."""
    page = control.page
    group = page.locator(f"input[name='{control.get_attribute('name')}']")
    for _ in range(MOST_TABS):
        if group.evaluate_all("them => them.includes(document.activeElement)"):
            break
        page.keyboard.press("Tab")
    if control.evaluate("it => it === document.activeElement"):
        page.keyboard.press("Space")
    for _ in range(group.count()):
        if control.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrows do not reach {control}")
