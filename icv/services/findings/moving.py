"""Moving findings on: put to the police, answered, sent back, closed, reopened; one or several at once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.findings import LEADS_TO, EventKind, FindingState, may
from icv.rules.replies import reminded_when_asked, reply_due_on
from icv.services.findings.errors import FindingError
from icv.services.findings.events import keep_event, locked
from icv.services.findings.publishing import withdraw_taken_up
from icv.services.findings.telling import Moved, tell_of_moves, tell_of_news
from icv.store.findings import Finding
from icv.store.scheme import choices_on

MOST_WORDS = 4000
WORDS_MISSING = {
    EventKind.REPLIED: "Write your reply",
    EventKind.SENT_BACK: "Say what is still to be answered",
    EventKind.CLOSED: "Say what was done, so that anyone can see why it is closed",
    EventKind.REOPENED: "Say why it is taken up again",
}
_IS_NEWS = frozenset({EventKind.REPLIED, EventKind.CLOSED})


def move(
    session: Session,
    finding_id: int,
    kind: EventKind,
    words: str = "",
    *,
    by: Actor | None,
    at: datetime,
    by_words: str = "",
) -> Finding:
    """Puts a finding to the police, answers, sends back, closes or reopens it, and tells whom it concerns.

    `words` may be empty only when it is first put to the police. Whatever awaits a reply is due anew,
    sooner when serious. The days on the finding are those that count now; the events keep them all, and
    none of them is ever changed: what was said stands. `by` None: an officer without an account, whose
    name is `by_words`. What is taken up again is withdrawn from the public page.
    """
    return move_several(session, [finding_id], kind, words, by=by, at=at, by_words=by_words)[0]


def move_several(
    session: Session,
    finding_ids: Collection[int],
    kind: EventKind,
    words: str = "",
    *,
    by: Actor | None,
    at: datetime,
    by_words: str = "",
) -> list[Finding]:
    """The same for several in the same words: all of them, or none where one cannot. One letter a reader."""
    found = locked(session, *finding_ids)
    _refuse_out_of_turn(found.values(), kind, len(set(finding_ids)))
    if not words and kind in WORDS_MISSING:
        raise FindingError(WORDS_MISSING[kind], field="words")
    taken_up = [
        number
        for number, finding in found.items()
        if FindingState.REOPENED in (finding.state, LEADS_TO[kind])
    ]
    moved = []
    for finding in found.values():
        _date(session, finding, LEADS_TO[kind], london_day(at))
        finding.state = LEADS_TO[kind]
        event = keep_event(session, finding.id, kind, words, by=by, at=at, by_words=by_words)
        moved.append(Moved(finding, event))
    withdraw_taken_up(session, taken_up, by=by, at=at)
    tell_of_moves(session, kind, moved, at=at)
    if kind in _IS_NEWS:
        tell_of_news(session, [finding for finding, _ in moved], at=at)
    return [finding for finding, _ in moved]


def _refuse_out_of_turn(found: Collection[Finding], kind: EventKind, asked: int) -> None:
    if len(found) < asked or not found:
        gone = "This finding is" if asked == 1 else "One of these findings is"
        raise FindingError(f"{gone} now gone, so that cannot be done. Look at it again first.")
    stuck = [finding for finding in found if not may(kind, finding.state)]
    if stuck and len(found) == 1:
        state = stuck[0].state.words
        raise FindingError(f"This finding is now {state}, so that cannot be done. Look at it again first.")
    if stuck:
        raise FindingError(f"Nothing was done, because of {_named(stuck)}. Leave it out or look at it again.")


def _named(findings: Sequence[Finding]) -> str:
    return ", ".join(f"{finding.reference} (now {finding.state.words})" for finding in findings)


def _date(session: Session, finding: Finding, state: FindingState, on: date) -> None:
    match state:
        case FindingState.REPLIED:
            finding.replied_on = on
        case FindingState.CLOSED:
            finding.closed_on = on
        case _:
            choices = choices_on(session, on)
            finding.put_on = finding.put_on or on
            finding.due_on = reply_due_on(choices, on, is_serious=finding.is_serious)
            finding.reminded_on = reminded_when_asked(choices, on, finding.due_on)
            finding.escalated_on = finding.replied_on = finding.closed_on = None
