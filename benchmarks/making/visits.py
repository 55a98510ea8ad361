"""Visits week by week: rotas, pairs that may go, and what became of the visits whose week is over."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.making.chance import Chance, Spread, at
from benchmarks.making.members import Member
from benchmarks.making.reports import Reports
from benchmarks.making.rows import Rows
from benchmarks.making.scheme import MadeSuite
from benchmarks.scheme_sizes import Size
from icv.rules.visits import ATTEMPTED, DutyState, Outcome
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.visits import Duty, Visit

SIX_DAYS = timedelta(days=6)
QUARTER = 13
OUTCOMES = {
    Outcome.COMPLETED: 950,
    Outcome.MISSED: 20,
    Outcome.CANCELLED: 15,
    Outcome.ABANDONED: 6,
    Outcome.NO_ACCESS: 5,
    Outcome.SUITE_CLOSED: 4,
}
ANSWERS = {DutyState.ACCEPTED: 72, DutyState.OFFERED: 25, DutyState.DECLINED: 3}

Pair = tuple[Member | None, Member | None]


@dataclass(frozen=True, slots=True)
class Week:
    """`number` is 0 for this week; of those before it, negative."""

    number: int
    monday: date

    @property
    def sunday(self) -> date:
        return self.monday + SIX_DAYS


class Visits:
    def __init__(
        self,
        rows: Rows,
        size: Size,
        suites: list[MadeSuite],
        members: list[Member],
        by: int,
        chance: Chance,
        monday: date,
    ) -> None:
        self._rows, self._size, self._suites = rows, size, suites
        self._by, self._chance, self._monday = by, chance, monday
        self._members: defaultdict[int, list[Member]] = defaultdict(list)
        for member in members:
            self._members[member.team].append(member)
        self._reports = Reports(rows, size, by, chance, monday)
        self._extras = Spread(chance, size.extra_visits / size.weeks_past)

    def make(self) -> None:
        rotas = self._rotas()
        for number in range(-self._size.weeks_past, self._size.weeks_ahead):
            week = self._week(number)
            drawn = self._drawn(week)
            for suite, pair in drawn:
                self._visit(week, suite, pair, rotas[number])
            if number < 0:
                for count in range(self._extras.next()):
                    self._extra(week, count + 1, drawn)
        self._draft()

    def _week(self, number: int) -> Week:
        return Week(number, self._monday + timedelta(weeks=number))

    def _rotas(self) -> dict[int, int]:
        """The published rota of each week: of quarters up to now, then one that begins this week."""
        firsts = [*sorted({max(-self._size.weeks_past, week) for week in self._quarters()}), 0]
        ends = [*firsts[1:], self._size.weeks_ahead]
        return {
            number: rota
            for first, end in zip(firsts, ends, strict=True)
            for rota in [self._rota(first, end, RotaState.PUBLISHED)]
            for number in range(first, end)
        }

    def _quarters(self) -> range:
        return range(-QUARTER, -self._size.weeks_past - QUARTER, -QUARTER)

    def _rota(self, first: int, end: int, state: RotaState) -> int:
        begins, ends = self._week(first).monday, self._week(end).monday - timedelta(days=1)
        drawn_at = min(begins, self._monday) - timedelta(days=21)
        published = {"published_at": at(drawn_at + timedelta(days=3)), "published_by_id": self._by}
        return self._rows.add(
            Rota,
            first_on=begins,
            last_on=ends,
            state=state,
            seed=self._chance.getrandbits(31),
            certificate={
                "status": "feasible",
                "words": "Whether another leaves fewer visits empty is not proven.",
                "goals": [],
                "quality": {},
                "taken_as_free": 0,
                "was_stopped": False,
            },
            made_at=at(drawn_at),
            made_by_id=self._by,
            **(published if state is RotaState.PUBLISHED else {}),
        )

    def _drawn(self, week: Week) -> list[tuple[MadeSuite, Pair]]:
        """The suites due and who goes: each visitor once at most, and never two on probation."""
        due: defaultdict[int, list[MadeSuite]] = defaultdict(list)
        for suite in self._suites:
            if suite.is_due(week.number):
                due[suite.team].append(suite)
        drawn: list[tuple[MadeSuite, Pair]] = []
        for team, suites in due.items():
            pairs = self._pairs(team, week)
            drawn += [(suite, next(pairs, (None, None))) for suite in suites]
        return drawn

    def _pairs(self, team: int, week: Week) -> Iterator[Pair]:
        # Weeks are made in order: whoever has left is never asked again.
        self._members[team] = [
            member for member in self._members[team] if not member.left_on or member.left_on > week.monday
        ]
        able = [member for member in self._members[team] if member.can_go(week.monday)]
        self._chance.shuffle(able)
        able.sort(key=lambda member: not member.is_new(week.monday))
        while able:
            first = able.pop(0)
            partner = next((one for one in able if not one.is_new(week.monday)), None)
            if partner:
                able.remove(partner)
            yield first, partner
            self._chance.shuffle(able)

    def _visit(self, week: Week, suite: MadeSuite, pair: Pair, rota: int) -> None:
        self._add(week, suite, pair, f"{_week_code(week)}-{suite.code}-1", rota)

    def _extra(self, week: Week, count: int, drawn: list[tuple[MadeSuite, Pair]]) -> None:
        """An extra visit is made by a pair of the week, somewhere they go anyway."""
        suite, pair = self._chance.choice(drawn)
        if None not in pair:
            self._add(week, suite, pair, f"{_week_code(week)}-{suite.code}-X{count}", None)

    def _add(self, week: Week, suite: MadeSuite, pair: Pair, reference: str, rota: int | None) -> None:
        outcome = self._outcome(week, pair, is_planned=rota is not None)
        visitors = [member for member in pair if member]
        filed = None
        if outcome in ATTEMPTED:
            filed = self._reports.filled_in(outcome, week.monday, suite.code)
        visit = self._rows.add(
            Visit,
            reference=reference,
            suite_id=suite.id,
            rota_id=rota,
            week_starts_on=week.monday,
            week_ends_on=week.sunday,
            is_scheduled=rota is not None,
            outcome=outcome,
            cancelled_on=self._cancelled_on(week) if outcome is Outcome.CANCELLED else None,
            **(filed.register if filed else {"reason": _REASONS.get(outcome, "") if outcome else ""}),
        )
        for place, member in enumerate(pair, 1):
            if member:
                self._duty(week, visit, place, member)
        if filed:
            self._reports.file(filed, visit, reference, visitors)
        elif outcome is None and week.number == -1 and visitors:
            self._reports.begin(visit, visitors[0], week.monday, suite.code)

    def _outcome(self, week: Week, pair: Pair, *, is_planned: bool) -> Outcome | None:
        """Of a visit whose week is over; of the last two weeks some reports are still to come."""
        if week.number >= 0:
            return None
        if None in pair:
            return Outcome.MISSED
        if not is_planned:
            return Outcome.COMPLETED
        if week.number >= -2 and self._chance.happens(0.25):
            return None
        return self._chance.mostly(OUTCOMES)

    def _cancelled_on(self, week: Week) -> date:
        return week.monday + timedelta(days=self._chance.choice((-9, -4, -2, 1)))

    def _duty(self, week: Week, visit: int, place: int, member: Member) -> None:
        given_at = at(min(week.monday, self._monday) - timedelta(days=18))
        state = DutyState.ACCEPTED if week.number < 2 else self._chance.mostly(ANSWERS)
        self._rows.add(
            Duty,
            visit_id=visit,
            person_id=member.id,
            place=place,
            state=state,
            uid=self._chance.uid(),
            sequence=0,
            given_at=given_at,
            given_by_id=self._by,
            changed_at=given_at + timedelta(hours=30 if state is DutyState.ACCEPTED else 0),
        )

    def _draft(self) -> None:
        """The quarter after what is published, drawn and not yet published."""
        first = self._size.weeks_ahead
        rota = self._rota(first, first + QUARTER, RotaState.DRAFT)
        for number in range(first, first + QUARTER):
            week = self._week(number)
            for suite, pair in self._drawn(week):
                one, two = (member.id if member else None for member in pair)
                self._rows.add(
                    DraftVisit,
                    rota_id=rota,
                    suite_id=suite.id,
                    week_starts_on=week.monday,
                    week_ends_on=week.sunday,
                    visitor_1_id=one,
                    visitor_2_id=two,
                    suggested_slots=[[2, 3]],
                )


_REASONS = {Outcome.MISSED: "Nobody could go.", Outcome.CANCELLED: "The suite was closed for repairs."}


def _week_code(week: Week) -> str:
    year, number, _ = week.monday.isocalendar()
    return f"{year}-W{number:02}"
