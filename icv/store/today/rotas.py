"""What waits about drafts of rotas: to be published, or to be chosen between."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, short_day
from icv.store.rota import Rota, RotaState, side_by_side
from icv.store.today.waiting import About, Urgency, Waiting


def drafts(session: Session) -> Iterator[Waiting]:
    """Of two drafts of the same weeks one has to be chosen before either can be published."""
    rows = session.execute(
        sa.select(Rota.id, Rota.first_on, Rota.last_on, Rota.made_at).where(Rota.state == RotaState.DRAFT)
    )
    drawn = {
        number: (f"{short_day(first_on)} to {short_day(last_on)}", london_day(made_at))
        for number, first_on, last_on, made_at in rows
    }
    pairs = side_by_side(session) if len(drawn) > 1 else []
    for earlier, later in pairs:
        period, made_on = drawn[later]
        what = "Two drafts: choose one"
        yield Waiting(Urgency.THIS_WEEK, About.DRAFTS, earlier, what, period, made_on, other_id=later)
    for number in drawn.keys() - {number for pair in pairs for number in pair}:
        period, made_on = drawn[number]
        yield Waiting(Urgency.COMING, About.ROTA, number, "Draft rota to publish", period, made_on)
