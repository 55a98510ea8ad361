"""A pair agrees a time on the page of its duty."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.visits import DutyState, Outcome
from icv.store.rota import DraftVisit, Rota
from icv.store.sealed import SealedTime
from tests.web.browser import Browser
from tests.web.sealed.conftest import NEXT_WEEK, ODD, Pair
from tests.workshop import NOW, TODAY, Workshop


def test_a_pair_agrees_and_both_see_it_on_the_duty(pair: Pair) -> None:
    pair.ada.get(f"/duties/{pair.duties[0].id}").follow("Agree a day and time")
    assert "No day and time is proposed yet" in pair.ada.text
    assert "not the coordinator" in pair.ada.text
    pair.propose()
    assert "Proposed. Bo is told to look at it." in pair.ada.text
    assert "You proposed Tuesday 10 March 2026 at 03:17" in pair.ada.text
    assert "Monday 22–06: nobody has come then for a year" in pair.ada.text
    pair.bo.get("/duties/").follow("Answer")
    assert "Ada proposes Tuesday 10 March 2026 at 03:17" in pair.bo.text
    pair.bo.send(button="Agree to this time")
    assert "Agreed. Only you and Ada can see the day and time." in pair.bo.text
    for browser, path in ((pair.ada, pair.paths[0]), (pair.bo, pair.paths[1])):
        assert "agreed Tuesday 10 March 2026 at 03:17" in browser.get(path.removesuffix("/time")).text
        assert "Tuesday 10 March 2026 at 03:17" in browser.get("/duties/").text


def test_what_was_changed_meanwhile_is_not_agreed_to_and_back_and_again_is_harmless(pair: Pair) -> None:
    pair.propose()
    pair.bo.get(pair.paths[1])
    pair.propose(clock="21:45")
    pair.bo.send(button="Agree to this time")
    assert "changed while you looked" in pair.bo.text
    assert "Tuesday 10 March 2026 at 21:45" in pair.bo.text
    pair.bo.send(button="Agree to this time")
    pair.bo.post(f"{pair.paths[1]}/agree", {"seen": "nonsense"})
    assert "changed while you looked" in pair.bo.text
    assert "Ada and you have both said so" in pair.bo.text
    pair.propose(clock="21:45")
    assert "for a year. Bo and you have both said so" in pair.ada.text


def test_either_says_no_or_takes_it_back(pair: Pair, session: Session) -> None:
    pair.propose()
    pair.bo.get(pair.paths[1]).send(button="Say no to this time")
    assert "Taken back. No time stands" in pair.bo.text
    pair.agreed()
    pair.ada.get(pair.paths[0]).send(button="Take it back")
    assert "No day and time is proposed yet" in pair.bo.get(pair.paths[1]).text
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"clock": "03:17"}, "Choose a day"),
        ({"day": "2026-03-10", "clock": ""}, "Enter the time at which you will arrive"),
        ({"day": "2026-03-10", "clock": "quarter past"}, "must be on the 24-hour clock"),
        ({"day": "2026-03-16", "clock": "03:17"}, "hoose one of the list"),
        ({"day": "tomorrow", "clock": "03:17"}, "hoose one of the list"),
    ],
)
def test_bad_typing_is_a_sentence_and_everything_typed_is_kept(
    pair: Pair, fields: dict[str, str], said: str
) -> None:
    pair.ada.get(pair.paths[0]).post(pair.paths[0], fields, status=422)
    assert said in pair.ada.text
    assert f'value="{fields["clock"]}"' in pair.ada.html
    assert ('value="2026-03-10" checked' in pair.ada.html) == (fields.get("day") == "2026-03-10")


def test_the_hour_that_the_clocks_skip_is_an_error_on_entry(
    make: Workshop, browse_as: Callable[..., Browser]
) -> None:
    pair = Pair(make, browse_as, week=date(2026, 3, 23))
    pair.ada.get(pair.paths[0]).send({"day": "2026-03-29", "clock": "01:30"}, button="Propose", status=422)
    assert "There is no 01:30 on 29 March 2026: the clocks go forward" in pair.ada.text
    pair.ada.send({"clock": "02:30"}, button="Propose")
    assert "Sunday 29 March 2026 at 02:30" in pair.ada.text


@pytest.mark.parametrize(
    ("which", "instant", "said"),
    [
        ("first", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "at 01:30, before the clocks go back"),
        ("second", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "at 01:30, after the clocks go back"),
    ],
)
def test_the_hour_that_comes_twice_asks_which(
    make: Workshop,
    browse_as: Callable[..., Browser],
    session: Session,
    which: str,
    instant: datetime,
    said: str,
) -> None:
    pair = Pair(make, browse_as, week=date(2026, 10, 19))
    pair.ada.get(pair.paths[0]).send({"day": "2026-10-25", "clock": "01:30"}, button="Propose", status=422)
    assert "01:30 comes twice on 25 October 2026: say which you mean" in pair.ada.text
    assert session.scalars(sa.select(SealedTime.starts_at)).one_or_none() is None
    pair.ada.send({"which": which}, button="Propose")
    assert said in pair.ada.text
    assert session.scalars(sa.select(SealedTime.starts_at)).one() == instant


def test_days_that_are_over_are_not_offered_and_a_time_that_passed_is_refused(
    make: Workshop, browse_as: Callable[..., Browser]
) -> None:
    pair = Pair(make, browse_as, week=TODAY)
    pair.ada.get(pair.paths[0])
    assert 'value="2026-03-03"' not in pair.ada.html
    pair.ada.send({"day": "2026-03-04", "clock": "11:59"}, button="Propose", status=422)
    assert "That time has passed" in pair.ada.text


def test_one_alone_or_not_accepted_yet_is_told_what_comes_first(
    make: Workshop, browse_as: Callable[..., Browser], session: Session
) -> None:
    pair = Pair(make, browse_as)
    pair.duties[0].state = DutyState.OFFERED
    assert "Accept this visit first" in pair.ada.get(pair.paths[0]).text
    pair.ada.post(pair.paths[0], {"day": "2026-03-10", "clock": ODD}, status=422)
    assert "Accept this visit first" in pair.ada.text
    pair.duties[0].state = DutyState.DECLINED
    assert "Nobody has the other place yet" in pair.bo.get(pair.paths[1]).text
    pair.bo.post(pair.paths[1], {"day": "2026-03-10", "clock": ODD}, status=422)
    assert "over, or no longer yours" in pair.ada.get(pair.paths[0]).text


def test_the_page_says_when_the_suite_was_visited_and_what_the_rota_suggests(
    make: Workshop, browse_as: Callable[..., Browser]
) -> None:
    pair = Pair(make, browse_as)
    for weeks, clock in ((1, 12), (2, 12), (60, 15)):
        arrived_at = datetime(2026, 3, 3, clock, tzinfo=UTC) - timedelta(weeks=weeks)
        made = {"outcome": Outcome.COMPLETED, "arrived_at": arrived_at}
        make.visit(pair.suite, week=arrived_at.date(), **made)
    soon = datetime(2026, 3, 2, 9, tzinfo=UTC)
    make.visit(pair.suite, week=soon.date(), outcome=Outcome.ABANDONED, arrived_at=soon)
    make.visit(make.suite(), week=soon.date(), outcome=Outcome.COMPLETED, arrived_at=soon)
    rota = make.keep(Rota(first_on=NEXT_WEEK, last_on=NEXT_WEEK, seed=1, certificate={}, made_at=NOW))
    pair.visit.rota_id = rota.id
    make.keep(
        DraftVisit(
            rota_id=rota.id,
            suite_id=pair.suite.id,
            week_starts_on=NEXT_WEEK,
            week_ends_on=NEXT_WEEK + timedelta(days=6),
            visitor_1_id=pair.duties[1].person_id,
            visitor_2_id=pair.duties[0].person_id,
            suggested_slots=[[5, 4], [1, 0]],
        )
    )
    page = pair.ada.get(pair.paths[0])
    assert "1 of 35 timeslots" in page.text
    assert "The rota suggests Saturday 22–06" in page.text
    assert "1 of 35 timeslots visited." in page.html
    assert "Nobody at 06–10, 14–18, 18–22, 22–06" in page.text
    page.get(f"/duties/{pair.duties[0].id}")
    assert "1 of 35 timeslots" in page.text
    make.session.execute(sa.update(DraftVisit).values(visitor_1_id=None))
    assert "The rota suggests" not in pair.ada.get(pair.paths[0]).text
