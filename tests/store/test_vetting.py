"""Questions about everybody's vetting, on both databases: the board, what ends, what is late, decisions."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.records import VettingFacts
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.vetting import VettingState, standing_of, vetting_state
from icv.store.people import NO_TEAM, StageStep, standings
from icv.store.vetting import (
    BoardWanted,
    board,
    levels_on_record,
    requests_overdue,
    vettings_ending,
    vettings_of,
)
from tests.vetted import until, with_vettings
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
A_DAY = timedelta(days=1)


def test_the_board_has_everybody_once_and_its_tabs_add_up(session: Session, make: Workshop) -> None:
    with_vettings(make, name="None")
    with_vettings(make, VettingFacts(requested_on=TODAY - 31 * A_DAY), name="Late", stage=Stage.VETTING)
    with_vettings(make, VettingFacts(requested_on=TODAY - 30 * A_DAY), name="Asked", stage=Stage.VETTING)
    with_vettings(make, until(TODAY + 91 * A_DAY), name="In date")
    with_vettings(make, until(TODAY + 90 * A_DAY), name="Expiring")
    with_vettings(make, until(TODAY - A_DAY), VettingFacts(requested_on=date(2025, 1, 1)), name="Expired")
    with_vettings(make, until(date(2030, 1, 1), refused_on=TODAY), name="Withdrawn")
    for stage in (Stage.APPLIED, Stage.INTERVIEWED, Stage.LEFT, Stage.REJECTED):
        make.person(stage, left_on=TODAY if stage is Stage.LEFT else None)

    found = board(session, BoardWanted(), TODAY, CHOICES)
    names = {line.name: line.state for line in found.lines}
    assert names == {
        "Asked": VettingState.REQUESTED,
        "Expired": VettingState.EXPIRED,
        "Expiring": VettingState.EXPIRING,
        "In date": VettingState.IN_DATE,
        "Late": VettingState.REQUESTED,
        "None": VettingState.NONE,
        "Withdrawn": VettingState.REFUSED,
    }
    assert found.by_state.total() == len(found.lines)
    late = board(session, BoardWanted(is_overdue=True), TODAY, CHOICES)
    assert [line.name for line in late.lines] == ["Expired", "Late"]
    assert found.overdue == late.overdue == 2
    for state in VettingState:
        of_tab = board(session, BoardWanted(state=state), TODAY, CHOICES)
        assert len(of_tab.lines) == found.by_state[state]
        assert {line.state for line in of_tab.lines} <= {state}


def test_a_line_says_what_is_in_force_and_what_was_asked_for(session: Session, make: Workshop) -> None:
    person = with_vettings(
        make,
        VettingFacts("NPPV2", date(2022, 12, 1), date(2023, 1, 1), TODAY + 20 * A_DAY),
        VettingFacts("SC", requested_on=TODAY - 5 * A_DAY),
    )
    line = board(session, BoardWanted(), TODAY, CHOICES).lines[0]
    assert (line.level, line.cleared_on, line.until) == ("NPPV2", date(2023, 1, 1), TODAY + 20 * A_DAY)
    assert line.asked_on == TODAY - 5 * A_DAY
    assert line.request_id == vettings_of(session, [person.id])[person.id][1].id


def test_a_renewal_recorded_ahead_that_leaves_a_gap_does_not_hide_the_end(
    session: Session, make: Workshop
) -> None:
    later = VettingFacts("SC", cleared_on=TODAY + 30 * A_DAY, expires_on=date(2030, 1, 1))
    with_vettings(make, until(TODAY + 20 * A_DAY), later)
    line = board(session, BoardWanted(), TODAY, CHOICES).lines[0]
    assert (line.state, line.level, line.until) == (VettingState.EXPIRING, "NPPV2", TODAY + 20 * A_DAY)


def test_vetting_without_an_end_is_in_date_and_shows_none(session: Session, make: Workshop) -> None:
    with_vettings(make, VettingFacts("SC", cleared_on=TODAY))
    line = board(session, BoardWanted(), TODAY, CHOICES).lines[0]
    assert (line.state, line.cleared_on, line.until) == (VettingState.IN_DATE, TODAY, None)


def test_the_board_of_a_team_and_of_those_without(session: Session, make: Workshop) -> None:
    north = make.team("North")
    make.person(name="Asha", team_id=north.id), make.person(name="Ben")
    for team_id, expected in ((north.id, ["Asha"]), (NO_TEAM, ["Ben"]), (None, ["Asha", "Ben"])):
        found = board(session, BoardWanted(team_id=team_id), TODAY, CHOICES)
        assert [line.name for line in found.lines] == expected


def test_the_board_asks_as_often_for_many_as_for_one(session: Session, make: Workshop) -> None:
    make.person()
    asked: list[str] = []
    watch = lambda conn, cursor, statement, *more: asked.append(statement)  # noqa: E731
    sa.event.listen(session.get_bind(), "before_cursor_execute", watch)
    board(session, BoardWanted(), TODAY, CHOICES)
    of_one = len(asked)
    for _ in range(20):
        make.person()
    session.flush()
    asked.clear()
    assert len(board(session, BoardWanted(), TODAY, CHOICES).lines) == 21
    assert len(asked) == of_one == 2
    sa.event.remove(session.get_bind(), "before_cursor_execute", watch)


def test_standings_see_the_same_vetting_as_the_board(session: Session, make: Workshop) -> None:
    records = (
        until(TODAY),
        until(TODAY + A_DAY, refused_on=TODAY - A_DAY),
        VettingFacts(requested_on=TODAY),
        VettingFacts(requested_on=TODAY - A_DAY, refused_on=TODAY),
    )
    for first in records:
        for second in records:
            person_id = with_vettings(make, first, second).id
            whole, alone = standings(session, [person_id])[person_id], standing_of([first, second])
            for day in (TODAY - A_DAY, TODAY, TODAY + A_DAY, TODAY + 2 * A_DAY):
                assert vetting_state(whole, day, 90) is vetting_state(alone, day, 90)


def test_only_visitors_in_office_come_to_an_end(session: Session, make: Workshop) -> None:
    ends = until(TODAY + 10 * A_DAY)
    office = {
        with_vettings(make, ends, stage=stage).id
        for stage in (Stage.PROBATION, Stage.ACTIVE, Stage.ON_LEAVE, Stage.SUSPENDED)
    }
    with_vettings(make, ends, stage=Stage.TRAINING)
    leaving = with_vettings(make, ends, left_on=TODAY)
    session.add(StageStep(person_id=leaving.id, stage=Stage.LEFT, on=TODAY, made_at=NOW))
    session.flush()
    found = vettings_ending(session, TODAY)
    assert {one.person.id for one in found} == office
    assert {(one.threshold, one.last_day) for one in found} == {(30, TODAY + 10 * A_DAY)}


def test_a_vetting_that_another_follows_does_not_end(session: Session, make: Workshop) -> None:
    follows = VettingFacts(cleared_on=TODAY + 11 * A_DAY, expires_on=date(2030, 1, 1))
    with_vettings(make, until(TODAY + 10 * A_DAY), follows)
    assert vettings_ending(session, TODAY) == []
    gap = VettingFacts(cleared_on=TODAY + 12 * A_DAY, expires_on=date(2030, 1, 1))
    with_vettings(make, until(TODAY + 10 * A_DAY), gap)
    assert [one.last_day for one in vettings_ending(session, TODAY)] == [TODAY + 10 * A_DAY]


def test_late_requests_are_told_oldest_first_with_the_day_they_became_so(
    session: Session, make: Workshop
) -> None:
    with_vettings(make, VettingFacts(requested_on=TODAY - 31 * A_DAY), name="Ben", stage=Stage.VETTING)
    with_vettings(make, until(TODAY), VettingFacts(requested_on=TODAY - 40 * A_DAY), name="Asha")
    with_vettings(make, VettingFacts(requested_on=TODAY - 30 * A_DAY), stage=Stage.VETTING)
    found = requests_overdue(session, TODAY, CHOICES)
    assert [(one.person.name, one.late_on) for one in found] == [("Asha", TODAY - 9 * A_DAY), ("Ben", TODAY)]


def test_levels_are_offered_once_each(session: Session, make: Workshop) -> None:
    make.person(), make.person()
    with_vettings(make, VettingFacts("SC", requested_on=TODAY), VettingFacts("", requested_on=TODAY))
    assert levels_on_record(session) == ["NPPV2", "SC"]
