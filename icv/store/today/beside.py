"""What waits beside the visiting: letters not delivered, drafts of panel papers, criteria unseen for long."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from icv.rules.days import add_months, london_day, midnight
from icv.rules.words import plural
from icv.store.letters import Letter, LetterState
from icv.store.papers import PanelPaper, PaperWords
from icv.store.quality import Criterion
from icv.store.today.waiting import About, Urgency, Waiting

PAPER_WAITS = timedelta(days=7)
CRITERIA_SEEN_MONTHS = 12


def beside(session: orm.Session, on: date) -> Iterator[Waiting]:
    """A draft waits when nobody has written in it for a week; a criterion, when nobody has for a year."""
    days = {
        "drafts_before": midnight(on - PAPER_WAITS),
        "seen_before": midnight(add_months(on, -CRITERIA_SEEN_MONTHS)),
    }
    for about, paper_id, title, number, since in session.execute(_BESIDE, days):
        if not number:
            continue
        day = london_day(since)
        match about:
            case About.LETTERS:
                who = plural(number, "letter")
                yield Waiting(Urgency.NOW, About.LETTERS, 0, "Not delivered", who, day)
            case About.PAPER:
                yield Waiting(Urgency.COMING, About.PAPER, paper_id, "Draft paper to finish", title, day)
            case About.BINDER:
                what = "Criteria not looked at for a year"
                who = f"Quality binder: {plural(number, 'criterion', 'criteria')}"
                yield Waiting(Urgency.COMING, About.BINDER, 0, what, who, day)


def _counted(
    about: About, since: orm.InstrumentedAttribute[datetime], which: sa.ColumnElement[bool]
) -> sa.Select[str, int, str, int, datetime]:
    nothing = sa.literal(0), sa.literal("")
    return sa.select(sa.literal(about.value), *nothing, sa.func.count(), sa.func.min(since)).where(which)


# Put together once, and asked in one question: the page has many.
_TOUCHED = sa.func.coalesce(sa.func.max(PaperWords.written_at), PanelPaper.drafted_at)
_BESIDE: sa.CompoundSelect[Any] = sa.union_all(
    _counted(
        About.LETTERS,
        Letter.made_at,
        Letter.state.in_([LetterState.FAILED, LetterState.MAY_HAVE_BEEN_SENT]),
    ),
    _counted(About.BINDER, Criterion.changed_at, Criterion.changed_at < sa.bindparam("seen_before")),
    sa.select(sa.literal(About.PAPER.value), PanelPaper.id, PanelPaper.title, sa.literal(1), _TOUCHED)
    .outerjoin(PaperWords, PaperWords.paper_id == PanelPaper.id)
    .where(PanelPaper.frozen_at.is_(None))
    .group_by(PanelPaper.id, PanelPaper.title, PanelPaper.drafted_at)
    .having(sa.bindparam("drafts_before") > _TOUCHED),
)
