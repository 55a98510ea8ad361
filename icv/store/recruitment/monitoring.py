"""Diversity answers: counted as they are given, and read as counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from icv.rules.monitoring import are_asked, are_shown
from icv.store.people import Round
from icv.store.recruitment.tables import Application, MonitoringCount


@dataclass(frozen=True, slots=True)
class Asking:
    """Until when a round asks the voluntary questions; `is_final`: its counts may never change again."""

    closed_on: date | None
    is_final: bool

    def is_on(self, day: date) -> bool:
        return are_asked(self.closed_on, day, are_final=self.is_final)

    def is_shown_on(self, day: date) -> bool:
        return self.is_final or are_shown(self.closed_on, day)


def asking_of(session: Session, round_id: int, *, is_to_count: bool = False) -> Asking | None:
    """None where no round has the number.

    `is_to_count` keeps others from counting and from moving the round's days until the transaction ends.
    """
    asked = sa.select(Round.closed_on, Round.answers_are_final).where(Round.id == round_id)
    row = session.execute(asked.with_for_update(key_share=True) if is_to_count else asked).one_or_none()
    return Asking(*row) if row else None


def count_answers(session: Session, round_id: int, answers: Mapping[str, str]) -> None:
    """One more for each answer, in one statement: two at once both count."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    # In one order for everybody, so that two at once wait for each other and never both.
    rows = [
        {"round_id": round_id, "question": question, "answer": answer, "number": 1}
        for question, answer in sorted(answers.items())
    ]
    session.execute(
        insert(MonitoringCount)
        .values(rows)
        .on_conflict_do_update(
            index_elements=["round_id", "question", "answer"],
            set_={"number": MonitoringCount.number + 1},
        )
    )


def counts_of(session: Session, round_id: int) -> dict[str, dict[str, int]]:
    """By question, then by answer; answers nobody gave are not there."""
    counts: dict[str, dict[str, int]] = {}
    rows = session.execute(
        sa.select(MonitoringCount.question, MonitoringCount.answer, MonitoringCount.number).where(
            MonitoringCount.round_id == round_id
        )
    )
    for question, answer, number in rows:
        counts.setdefault(question, {})[answer] = number
    return counts


def applications_sent(session: Session, round_id: int) -> int:
    """How many came in by the public page: who could have answered."""
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(Application)
            .where(Application.round_id == round_id, Application.sent_at.is_not(None))
        )
        or 0
    )
