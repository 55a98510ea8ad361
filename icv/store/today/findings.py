"""What waits about findings: to act on, to put to the police, to read, and what the police owe."""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import WITH_POLICE, FindingState
from icv.store.findings import Finding
from icv.store.suites import Suite
from icv.store.today.waiting import About, Urgency, Waiting
from icv.store.visits import Visit


def findings(session: Session, on: date) -> Iterator[Waiting]:
    asked = WITH_POLICE | {FindingState.RAISED, FindingState.REPLIED}
    lines = session.execute(
        sa.select(
            Finding.id,
            Finding.state,
            Finding.is_serious,
            Finding.category,
            Finding.raised_on,
            Finding.due_on,
            Finding.replied_on,
            Finding.escalated_on,
            Suite.name,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Finding.state.in_(asked))
    )
    for number, state, is_serious, category, raised_on, due_on, replied_on, escalated_on, suite in lines:
        who = f"{category.capitalize()}, {suite}"
        if state is FindingState.RAISED:
            urgency = Urgency.NOW if is_serious else Urgency.THIS_WEEK
            what = "Serious finding to act on" if is_serious else "Finding to put to the police"
            yield Waiting(urgency, About.FINDING, number, what, who, raised_on)
        elif state is FindingState.REPLIED:
            yield Waiting(
                Urgency.THIS_WEEK, About.FINDING, number, "Reply to read", who, replied_on or raised_on
            )
        elif due_on:
            is_late = due_on < on
            near = Urgency.THIS_WEEK if due_on <= on + timedelta(days=7) else Urgency.COMING
            urgency = Urgency.NOW if is_late else near
            overdue = "Police reply overdue, taken higher" if escalated_on else "Police reply overdue"
            what = overdue if is_late else "Police reply due"
            yield Waiting(urgency, About.FINDING, number, what, who, due_on)
