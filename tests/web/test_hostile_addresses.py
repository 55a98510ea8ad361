"""Addresses and fields that nobody types by mistake: each is answered by a page, and nothing breaks."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services import accounts as desk
from icv.store.engine import open_engine
from icv.store.people import Person
from icv.web.typed import without_unseen
from tests.web.browser import Browser
from tests.workshop import Workshop

LONG_PASSWORD = "a boat under the bridge"
TOO_LARGE = (2**31, 2**63, 10**25)
Browse = Callable[..., Browser]


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_number_larger_than_any_on_record_is_the_address_of_nothing(
    browse_as: Browse, make: Workshop, number: int
) -> None:
    browse_as(Role.COORDINATOR).get(f"/people/{number}", status=404)
    volunteer = browse_as(Role.VOLUNTEER, person=make.person())
    volunteer.get(f"/duties/{number}", status=404)
    volunteer.get(f"/visits/{number}/report", status=404)


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_rota_that_cannot_be_is_a_new_one_to_draw(browse_as: Browse, number: int) -> None:
    browse_as(Role.COORDINATOR).get(f"/rota/draw?again={number}")


@pytest.mark.parametrize(
    "asked",
    ["from=0001-01&to=0001-02", "from=0001-01-01&to=0001-01-02", "from=9999-12-31&to=9999-12-31"],
)
@pytest.mark.parametrize("role", [Role.PANEL, Role.COORDINATOR])
def test_a_period_at_the_end_of_time_is_refused_in_words(browse_as: Browse, role: Role, asked: str) -> None:
    page = browse_as(role).get(f"/panel/?{asked}", status=422)
    assert "Choose" in page.text


@pytest.mark.parametrize("elsewhere", ["/\t/elsewhere.example", "/\n/elsewhere.example", "/\r\n/elsewhere"])
def test_signing_in_leads_nowhere_else_by_way_of_signs_that_browsers_leave_out(
    browser: Browser, make: Workshop, session: Session, elsewhere: str
) -> None:
    account = make.account(Role.PANEL, password_hash=desk.HASHER.hash(LONG_PASSWORD))
    browser.post(
        "/sign-in",
        {"email": account.email, "password": LONG_PASSWORD, "next": elsewhere},
        status=302,
        follow=False,
    )
    assert browser.answer is not None
    assert browser.answer.headers["Location"] == "/"


@pytest.mark.parametrize("sign", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_signs_that_turn_the_order_of_words_round_are_left_out_of_what_is_typed(sign: int) -> None:
    """They show another name, or another end of a file’s name, than is on record."""
    assert without_unseen(f"Ada {chr(sign)}Example") == "Ada Example"


@pytest.mark.parametrize(
    "signs", ["\u200b", "\u200d\u2060 \ufeff", "\u00ad", "\x85\x9f", "\u3164", "\u2800\ufe0f", "\x00\u202e"]
)
def test_what_cannot_be_seen_is_no_name_however_long_it_is(
    browse_as: Browse, session: Session, signs: str
) -> None:
    """Nobody could find the person, or open their page, in any list."""
    assert without_unseen(f"{signs}Ada{signs}").strip(signs + " ") == "Ada"
    coordinator = browse_as(Role.COORDINATOR).get("/people/add")
    coordinator.send({"name": signs, "email": "ada@example.org"}, status=422)
    assert "Enter the name" in coordinator.text
    assert session.scalar(sa.select(sa.func.count(Person.id))) == 0


def test_nul_characters_are_left_out_of_what_is_typed(browse_as: Browse, session: Session) -> None:
    """PostgreSQL refuses them in any text."""
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get("/people/?words=%00").get("/people/add")
    coordinator.send({"name": "Ada\0 Example", "email": "ada@example.org"})
    assert session.scalars(sa.select(Person.name)).one() == "Ada Example"


def test_what_the_database_refuses_is_not_repeated_in_the_error() -> None:
    """Errors go to a log, and what people typed does not."""
    engine = open_engine("sqlite://")
    with pytest.raises(sa.exc.OperationalError) as refused, engine.connect() as connection:
        connection.execute(sa.text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Ada Example"})
    engine.dispose()
    assert "Ada Example" not in str(refused.value)


def test_an_address_without_its_last_stroke_leads_nowhere_else(browser: Browser) -> None:
    answer = browser.client.get("/people?stage=active", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/people/?stage=active"


def test_two_at_one_moment_are_told_so(browse_as: Browse, session: Session) -> None:
    """Where two write at once, PostgreSQL refuses the second; here a trigger does as it would."""
    refusing = "CREATE TRIGGER at_once BEFORE INSERT ON teams BEGIN SELECT RAISE(ABORT, 'at once'); END"
    session.execute(sa.text(refusing))
    page = browse_as(Role.COORDINATOR).get("/settings/teams")
    try:
        answer = page.client.post("/settings/teams/", data={"csrf_token": page.token(), "name": "North"})
    finally:
        session.execute(sa.text("DROP TRIGGER at_once"))
        session.commit()
    assert answer.status_code == 409
    assert "at the same moment" in answer.get_data(as_text=True)
