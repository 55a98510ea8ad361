"""Findings of the reports, and their way to the police and back."""

from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.making.chance import Chance, Spread, at
from benchmarks.making.rows import Rows
from icv.rules.findings import CATEGORIES, EventKind, FindingState
from icv.rules.references import next_reference
from icv.rules.report import FindingNote, Settled
from icv.store.findings import Finding, FindingEvent

SETTLED = {Settled.PUT_RIGHT: 72, Settled.ALREADY_ACTIONED: 8, Settled.NEEDS_REPLY: 20}
DETAILS = (
    "No blankets were left in the store, and two people had none.",
    "The light in cell 4 flickers, and the call bell of cell 9 does not ring.",
    "Hygiene packs were not offered until we asked.",
    "The rights and entitlements booklet was not to be had in the language needed.",
    "Food past its date in the kitchen cupboard.",
    "A medication was given two hours late.",
)
SERIOUS_SHARE = 0.015
NEVER_ANSWERED_SHARE = 0.03
REOPENED_SHARE = 0.03


class Findings:
    def __init__(self, rows: Rows, rate: float, by: int, chance: Chance, monday: date) -> None:
        self._rows, self._chance, self._by, self._monday = rows, chance, by, monday
        self._number = Spread(chance, rate)

    def noted(self) -> list[FindingNote]:
        """What the visitors write of one visit."""
        return [self._note() for _ in range(self._number.next())]

    def _note(self) -> FindingNote:
        settled = self._chance.mostly(SETTLED)
        return FindingNote(
            category=self._chance.choice(CATEGORIES),
            detail=self._chance.choice(DETAILS),
            settled=settled,
            put_right_by="The custody sergeant saw to it." if settled is Settled.PUT_RIGHT else "",
            is_serious=self._chance.happens(SERIOUS_SHARE),
        )

    def keep(
        self,
        notes: list[FindingNote],
        visit: int,
        reference: str,
        raised_on: date,
        filed_at: datetime,
        by: int,
    ) -> None:
        taken: set[str] = set()
        for note in notes:
            taken.add(own := next_reference(f"{reference}-", taken))
            state, days = note.state, dict[str, date]()
            if state is FindingState.RAISED:
                state, days = self._way(raised_on + timedelta(days=3), note.is_serious)
            finding = self._rows.add(
                Finding,
                reference=own,
                visit_id=visit,
                category=note.category,
                state=state,
                is_serious=note.is_serious,
                detail=note.detail,
                raised_on=raised_on,
                **{name: days.get(name) for name in ("put_on", "due_on", "replied_on", "closed_on")},
            )
            self._rows.note("raise finding", "finding", finding, by=by, at=filed_at)
            self._event(finding, EventKind.RAISED, raised_on, note.what_became)
            self._events(finding, days)

    def _way(self, put_on: date, is_serious: bool) -> tuple[FindingState, dict[str, date]]:
        """How far it has come by now, and on which days."""
        if put_on >= self._monday:
            return FindingState.RAISED, {}
        days = {"put_on": put_on, "due_on": put_on + timedelta(days=5 if is_serious else 14)}
        replied_on = put_on + timedelta(days=self._chance.randint(3, 25))
        recent = put_on > self._monday - timedelta(days=400)
        if replied_on >= self._monday or (recent and self._chance.happens(NEVER_ANSWERED_SHARE)):
            return FindingState.AWAITING_REPLY, days
        days["replied_on"] = replied_on
        closed_on = replied_on + timedelta(days=self._chance.randint(1, 20))
        if closed_on >= self._monday:
            return FindingState.REPLIED, days
        if recent and self._chance.happens(REOPENED_SHARE):
            return FindingState.REOPENED, days | {"reopened_on": closed_on}
        return FindingState.CLOSED, days | {"closed_on": closed_on}

    def _events(self, finding: int, days: dict[str, date]) -> None:
        for name, kind, text in (
            ("put_on", EventKind.PUT_TO_POLICE, ""),
            ("replied_on", EventKind.REPLIED, "Thank you. This has been put right and staff were reminded."),
            ("closed_on", EventKind.CLOSED, "The visitors looked again, and it is in order."),
            ("reopened_on", EventKind.REOPENED, "Seen again at the next visit."),
        ):
            if name in days:
                self._event(finding, kind, days[name], text)

    def _event(self, finding: int, kind: EventKind, on: date, text: str) -> None:
        values: dict[str, Any] = {"finding_id": finding, "kind": kind, "on": on, "text": text}
        self._rows.add(FindingEvent, **values, made_at=at(on, 23), made_by_id=self._by)
