"""The visits of drafts, known by suite, week and number: the same however often they are drawn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from icv.store.rota import DraftLine, Rota, draft_visits

SIX_DAYS = timedelta(days=6)

Where = tuple[int, date, int]
"""A visit of a draft by suite, Monday and number in that week."""


def numbered(visits: Iterable[tuple[int, date]]) -> list[Where]:
    """Suite and Monday of each, with its number among those of the same."""
    numbers: Counter[tuple[int, date]] = Counter()
    found = []
    for suite, monday in visits:
        numbers[suite, monday] += 1
        found.append((suite, monday, numbers[suite, monday]))
    return found


def lines_of(session: Session, drafts: Sequence[Rota]) -> dict[Where, DraftLine]:
    """Of several drafts together: of two visits in the same place the later draft's."""
    found: dict[Where, DraftLine] = {}
    for draft in drafts:
        lines = draft_visits(session, draft.id)
        places = numbered((line.suite_id, line.week_starts_on) for line in lines)
        found |= dict(zip(places, lines, strict=True))
    return found
