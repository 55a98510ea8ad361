"""Diversity answers: counted as they are given, and read as counts."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from icv.store.recruitment.tables import Application, MonitoringCount


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
