"""Several at one setting, suite, team or course at once, on both databases: nobody overrules unread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.courses import CourseFacts, CourseKind
from icv.rules.refusals import Refusal
from icv.services.settings import SettingsError, choose
from icv.services.suites import (
    Description,
    Opening,
    add_team,
    change_period,
    close_period,
    describe_suite,
    rename_team,
)
from icv.services.training import add_course, change_course
from icv.store.courses import courses
from icv.store.engine import writing
from icv.store.scheme import Setting, choices_on, teams
from icv.store.settings import latest_choice
from icv.store.suites import stamp_of_description, stamp_of_period, suites_listed
from tests.services.at_once import at_once
from tests.workshop import NOW, TODAY, Workshop

NEXT_WEEK = TODAY + timedelta(days=7)
ACTS = 4
ON_RECORD = {"describe": "suite", "change": "suite", "close": "suite", "rename": "team", "course": "course"}
"""Each act, and the kind of record it changes."""


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.fixture
def several(apart: sa.Engine) -> list[Actor]:
    with writing(apart) as session:
        make = Workshop(session)
        make.suite("Euston Street")
        actors = [make.actor(Role.COORDINATOR) for _ in range(ACTS)]
        make_team_and_course(session, actors[0])
        session.commit()
        return actors


def make_team_and_course(session: Session, by: Actor) -> None:
    add_team(session, "City", by=by, at=NOW)
    add_course(session, CourseFacts("Refresher", CourseKind.KEPT_UP, 12), by=by, at=NOW)


def categories(session: Session, value: tuple[str, ...], seen: int | None, by: Actor) -> None:
    choose(session, "finding_categories", value, effective_on=TODAY, seen=seen, by=by, at=NOW)


@pytest.mark.parametrize("has_been_chosen", [False, True])
def test_of_several_who_choose_at_once_one_is_kept_and_the_others_are_told(
    apart: sa.Engine, several: list[Actor], has_been_chosen: bool
) -> None:
    seen = 0
    if has_been_chosen:
        with writing(apart) as session:
            categories(session, ("welfare",), None, several[0])
            seen = session.scalars(sa.select(Setting.id)).one()
            session.commit()
    told = at_once(
        apart,
        *[partial(categories, value=(f"list {by.account_id}",), seen=seen, by=by) for by in several],
    )
    assert told.count("") == 1
    kept = several[told.index("")]
    assert {one for one in told if one} == {
        f"{kept.name} changed this setting on 4 March 2026 at 12:00, after you opened the page. What stands"
        " now is shown below; what you typed is still here. Save again to overrule what stands now"
    }
    with Session(apart) as session:
        assert choices_on(session, TODAY).finding_categories == (f"list {kept.account_id}",)


def test_different_settings_chosen_at_once_are_all_kept(apart: sa.Engine, several: list[Actor]) -> None:
    def act(name: str, value: int) -> Callable[[Session], None]:
        return lambda session: choose(session, name, value, effective_on=TODAY, seen=0, by=several[0], at=NOW)

    assert at_once(apart, act("term_years", 4), act("gap_weeks", 3), act("stuck_days", 99)) == [""] * 3


def test_a_choice_is_overruled_by_whoever_has_read_it(session: Session, by: Actor, make: Workshop) -> None:
    other = make.actor(Role.COORDINATOR)
    categories(session, ("theirs",), 0, other)
    with pytest.raises(SettingsError, match=f"{other.name} changed this setting") as refused:
        categories(session, ("mine",), 0, by)
    assert refused.value.field == "seen"
    with pytest.raises(SettingsError, match="You changed this setting yourself"):
        categories(session, ("mine",), 0, other)
    latest = latest_choice(session, "finding_categories")
    assert latest is not None
    categories(session, ("mine",), latest.number, by)
    assert choices_on(session, TODAY).finding_categories == ("mine",)


def test_the_same_choice_sent_twice_is_chosen_so_already(session: Session, by: Actor) -> None:
    categories(session, ("mine",), 0, by)
    with pytest.raises(SettingsError, match="is chosen so for 4 March 2026 already"):
        categories(session, ("mine",), 0, by)


def test_a_choice_planned_meanwhile_is_told_of_before_an_earlier_one(session: Session, by: Actor) -> None:
    choose(session, "term_years", 5, effective_on=NEXT_WEEK, by=by, at=NOW)
    with pytest.raises(SettingsError, match="after you opened the page"):
        choose(session, "term_years", 4, effective_on=TODAY, seen=0, by=by, at=NOW)


def test_what_nobody_is_known_to_have_changed_somebody_changed(session: Session, by: Actor) -> None:
    session.add(Setting(name="term_years", value="5", effective_on=TODAY, set_at=NOW))
    session.flush()
    with pytest.raises(SettingsError, match="Somebody changed this setting on 4 March 2026"):
        choose(session, "term_years", 4, effective_on=TODAY, seen=0, by=by, at=NOW)


def acts_on(session: Session, act: str) -> Callable[..., Any]:
    """The act, with what a page shows before it; `nth` makes each of several another."""
    suite = suites_listed(session)[0]
    period, described = suite.periods[0], stamp_of_description(suite)
    opened, team = stamp_of_period(period), teams(session)[0]
    number, name, course = team.id, team.name, courses(session)[0]

    def done(session: Session, nth: int, by: Actor) -> None:
        more: dict[str, Any] = {"by": by, "at": NOW}
        match act:
            case "describe":
                describe_suite(session, suite.id, Description(f"Suite {nth}"), seen=described, **more)
            case "change":
                often = Opening(period.opens_on, visits_a_week=2 + nth)
                change_period(session, suite.id, period.id, often, seen=opened, **more)
            case "close":
                last = NEXT_WEEK + timedelta(days=nth)
                close_period(session, suite.id, period.id, last, seen=opened, **more)
            case "rename":
                rename_team(session, number, f"Team {nth}", seen=name, **more)
            case "course":
                facts = replace(course.facts, valid_months=24 + nth)
                change_course(session, course.id, facts, seen=course.facts.stamp, **more)

    return done


@pytest.mark.parametrize("act", ON_RECORD)
def test_of_several_at_one_record_one_is_kept_and_the_others_are_told(
    apart: sa.Engine, several: list[Actor], act: str
) -> None:
    with Session(apart) as session:
        done = acts_on(session, act)
    told = at_once(apart, *[partial(done, nth=nth, by=by) for nth, by in enumerate(several)])
    assert told.count("") == 1
    kept = several[told.index("")]
    said = f"{kept.name} changed this {ON_RECORD[act]} on 4 March"
    assert all(one.startswith(said) for one in told if one)


@pytest.mark.parametrize("act", ON_RECORD)
def test_a_form_sent_twice_overrules_nobody(session: Session, make: Workshop, by: Actor, act: str) -> None:
    make.suite()
    make_team_and_course(session, by)
    done = acts_on(session, act)
    done(session, 1, by)
    done(session, 1, by)
    with pytest.raises(Refusal, match=f"You changed this {ON_RECORD[act]}"):
        done(session, 2, by)
