"""The other visitor's word on a filed report: theirs alone, given once, and it stands as they said it.

A word that their partner gave for them, by saying that both signed together, gives way to their own.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.bounds import MOST_ANSWER
from icv.rules.days import day_in_words, london_day
from icv.rules.signing import Answer, Signed
from icv.rules.visits import HELD
from icv.services.letters import PageAddress
from icv.services.reports.drafts import holds_duty, locked_visit, report_row
from icv.services.reports.errors import ReportError
from icv.services.reports.word_letters import tell_of_word
from icv.store.accounts import Account
from icv.store.people import Person
from icv.store.trail import note
from icv.store.visits import Addendum, Countersign, Duty, Report, Visit


def countersign(
    session: Session,
    visit_id: int,
    answer: Answer,
    words: str,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> bool:
    """The visitor's own word; False where it is the one they had given before: a second press.

    Raises ReportError for whoever sent the report or is not of its pair, before it is filed, for another
    word than the one given before, and for words that the answer has no use for or lacks.
    """
    visit = locked_visit(session, visit_id)
    report = filed_report(session, visit)
    if by.person_id is None or not holds_duty(session, visit, by):
        raise ReportError("Only the two visitors of this visit can countersign its report.")
    if report.filed_by_id == by.account_id:
        raise ReportError("You sent this report: it is the other visitor who countersigns it.")
    words = fitting(answer, words)
    given = _given(session, report, by.person_id)
    if given and given.how is not Signed.TOGETHER:
        return _same(given, answer, words)
    if given:
        _replace(session, visit, report, given, answer, words, by=by, at=at)
    else:
        _keep(session, visit, report, by.person_id, answer, Signed.OWN, words, by=by, at=at)
    if answer is not Answer.AGREES:
        tell_of_word(session, visit, report, by.person_id, answer, by=by, at=at, page=page)
    return True


def countersign_on_paper(
    session: Session,
    visit_id: int,
    person_id: int,
    answer: Answer,
    words: str,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """What a visitor wrote or signed on paper, entered by the coordinator. Raises ReportError as above."""
    visit = locked_visit(session, visit_id)
    report = filed_report(session, visit)
    if person_id not in partners_of(session, visit, report):
        raise ReportError("It is not waited for: this visitor sent the report, or was not on the visit.")
    words = fitting(answer, words)
    if _given(session, report, person_id):
        raise ReportError("This visitor’s word is in already, and stands.")
    _keep(session, visit, report, person_id, answer, Signed.ON_PAPER, words, by=by, at=at)
    if answer is not Answer.AGREES:
        tell_of_word(session, visit, report, person_id, answer, by=by, at=at, page=page)


def sign_for(
    session: Session,
    visit: Visit,
    report: Report,
    how: Signed,
    people: Collection[int] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """With the filing of a report that its visitors signed together, or on paper: all of them, or `people`.

    Whoever files it, and whoever was not on the visit, is left out.
    """
    for person_id in partners_of(session, visit, report):
        if people is None or person_id in people:
            _keep(session, visit, report, person_id, Answer.AGREES, how, "", by=by, at=at)


def partners_of(session: Session, visit: Visit, report: Report) -> list[int]:
    """The visitors of a filed report who did not send it: one, or both where it was entered from paper."""
    return list(
        session.scalars(
            sa.select(Duty.person_id)
            .join(Person, Person.id == Duty.person_id)
            .where(
                Duty.visit_id == visit.id,
                Duty.state.in_(HELD),
                Person.account_id.is_distinct_from(report.filed_by_id),
            )
            .order_by(Duty.place)
        )
    )


def filed_report(session: Session, visit: Visit) -> Report:
    """Of a locked visit. Raises ReportError where there is none."""
    report = report_row(session, visit)
    if report is None or report.filed_at is None:
        raise ReportError("No report of this visit has been sent yet.")
    return report


def fitting(answer: Answer, words: str) -> str:
    """The words that go with an answer: none with a plain yes, and some with the others."""
    words = words.strip()
    if len(words) > MOST_ANSWER:
        raise ReportError(f"Write at most {MOST_ANSWER:,} characters", field="words")
    if answer is Answer.AGREES and words:
        raise ReportError(f"You wrote something: choose “{Answer.ADDS.words}”", field="answer")
    if answer is Answer.ADDS and not words:
        raise ReportError("Write what you add", field="words")
    if answer is Answer.DISAGREES and not words:
        raise ReportError("Write what you do not agree with, and how it was", field="words")
    return words


def _given(session: Session, report: Report, person_id: int) -> Countersign | None:
    return session.scalar(
        sa.select(Countersign)
        .where(Countersign.report_id == report.id, Countersign.person_id == person_id)
        .execution_options(populate_existing=True)
    )


def _same(given: Countersign, answer: Answer, words: str) -> bool:
    if (given.answer, given.words) != (answer, words):
        raise ReportError("Your word on this report is in, and stands. Add to the report instead.")
    return False


def _replace(
    session: Session,
    visit: Visit,
    report: Report,
    given: Countersign,
    answer: Answer,
    words: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Puts the visitor's own word for the one given with theirs; what was said before is kept beside it."""
    before = {
        "replaced": given.how,
        "replaced_at": given.made_at.isoformat(),
        "replaced_by": given.made_by_id,
    }
    name = session.get_one(Person, given.person_id).name
    sender = session.get(Account, given.made_by_id) if given.made_by_id else None
    said_before = (
        f"Signed together on {day_in_words(london_day(given.made_at))}, said"
        f" {sender.name if sender else 'whoever sent it'}; then {name} gave their own word:"
        f" {name} {answer.said}."
    )
    session.add(Addendum(report_id=report.id, words=said_before, made_at=at, made_by_id=by.account_id))
    given.answer, given.how, given.words = answer, Signed.OWN, words
    given.made_at, given.made_by_id = at, by.account_id
    session.flush()
    said = {"person": given.person_id, "answer": answer, "how": Signed.OWN, "digest": report.digest}
    note(session, "countersign report", "visit", visit.id, by=by.account_id, at=at, **said, **before)


def _keep(
    session: Session,
    visit: Visit,
    report: Report,
    person_id: int,
    answer: Answer,
    how: Signed,
    words: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    session.add(
        Countersign(
            report_id=report.id,
            person_id=person_id,
            answer=answer,
            how=how,
            words=words,
            made_at=at,
            made_by_id=by.account_id,
        )
    )
    session.flush()
    said = {"person": person_id, "answer": answer, "how": how, "digest": report.digest}
    note(session, "countersign report", "visit", visit.id, by=by.account_id, at=at, **said)
