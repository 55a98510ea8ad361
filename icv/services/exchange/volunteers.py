"""Volunteers in and out: the person, and the latest of each record that clearance is made from."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.exchange.rows import Line, RowError
from icv.rules.exchange.volunteers import VOLUNTEERS, VolunteerRow
from icv.rules.stages import APPOINTED, Stage
from icv.services.exchange.book import Author, Book, Change, add, change, ids_by, made_by_name
from icv.store.people import Person, Round, StageStep, Term, Training, Vetting, stands
from icv.store.scheme import Team

LatestStep = tuple[Stage, date | None]


def volunteers_on_record(session: Session) -> list[VolunteerRow]:
    """By e-mail address in code-point order; of vettings, trainings and terms the latest recorded."""
    steps = _latest_steps(session)
    vettings = _latest(session, Vetting)
    trainings = _latest(session, Training)
    terms = _latest(session, Term)
    found = session.execute(
        sa.select(Person, Team.name, Round.name)
        .outerjoin(Team, Team.id == Person.team_id)
        .outerjoin(Round, Round.id == Person.round_id)
    )
    rows = [
        _row(
            person,
            team or "",
            round_ or "",
            steps.get(person.id, (Stage.APPLIED, None)),
            vettings.get(person.id),
            trainings.get(person.id),
            terms.get(person.id),
        )
        for person, team, round_ in found
    ]
    return sorted(rows, key=lambda row: row.email)


def _row(
    person: Person,
    team: str,
    round_: str,
    step: LatestStep,
    vetting: Vetting | None,
    training: Training | None,
    term: Term | None,
) -> VolunteerRow:
    stage, since = step
    belongs = stage in APPOINTED | {Stage.LEFT}
    appointed_on = person.appointed_on or (since if stage in APPOINTED else None)
    is_appointed = belongs and appointed_on is not None
    return VolunteerRow(
        name=person.name,
        email=person.email,
        phone=person.phone,
        team=team,
        stage=stage,
        round=round_,
        applied_on=person.applied_on,
        vetting_level=vetting.level if vetting else "",
        vetting_requested_on=vetting.requested_on if vetting else None,
        vetting_cleared_on=vetting.cleared_on if vetting else None,
        vetting_expires_on=vetting.expires_on if vetting else None,
        trained_on=training.trained_on if training else None,
        appointed_on=appointed_on if is_appointed else None,
        probation_ends_on=person.probation_ends_on if is_appointed else None,
        term_ends_on=term.ends_on if term and is_appointed else None,
        left_on=person.left_on or (since if stage is Stage.LEFT and is_appointed else None),
        left_reason=person.left_reason,
    )


def _latest_steps(session: Session) -> dict[int, LatestStep]:
    """Each person's last step by day; those of one day in the order they were made."""
    made = session.execute(
        sa.select(StageStep.person_id, StageStep.stage, StageStep.on)
        .where(stands(StageStep))
        .order_by(StageStep.id)
    )
    in_time = sorted(made, key=lambda step: step.on or date.min)
    return {step.person_id: (step.stage, step.on) for step in in_time}


def _latest(session: Session, table: type[Any]) -> dict[int, Any]:
    return {one.person_id: one for one in session.scalars(sa.select(table).order_by(table.id))}


class Volunteers(Book[VolunteerRow]):
    """With `--update` the latest vetting, training and term are corrected, and a new stage adds a step."""

    format = VOLUNTEERS
    reference = "email"
    subject = "person"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows = {row.email.casefold(): row for row in volunteers_on_record(session)}

    def key(self, cells: Mapping[str, Any]) -> Hashable:
        return cells.get("email", "").casefold() or None

    def is_known(self, cells: Mapping[str, Any]) -> bool:
        return self.key(cells) in self.rows

    def before(self, cells: Mapping[str, Any]) -> VolunteerRow | None:
        return self.rows.get(cells.get("email", "").casefold())

    def errors(self, lines: Sequence[Line]) -> Iterator[RowError]:
        return iter(())

    def doubts(self, lines: Sequence[Line]) -> Iterator[RowError]:
        """A record is corrected, never taken away by a blank."""
        for line in lines:
            before, row = self.before(line.cells), VolunteerRow(**line.cells)
            if before and before.trained_on and not row.trained_on:
                yield RowError(
                    line.number, "trained_on", f"is blank; the training of {before.trained_on} stays"
                )
            if before and before.is_vetted and not row.is_vetted:
                yield RowError(line.number, "vetting_level", "vetting is blank; the one on record stays")

    def keep(self, changes: Sequence[Change[VolunteerRow]], author: Author) -> list[int]:
        changed = self._keep_people(changes)
        people = ids_by(self.session, Person.email_key, Person.id)
        numbered = [(people[one.row.email.casefold()], one) for one in changes]
        self._add_steps(numbered, author)
        self._keep_vettings(numbered)
        self._keep_trainings(numbered)
        self._keep_terms(numbered)
        return changed

    def _keep_people(self, changes: Sequence[Change[VolunteerRow]]) -> list[int]:
        teams = made_by_name(self.session, Team, {one.row.team for one in changes})
        rounds = made_by_name(self.session, Round, {one.row.round for one in changes})
        people = ids_by(self.session, Person.email_key, Person.id)
        new, known = [], []
        for one in changes:
            cells = _person_cells(one.row, teams, rounds)
            if one.before:
                known.append({**cells, "id": people[cells["email_key"]]})
            else:
                new.append(cells)
        add(self.session, Person, new)
        return change(self.session, Person, known)

    def _add_steps(self, changes: list[tuple[int, Change[VolunteerRow]]], author: Author) -> None:
        latest = _latest_steps(self.session)
        steps = [
            {
                "person_id": person_id,
                "stage": one.row.stage,
                "on": _step_day(one, latest.get(person_id), london_day(author.at)),
                "made_at": author.at,
                "made_by_id": author.by,
            }
            for person_id, one in changes
            if one.before is None or one.row.stage is not one.before.stage
        ]
        add(self.session, StageStep, steps)

    def _keep_vettings(self, changes: list[tuple[int, Change[VolunteerRow]]]) -> None:
        cells = {
            person_id: {
                "level": one.row.vetting_level,
                "requested_on": one.row.vetting_requested_on,
                "cleared_on": one.row.vetting_cleared_on,
                "expires_on": one.row.vetting_expires_on,
            }
            for person_id, one in changes
            if one.row.is_vetted
        }
        self._keep_latest(Vetting, cells)

    def _keep_trainings(self, changes: list[tuple[int, Change[VolunteerRow]]]) -> None:
        cells = {
            person_id: {"trained_on": one.row.trained_on} for person_id, one in changes if one.row.trained_on
        }
        self._keep_latest(Training, cells)

    def _keep_terms(self, changes: list[tuple[int, Change[VolunteerRow]]]) -> None:
        """A term begins with the appointment; one renewed since keeps its own beginning."""
        starts = {person_id: term.starts_on for person_id, term in _latest(self.session, Term).items()}
        cells = {}
        for person_id, one in changes:
            if one.row.appointed_on:
                was_first = one.before is None or starts.get(person_id) == one.before.appointed_on
                start = one.row.appointed_on if was_first else starts.get(person_id, one.row.appointed_on)
                cells[person_id] = {"starts_on": start, "ends_on": one.row.term_ends_on}
        self._keep_latest(Term, cells)

    def _keep_latest(self, table: type[Any], cells: dict[int, dict[str, Any]]) -> None:
        """Corrects each person's latest record, or adds the first."""
        latest = {person_id: one.id for person_id, one in _latest(self.session, table).items()}
        add(
            self.session,
            table,
            [{**new, "person_id": one} for one, new in cells.items() if one not in latest],
        )
        change(
            self.session, table, [{**new, "id": latest[one]} for one, new in cells.items() if one in latest]
        )


def _person_cells(row: VolunteerRow, teams: dict[str, int], rounds: dict[str, int]) -> dict[str, Any]:
    return {
        "name": row.name,
        "email": row.email,
        "email_key": row.email.casefold(),
        "phone": row.phone,
        "team_id": teams.get(row.team),
        "round_id": rounds.get(row.round),
        "applied_on": row.applied_on,
        "appointed_on": row.appointed_on,
        "probation_ends_on": row.probation_ends_on,
        "left_on": row.left_on,
        "left_reason": row.left_reason,
    }


def _step_day(one: Change[VolunteerRow], latest: LatestStep | None, today: date) -> date | None:
    """A new person's step is dated by the row. A later one must follow what is on record to count at all:
    where the row's day does not (active to on leave, both dated by the appointment) it is the day of import.
    """
    own = one.row.stage_on
    if one.before is None or latest is None:
        return own
    since = latest[1] or date.min
    return own if own and own > since else max(today, since)
