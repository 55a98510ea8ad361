"""Phones that send at the same moment, on real databases: one report is filed, nothing is lost or doubled."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.digests import digest_of
from icv.rules.report import Arrival, ContactNote, FindingsNote, Headcount, Remarks, SuiteNote
from icv.rules.signing import SubmissionState
from icv.rules.visits import DutyState
from icv.services import reports
from icv.services.reports import Received, Sent, SentPart
from icv.store.engine import writing
from icv.store.letters import Letter
from icv.store.visits import Duty, Report, ReportSection, Submission
from tests.services.at_once import gave_at_once
from tests.services.reports.conftest import COMPLETED, Pair
from tests.workshop import NOW, Workshop

KEY = "new:0b7c9a52-7d1c-4f6e-9a10-3f3f7d6f0001"
Act = Callable[[Session], Any]


class Beginning:
    """A pair with a visit, committed, and a coordinator who would be told."""

    def __init__(self, engine: sa.Engine) -> None:
        with writing(engine) as session:
            make = Workshop(session)
            make.account(Role.COORDINATOR)
            pair = Pair(make)
            session.commit()
            self.visit_id, self.one, self.other = pair.visit.id, pair.one, pair.other

    def submits(self, sent: Sent, by: Actor) -> Act:
        return lambda session: reports.receive_submission(session, self.visit_id, sent, by=by, at=NOW)

    def saves(self, parts: list[SentPart], by: Actor) -> Act:
        return lambda session: reports.receive_parts(session, self.visit_id, parts, by=by, at=NOW)


def whole(words: str, submission: str | None = None) -> Sent:
    parts = {
        "arrival": Arrival(**COMPLETED),
        "counts": Headcount(in_custody=0),
        "suite": SuiteNote(),
        "findings": FindingsNote(nothing_to_raise=True),
        "remarks": Remarks(positives=words, saw_serious=False),
    }
    content = {"remarks": {"positives": words}}
    listed = [SentPart(name, part) for name, part in parts.items()]
    return Sent(submission or str(uuid4()), digest_of(content), 3, content, listed)


def kept(engine: sa.Engine, column: Any) -> list[Any]:
    with Session(engine) as session:
        return list(session.scalars(sa.select(column).order_by(column)))


def test_eight_replays_at_once_are_one_report_with_one_receipt(apart: sa.Engine) -> None:
    begun, sent = Beginning(apart), whole("Kind")
    got = gave_at_once(apart, *[begun.submits(sent, begun.one)] * 8)
    assert all(isinstance(one, Received) for one in got), got
    assert len({(one.reference, one.received_at, one.kept_apart) for one in got}) == 1
    assert sorted(one.is_new for one in got) == [False] * 7 + [True]
    assert kept(apart, Submission.state) == [SubmissionState.FILED]
    assert len(kept(apart, Report.reference)) == 1


def test_four_tabs_sending_the_same_need_no_copy(apart: sa.Engine) -> None:
    begun = Beginning(apart)
    got = gave_at_once(apart, *[begun.submits(whole("Kind"), begun.one) for _ in range(4)])
    assert len({one.reference for one in got}) == 1
    assert not any(one.kept_apart for one in got)
    assert kept(apart, Letter.id) == []


def test_of_two_phones_with_different_words_one_is_filed_and_one_kept_apart(apart: sa.Engine) -> None:
    begun = Beginning(apart)
    sent = [(whole("Kind staff"), begun.one), (whole("Cold cells"), begun.other)]
    got = gave_at_once(apart, *[begun.submits(*one) for one in sent])
    assert sorted(one.kept_apart for one in got) == [False, True]
    assert len({one.reference for one in got}) == 1
    filed = next(one for (one, _), answer in zip(sent, got, strict=True) if not answer.kept_apart)
    beside = next(one for (one, _), answer in zip(sent, got, strict=True) if answer.kept_apart)
    with Session(apart) as session:
        content = session.scalars(sa.select(Report.content)).one()
        assert content is not None
        assert content["remarks"]["positives"] == filed.content["remarks"]["positives"]
        copy = session.scalars(sa.select(Submission).where(Submission.state == SubmissionState.APART)).one()
        assert (copy.submission_id, copy.content) == (beside.submission_id, {"fields": beside.content})
    assert len(kept(apart, Letter.id)) == 1


def test_replays_after_the_visit_was_given_away_are_one_copy(apart: sa.Engine) -> None:
    begun, sent = Beginning(apart), whole("Kind")
    with writing(apart) as session:
        session.execute(
            sa.update(Duty).where(Duty.person_id == begun.one.person_id).values(state=DutyState.RELEASED)
        )
        session.commit()
    acts = [begun.submits(sent, begun.one)] * 6 + [begun.submits(whole("Cold cells"), begun.other)]
    *got, filed = gave_at_once(apart, *acts)
    assert all(one.kept_apart and one.no_longer_yours and one.reference is None for one in got), got
    assert sorted(one.is_new for one in got) == [False] * 5 + [True]
    assert (filed.kept_apart, filed.no_longer_yours) == (False, False)
    assert kept(apart, Submission.state) == [SubmissionState.APART, SubmissionState.FILED]
    assert len(kept(apart, Letter.id)) == 1


def test_a_part_replayed_at_once_is_added_once(apart: sa.Engine) -> None:
    begun = Beginning(apart)
    contact = SentPart(f"contact-{KEY}", ContactNote(custody_number="EU/1/26", was_seen=True), 0)
    got = gave_at_once(apart, *[begun.saves([contact], begun.one)] * 8)
    assert all(one == {contact.name: reports.Saved("contact-1", 1)} for one in got), got
    assert kept(apart, ReportSection.name) == ["contact-1"]


def test_parts_of_both_phones_and_a_report_at_once_lose_nothing(apart: sa.Engine) -> None:
    begun = Beginning(apart)
    late = SentPart("remarks", Remarks(positives="From the partner", saw_serious=False), 0)
    got = gave_at_once(
        apart,
        begun.submits(whole("Kind"), begun.one),
        begun.saves([late], begun.other),
    )
    assert isinstance(got[0], Received)
    was_first = not isinstance(got[1], reports.NotOpen)
    assert kept(apart, Submission.state) == ["apart"] * was_first + ["filed"]
