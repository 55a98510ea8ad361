"""The vetting board: everybody from vetting to suspended, by where their vetting stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.records import VettingFacts
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.vetting import (
    VettingState,
    counted,
    covered_until,
    is_overdue,
    is_waiting,
    standing_of,
    vetting_state,
)
from icv.store.people import Kept
from icv.store.vetting.records import Vetted, people_vetted, vettings_of

PAGE = 100


@dataclass(frozen=True, slots=True)
class BoardWanted:
    """Whom the board is asked for. `state` None: everybody; `is_overdue`: those with a late request."""

    state: VettingState | None = None
    is_overdue: bool = False
    team_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A row of the board: the request that waits for its outcome, and the clearance that reaches furthest.

    `until` is the last day that clearance counts, or counted; None where it has no end or there is none.
    """

    id: int
    name: str
    team: str | None
    stage: Stage
    state: VettingState
    level: str
    asked_on: date | None
    is_overdue: bool
    request_id: int | None
    cleared_on: date | None
    until: date | None
    refused_on: date | None


@dataclass(frozen=True, slots=True)
class Board:
    """`lines` are all that fit; `shown` those of the page. The counts are of the team, whatever the tab."""

    lines: list[BoardLine]
    by_state: Counter[VettingState]
    overdue: int
    page: int
    last_page: int

    @property
    def shown(self) -> list[BoardLine]:
        return self.lines[(self.page - 1) * PAGE : self.page * PAGE]


def board(session: Session, wanted: BoardWanted, day: date, choices: Choices) -> Board:
    """Requests by the day they were asked for, clearances by the day they end, everybody else by name."""
    people = people_vetted(session, day, team_id=wanted.team_id)
    of_each = vettings_of(session, [person.id for person in people])
    lines = [board_line(person, of_each[person.id], day, choices) for person in people]
    fitting = sorted((line for line in lines if _fits(line, wanted)), key=lambda line: _order(line, wanted))
    last_page = max(1, -(-len(fitting) // PAGE))
    return Board(
        fitting,
        Counter(line.state for line in lines),
        sum(line.is_overdue for line in lines),
        min(max(wanted.page, 1), last_page),
        last_page,
    )


def board_line(
    person: Vetted, records: Sequence[Kept[VettingFacts]], day: date, choices: Choices
) -> BoardLine:
    """Records in the order in which they were entered."""
    standing = standing_of([kept.facts for kept in records])
    until = covered_until(standing.vettings, day)
    request = max(
        (kept for kept in records if is_waiting(kept.facts)),
        key=lambda kept: (kept.facts.requested_on or date.min, kept.id),
        default=None,
    )
    asked_on = request.facts.requested_on if request else None
    reaching, ends_on = _reaching(records, until or date.max)
    level = reaching.level or (records[-1].facts.level if records else "")
    return BoardLine(
        id=person.id,
        name=person.name,
        team=person.team,
        stage=person.stage,
        state=vetting_state(standing, day, choices.expiry_warning_days),
        level=level,
        asked_on=asked_on,
        is_overdue=is_overdue(asked_on, day, choices.vetting_overdue_days),
        request_id=request.id if request else None,
        cleared_on=reaching.cleared_on,
        until=ends_on,
        refused_on=standing.vetting_refused_on,
    )


def _reaching(records: Sequence[Kept[VettingFacts]], until: date) -> tuple[VettingFacts, date | None]:
    """The clearance that counts, or counted, to the latest day up to `until`, and that day if it has one."""
    spans = [
        (span.until or date.max, kept.id, kept.facts) for kept in records if (span := counted(kept.facts))
    ]
    ends_on, _, facts = max(
        (one for one in spans if one[0] <= until),
        key=lambda one: one[:2],
        default=(date.max, 0, VettingFacts()),
    )
    return facts, None if ends_on == date.max else ends_on


def _fits(line: BoardLine, wanted: BoardWanted) -> bool:
    if wanted.is_overdue:
        return line.is_overdue
    return wanted.state is None or line.state is wanted.state


def _order(line: BoardLine, wanted: BoardWanted) -> date:
    """Sorting keeps the order by name among equals."""
    if wanted.is_overdue or wanted.state is VettingState.REQUESTED:
        return line.asked_on or date.max
    return (line.until or date.max) if wanted.state else date.min
