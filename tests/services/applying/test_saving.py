"""An application is begun and saved while a round is open, and deleted with its time."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.services.accounts import digest
from icv.services.recruitment import beginning as desk
from icv.services.sweeping import sweep
from icv.store.recruitment import Application
from icv.store.recruitment.applications import application_held
from tests.applications import answers, draft_of, round_open
from tests.services.applying.writing import DAY, MINUTE, begin, save
from tests.workshop import NOW, TODAY, Workshop


@pytest.mark.parametrize(
    "closed",
    [{"is_public": False}, {"opened_on": TODAY + DAY}, {"closed_on": TODAY}, {"opened_on": None}],
)
def test_only_a_round_open_to_all_takes_applications(
    session: Session, make: Workshop, closed: dict[str, Any]
) -> None:
    with pytest.raises(desk.ApplyingError, match="no applications today"):
        begin(session, make, **closed)


def test_the_last_day_of_a_round_is_one_of_its_days(session: Session, make: Workshop) -> None:
    assert begin(session, make, opened_on=TODAY, closed_on=TODAY + DAY)


def test_only_the_digest_of_a_draft_s_token_is_kept(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    kept = session.scalars(sa.select(Application)).one()
    assert kept.token_digest == digest(token)
    assert application_held(session, digest("another"), at=NOW) is None


def test_a_page_is_kept_tidy_and_the_draft_as_long_again(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    save(session, token, "name", {"name": "  Ada   Byron "}, at=NOW + DAY)
    held = application_held(session, digest(token), at=NOW + DAY)
    assert held
    assert held.answers == {"name": {"name": "Ada Byron"}}
    assert held.expires_at == NOW + DAY + desk.DRAFTS_LAST


def test_what_is_no_answer_is_refused_with_all_that_is_wrong(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    with pytest.raises(desk.Unanswered) as refusal:
        save(session, token, "contact", {"email": "ada", "phone": "ring me"})
    assert {fault.field for fault in refusal.value.faults} == {"email", "phone"}
    with pytest.raises(desk.ApplyingError):
        save(session, token, "shoes", {})


def test_a_draft_ends_with_its_time_and_is_swept_out(session: Session, make: Workshop) -> None:
    token = begin(session, make)
    ends_at = NOW + desk.DRAFTS_LAST
    sent = draft_of(session, round_open(make, "Summer").id, answers(), token="sent")
    sent.sent_at = NOW
    session.flush()
    assert application_held(session, digest(token), at=ends_at - MINUTE)
    assert application_held(session, digest(token), at=ends_at) is None
    with pytest.raises(desk.ApplyingError, match="not here any more"):
        save(session, token, "name", {"name": "Ada"}, at=ends_at)
    sweep(session, at=ends_at - MINUTE)
    assert len(session.scalars(sa.select(Application.id)).all()) == 2
    sweep(session, at=ends_at)
    assert session.scalars(sa.select(Application.id)).all() == [sent.id]


def test_a_draft_is_deleted_when_its_writer_asks_and_what_was_sent_is_not(
    session: Session, make: Workshop
) -> None:
    token = begin(session, make)
    desk.delete(session, token, at=NOW)
    assert session.scalars(sa.select(Application.id)).all() == []
    draft_of(session, round_open(make, "Summer").id, answers(), token="sent").sent_at = NOW
    with pytest.raises(desk.ApplyingError, match="has been sent"):
        desk.delete(session, "sent", at=NOW)
    assert len(session.scalars(sa.select(Application.id)).all()) == 1
