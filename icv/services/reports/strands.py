"""What is kept of a filed record review or dog-welfare visit, for the counters of its strand."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from icv.rules.report import DogsNote, Draft, RecordNote, Three
from icv.rules.visits import Outcome, VisitKind
from icv.store.visits import StrandCheck, StrandCount, Visit


def enter_strand(session: Session, visit: Visit, draft: Draft) -> None:
    """The visit's own times and counts stay empty: no figure of visits is made from it."""
    visit.outcome = Outcome.COMPLETED
    noted: list[RecordNote | DogsNote]
    if visit.kind is VisitKind.RECORD_REVIEW:
        noted, titles = [*draft.records.values()], draft.questions.record_checks
        number = len(noted)
    else:
        noted, titles = [draft.dogs], draft.questions.dog_checks
        number = draft.dogs.seen or 0
    made_on = draft.made_on or visit.week_ends_on
    session.add(StrandCount(visit_id=visit.id, made_on=made_on, number=number))
    session.add_all(_checks(visit.id, titles, [one.checks for one in noted]))


def _checks(
    visit_id: int, titles: Mapping[str, str], noted: Iterable[Mapping[str, Three]]
) -> Iterable[StrandCheck]:
    answers = [*noted]
    for position, (key, title) in enumerate(titles.items()):
        said = Counter(one.get(key, Three.NOT_ASKED) for one in answers)
        yield StrandCheck(
            visit_id=visit_id,
            key=key,
            position=position,
            title=title,
            yes=said[Three.YES],
            no=said[Three.NO],
            unsaid=said[Three.NOT_ASKED],
        )
