"""Records of a scheme as chance draws them, without regard to what can be: figures must count any."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from icv.rules.findings import FindingState
from icv.rules.stages import Stage
from icv.rules.visits import Mode, Outcome, VisitKind
from tests.store.by_hand import COUNTS, Record
from tests.workshop import NOW

# Autumn to spring: both changes of the clock fall inside.
DAYS = st.dates(date(2023, 10, 20), date(2024, 4, 5))
MAYBE_DAYS = st.none() | DAYS
NAMES = ("Abbey Road", "Émile Street", "beside the court", "Zion")


@st.composite
def visits(draw: st.DrawFn, suites: int, number: int) -> Record:
    starts = draw(DAYS)
    outcome = draw(st.none() | st.sampled_from(Outcome))
    cancelled_on = starts + timedelta(days=draw(st.integers(-3, 3))) if outcome is Outcome.CANCELLED else None
    minutes = draw(st.none() | st.integers(0, 14 * 24 * 60))
    arrived_at = minutes and datetime.combine(starts, time(), UTC) + timedelta(minutes=minutes - 2880)
    wait = draw(st.none() | st.integers(0, 25 * 60))
    counts = draw(st.none() | st.tuples(*[st.integers(0, 5)] * len(COUNTS)))
    return {
        "id": number,
        "reference": f"V{number}",
        "suite_id": draw(st.integers(1, suites)),
        "kind": VisitKind.CUSTODY,
        "week_starts_on": starts,
        "week_ends_on": starts + timedelta(days=draw(st.integers(0, 8))),
        "is_scheduled": draw(st.booleans()),
        "mode": draw(st.sampled_from(Mode)),
        "outcome": outcome,
        "cancelled_on": cancelled_on,
        "reason": "suite closed",
        "arrived_at": arrived_at or None,
        "admitted_at": arrived_at + timedelta(seconds=wait) if arrived_at and wait is not None else None,
        **dict(zip(COUNTS, counts or [None] * len(COUNTS), strict=True)),
    }


@st.composite
def findings(draw: st.DrawFn, visits: int, number: int) -> Record:
    return {
        "id": number,
        "reference": f"F{number}",
        "visit_id": draw(st.integers(1, visits)),
        "category": draw(st.sampled_from(NAMES)),
        "state": draw(st.sampled_from(FindingState)),
        "is_serious": draw(st.booleans()),
        "detail": "",
        "raised_on": draw(DAYS),
        "due_on": draw(MAYBE_DAYS),
        "replied_on": draw(MAYBE_DAYS),
        "closed_on": draw(MAYBE_DAYS),
    }


@st.composite
def people(draw: st.DrawFn, number: int) -> Record:
    appointed_on = draw(MAYBE_DAYS)
    left_on = draw(MAYBE_DAYS)
    return {
        "id": number,
        "name": f"Person {number}",
        "email": f"{number}@example.org",
        "email_key": f"{number}@example.org",
        "phone": "",
        "left_reason": "",
        "team_id": draw(st.sampled_from([None, 1, 2, 3])),
        "round_id": draw(st.sampled_from([None, 1, 2, 3])),
        "applied_on": draw(MAYBE_DAYS),
        "appointed_on": appointed_on,
        "left_on": max(left_on, appointed_on) if left_on and appointed_on else left_on,
    }


def step(number: int, person: int, stage: Stage, on: date | None) -> Record:
    return {"id": number, "person_id": person, "stage": stage, "on": on, "reason": "", "made_at": NOW}


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, list[Record]]:
    suites = draw(st.integers(0, len(NAMES)))
    visited = draw(st.integers(0, 12)) if suites else 0
    found = draw(st.integers(0, 6)) if visited else 0
    persons = draw(st.integers(0, 8))
    steps = draw(
        st.lists(
            st.tuples(
                st.integers(1, max(persons, 1)),
                st.sampled_from([Stage.VETTING, Stage.TRAINING, Stage.ACTIVE]),
                MAYBE_DAYS,
            ),
            max_size=12 if persons else 0,
        )
    )
    return {
        "teams": [{"id": number, "name": name} for number, name in enumerate(NAMES, 1)],
        "rounds": [{"id": number, "name": name} for number, name in enumerate(NAMES, 1)],
        "suites": [{"id": n, "name": name, "address": ""} for n, name in enumerate(NAMES[:suites], 1)],
        "people": [draw(people(number)) for number in range(1, persons + 1)],
        "steps": [step(number, *made) for number, made in enumerate(steps, 1)],
        "visits": [draw(visits(suites, number)) for number in range(1, visited + 1)],
        "findings": [draw(findings(visited, number)) for number in range(1, found + 1)],
    }
