"""Rows of findings: what was raised at a visit, and what the police did."""

from dataclasses import dataclass
from datetime import date

from icv.rules.bounds import MOST_ANSWER, MOST_NAME, MOST_REFERENCE
from icv.rules.exchange import cells
from icv.rules.exchange.rows import Format, Rule, in_order
from icv.rules.findings import PUT_TO_POLICE, EventKind, FindingState


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """`finding` is the row's own reference, made from the visit's where blank."""

    finding: str = ""
    visit: str
    category: str
    state: FindingState
    serious: bool = False
    raised_on: date
    detail: str = ""
    due_on: date | None = None
    replied_on: date | None = None
    closed_on: date | None = None

    @property
    def put_on(self) -> date | None:
        """The day it was put to the police, taken as the day it was raised; None: it never was.

        A closed one was put to them only if a reply was due or came: others the scheme closed by itself.
        """
        if self.state not in PUT_TO_POLICE:
            return None
        if self.state is FindingState.CLOSED and not (self.due_on or self.replied_on):
            return None
        return self.raised_on

    @property
    def events(self) -> list[tuple[EventKind, date]]:
        """What the row tells of its way, in order."""
        told = [
            (EventKind.RAISED, self.raised_on),
            (EventKind.PUT_TO_POLICE, self.put_on),
            (EventKind.REPLIED, self.replied_on),
            (EventKind.CLOSED, self.closed_on),
        ]
        known = [(kind, on) for kind, on in told if on]
        if self.state is FindingState.REOPENED:
            known.append((EventKind.REOPENED, max(on for _, on in known)))
        return known


def _state_needs(state: FindingState, column: str) -> Rule:
    def fault(found: FindingState, on: date | None) -> str | None:
        return f"must not be blank: the finding is {state}" if found is state and on is None else None

    return Rule(column, ("state", column), fault)


FINDINGS = Format(
    kind="findings",
    row=FindingRow,
    readers={
        "finding": cells.at_most(MOST_REFERENCE + len("-99999")),  # made of its visit’s and a number
        "visit": cells.name,
        "category": cells.at_most(MOST_NAME),
        "state": cells.one_of(FindingState),
        "serious": cells.yes_no,
        "raised_on": cells.day,
        "detail": cells.at_most(MOST_ANSWER, cells.text),
        "due_on": cells.day,
        "replied_on": cells.day,
        "closed_on": cells.day,
    },
    rules=(
        _state_needs(FindingState.REPLIED, "replied_on"),
        _state_needs(FindingState.CLOSED, "closed_on"),
        in_order("raised_on", "due_on"),
        in_order("raised_on", "replied_on"),
        in_order("raised_on", "closed_on"),
    ),
    done=("raised_on", "replied_on", "closed_on"),
)
