"""The paper of a period as it would be drafted now: nothing is stored."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.paper import Paper, PaperKind
from icv.rules.paper.composing import composed, live_blocks
from icv.rules.paper.head import usual_head
from icv.rules.paper.wording import kept, placed
from icv.store.figures.panel import panel_figures
from icv.store.scheme import choices_on


def live_paper(
    session: Session, kind: PaperKind, period: Period, *, as_of: date, dated_on: date, author: str = ""
) -> Paper:
    """Without an author it is the office’s."""
    found, named = panel_figures(session, period, as_of=as_of), choices_on(session, as_of)
    head = usual_head(kind, period, author=author, dated_on=dated_on, choices=named)
    return composed(kind, head, found, kept(placed(live_blocks(kind, found, named), ())), named=named)
