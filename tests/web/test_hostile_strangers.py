"""What strangers may send, and what they lose or learn by it: applications, and references by link."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.stages import Stage
from icv.services.accounts import digest
from icv.store.recruitment import Application
from icv.store.references import ReferenceLink
from tests.applications import answers, draft_of, round_open
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop


@pytest.fixture
def draft(browser: Browser, make: Workshop, session: Session) -> Application:
    """Begun and complete, and held by this device."""
    kept = draft_of(session, round_open(make).id, answers())
    browser.get("/apply/return/token").send(button="Open my application")
    return kept


@pytest.mark.parametrize("name", ["\u200b", "...", "\u202e\u202e", "\x01\x02"])
def test_a_name_must_be_something_to_see(browser: Browser, draft: Application, name: str) -> None:
    """An applicant in a list is a link: without letters there is nothing to press."""
    browser.get("/apply/yours/name").send({"name": name}, status=422)
    assert "Enter your name" in browser.text


def test_control_characters_are_left_out_of_what_is_typed(
    browser: Browser, draft: Application, session: Session
) -> None:
    """A workbook that holds one cannot be opened. Word processors end lines with one of them."""
    browser.get("/apply/yours/why").send({"why": "I have\x07 worked\x0bin\u202e care\x1b[31m."})
    session.expire_all()
    assert draft.answers["why"]["why"] == "I have worked\nin care[31m."


def test_deleting_what_was_sent_meanwhile_is_not_said_to_be_done(
    browser: Browser, draft: Application, session: Session
) -> None:
    browser.get("/apply/yours")
    draft.sent_at = NOW
    session.commit()
    browser.send(button="Delete it")
    assert "is deleted" not in browser.text
    assert "has been sent" in browser.text
    assert session.scalars(sa.select(Application.id)).all() == [draft.id]


WRITTEN = {"capacity": "I taught her for six years", "recommends": "yes", "signed": "Ruth Hall"}
ENDS = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("link", "stage", "at", "status"),
    [
        ("kept", Stage.APPLIED, ENDS, 410),
        ("kept", Stage.WITHDRAWN, NOW, 410),
        ("lost", Stage.APPLIED, NOW, 404),
    ],
)
def test_a_referee_whose_link_ends_while_they_write_can_copy_what_they_wrote(
    browser: Browser, make: Workshop, clock: Clock, link: str, stage: Stage, at: datetime, status: int
) -> None:
    referee = make.referee(make.person(stage), asked_at=NOW, fails_on=TODAY)
    make.keep(ReferenceLink(referee_id=referee.id, token_digest=digest("kept"), made_at=NOW, expires_at=ENDS))
    clock.at = at
    browser.get("/apply/find").post(f"/reference/{link}", WRITTEN, status=status)
    assert "It was not sent" in browser.text
    assert "I taught her for six years" in browser.text
