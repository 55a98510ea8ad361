"""The vetting board: everybody from vetting to suspended, by where their vetting stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.clearance import Validity
from icv.rules.records import VettingFacts
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.vetting import (
    VettingState,
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
    requests = [kept for kept in records if is_waiting(kept.facts)]
    request = max(requests, key=_asked, default=None)
    asked_on = standing.vetting_requested_on
    reaching = _reaching(standing.vettings, day)
    spoken_of = reaching.of if reaching else ""
    return BoardLine(
        id=person.id,
        name=person.name,
        team=person.team,
        stage=person.stage,
        state=vetting_state(standing, day, choices.expiry_warning_days),
        level=spoken_of or (records[-1].facts.level if records else ""),
        asked_on=asked_on,
        is_overdue=is_overdue(asked_on, day, choices.vetting_overdue_days),
        request_id=request.id if request else None,
        cleared_on=reaching.since if reaching else None,
        until=reaching.until if reaching else None,
        refused_on=standing.vetting_refused_on,
    )


def _asked(kept: Kept[VettingFacts]) -> tuple[date, int]:
    return kept.facts.requested_on or date.min, kept.id


def _reaching(vettings: Sequence[Validity], day: date) -> Validity | None:
    """The clearance that counts, or counted, longest without a gap from the day on."""
    if len(vettings) < 2:
        return vettings[0] if vettings else None
    limit = covered_until(vettings, day) or date.max
    within = [one for one in vettings if (one.until or date.max) <= limit]
    return max(within, key=lambda one: one.until or date.max)


def _fits(line: BoardLine, wanted: BoardWanted) -> bool:
    if wanted.is_overdue:
        return line.is_overdue
    return wanted.state is None or line.state is wanted.state


def _order(line: BoardLine, wanted: BoardWanted) -> date:
    """Sorting keeps the order by name among equals."""
    if wanted.is_overdue or wanted.state is VettingState.REQUESTED:
        return line.asked_on or date.max
    return (line.until or date.max) if wanted.state else date.min
