"""Figures of detainees, doors, findings, replies, visitors and rounds, held to a slow count by hand."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.activity import year_to
from icv.rules.days import Period
from icv.rules.exhibits import Hidden, Share, Table, exhibits
from icv.rules.figures.answers import PLACES, Place, Reply
from icv.rules.figures.detained import First
from icv.rules.figures.door import all_of
from icv.rules.figures.panel import PanelFigures
from icv.rules.report import AGES, SEXES, Group, WhyNotSeen
from icv.rules.stages import Stage
from icv.rules.visits import DutyState
from icv.store.everything import METADATA
from icv.store.figures import panel_figures
from tests.store.by_hand import Ledger, Record
from tests.store.test_figures import DAYS, schemes
from tests.workshop import NOW

SETTLED = ("resolved_at_visit", "already_actioned")


@st.composite
def contacts(draw: st.DrawFn, report: int, number: int) -> Record:
    was_seen = draw(st.booleans())
    return {
        "report_id": report,
        "custody_number": f"EU/{number}",
        "was_seen": was_seen,
        "why_not_seen": "" if was_seen else draw(st.sampled_from(["", *WhyNotSeen])),
        "checks": {},
        "is_child": draw(st.booleans()),
        "is_vulnerable": draw(st.booleans()),
    }


@st.composite
def splits(draw: st.DrawFn, visit: Record) -> list[Record]:
    """Of those in custody by age, by sex, both or neither; now and then of a number it no longer is."""
    found = []
    for groups in (AGES, SEXES):
        if visit["in_custody"] is None or not draw(st.booleans()):
            continue
        rest = visit["in_custody"] + draw(st.sampled_from([0, 0, 0, 1]))
        for group in groups[1:]:
            found.append({"people": group, "number": (some := draw(st.integers(0, rest)))})
            rest -= some
        found.append({"people": groups[0], "number": rest})
    return [{"visit_id": visit["id"], "counted": "in_custody", **one} for one in found]


@st.composite
def records(draw: st.DrawFn) -> dict[str, list[Record]]:
    made = draw(schemes())
    visited = made["visits"]
    reported = [visit for visit in visited if draw(st.booleans())]
    made["reports"] = [
        {"id": visit["id"], "visit_id": visit["id"], "begun_at": NOW, "filed_at": NOW, "form_version": 1}
        for visit in reported
    ]
    made["contacts"] = [
        draw(contacts(report["id"], number))
        for report in made["reports"]
        for number in range(draw(st.integers(0, 3)))
    ]
    made["visit_counts"] = [one for visit in visited for one in draw(splits(visit))]
    people = [person["id"] for person in made["people"]]
    made["duties"] = [
        {
            "visit_id": visit["id"],
            "person_id": draw(st.sampled_from(people)),
            "place": 1,
            "state": draw(st.sampled_from([DutyState.ACCEPTED, DutyState.DECLINED])),
            "uid": f"uid-{visit['id']}",
            "given_at": NOW,
            "changed_at": NOW,
        }
        for visit in visited
        if people
    ]
    for person in made["people"]:
        person["left_reason"] = draw(st.sampled_from(["", "moved away", " Moved  away.", "Work"]))
    for finding in made["findings"]:
        finding["put_on"] = draw(st.none() | st.just(finding["raised_on"] + timedelta(days=2)))
        finding["escalated_on"] = draw(st.none() | DAYS)
    made["finding_themes"] = [
        {"finding_id": finding["id"], "theme": theme}
        for finding in made["findings"]
        for theme in draw(st.sets(st.sampled_from(["strip search", "neurodivergence"])))
    ]
    made["steps"] += [
        {"id": 100 + number, "person_id": person, "stage": stage, "on": on, "reason": "", "made_at": NOW}
        for number, person in enumerate(people)
        for stage, on in [draw(st.tuples(st.sampled_from([Stage.REJECTED, Stage.SHORTLISTED]), DAYS))]
    ]
    return made


class ByHand(Ledger):
    """The same records, counted slowly for the panel's other exhibits."""

    def contacts(self) -> list[Record]:
        visits = {visit["id"] for visit in self.attempted()}
        return [one for one in self.records["contacts"] if one["report_id"] in visits]

    def reasons(self) -> dict[str, int]:
        why = [one["why_not_seen"] for one in self.contacts() if not one["was_seen"]]
        return dict(Counter(filter(None, why)))

    def comes_first(self, who: First) -> tuple[int, int]:
        those = [
            one
            for one in self.contacts()
            if (one["is_child"] if who is First.CHILD else one["is_vulnerable"] and not one["is_child"])
        ]
        seen = sum(one["was_seen"] for one in those)
        return seen, len(those) - seen

    def group(self, group: Group) -> int:
        total = 0
        for visit in self.attempted():
            split = [one for one in self.records["visit_counts"] if one["visit_id"] == visit["id"]]
            alike = [one for one in split if one["people"] in (AGES if group in AGES else SEXES)]
            if alike and sum(one["number"] for one in alike) == visit["in_custody"]:
                total += sum(one["number"] for one in alike if one["people"] == group)
        return total

    def waits(self, suite: Record) -> list[int]:
        bounds = (300, 600, 1800)
        found = [0, 0, 0, 0, 0]
        for visit in self.attempted():
            if visit["suite_id"] != suite["id"]:
                continue
            if visit["admitted_at"] is None:
                found[4] += 1
            else:
                wait = (visit["admitted_at"] - visit["arrived_at"]) // timedelta(seconds=1)
                found[sum(wait > bound for bound in bounds)] += 1
        return found

    def replies(self) -> tuple[Counter[Any], list[int], int]:
        became: Counter[Any] = Counter()
        days, escalated = [], 0
        for one in self.records["findings"]:
            if one["state"] in SETTLED or not self.holds(one["due_on"]):
                continue
            reply = self.reply(one)
            became[one["is_serious"], reply] += 1
            escalated += one["escalated_on"] is not None
            if reply in ("in time", "late"):
                days.append((one["replied_on"] - (one["put_on"] or one["raised_on"])).days)
        return became, sorted(days), escalated

    def reply(self, finding: Record) -> str:
        if finding["state"] != "reopened":
            if finding["replied_on"]:
                return "in time" if finding["replied_on"] <= finding["due_on"] else "late"
            if finding["closed_on"]:
                return "closed"
        return "overdue" if finding["due_on"] < self.as_of else "to come"

    def open(self) -> int:
        states = ("raised", "awaiting_reply", "replied", "reopened")
        return len(
            [
                one
                for one in self.records["findings"]
                if one["state"] in states and one["raised_on"] <= self.last
            ]
        )

    def year(self) -> Counter[int]:
        """Visits of the twelve months up to the last day, by how many people made so many."""
        year = year_to(self.last)
        visits = {v["id"] for v in Ledger(self.records, year.first, year.last, self.as_of).attempted()}
        made = Counter(
            duty["person_id"]
            for duty in self.records["duties"]
            if duty["state"] == DutyState.ACCEPTED and duty["visit_id"] in visits
        )
        return Counter(
            made[person["id"]]
            for person in self.records["people"]
            if person["appointed_on"]
            and person["appointed_on"] <= self.last
            and (person["left_on"] is None or person["left_on"] > self.last)
        )


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=records(), days=st.tuples(DAYS, DAYS).map(sorted), as_of=DAYS)
def test_the_database_counts_people_and_replies_as_one_would_by_hand(
    session: Session, made: dict[str, list[Record]], days: list[date], as_of: date
) -> None:
    period = Period(*days)
    with session.begin_nested() as kept:
        for table, rows in made.items():
            if rows:
                session.execute(sa.insert(METADATA.tables[table]), rows)
        found = panel_figures(session, period, as_of=as_of)
        kept.rollback()
    counted = ByHand(made, period.first, period.last, as_of)
    assert_detained(found, counted)
    assert_doors(found, counted)
    assert_findings(found, counted)
    assert_visitors(found, counted)
    assert_shown(found)


def assert_detained(found: PanelFigures, counted: ByHand) -> None:
    assert found.detained.reasons == counted.reasons()
    for who in First:
        met = found.detained.first[who]
        assert (met.seen, met.not_seen) == counted.comes_first(who)
    assert found.detained.groups == {group: counted.group(group) for group in Group}
    for groups in (AGES, SEXES):
        assert sum(found.detained.groups[group] for group in groups) <= found.now.detainees.in_custody


def assert_doors(found: PanelFigures, counted: ByHand) -> None:
    by_hand = {suite["name"]: counted.waits(suite) for suite in counted.records["suites"]}
    assert {
        door.suite: [door.at_once, door.over_5, door.over_10, door.over_30, door.unknown]
        for door in found.doors
    } == {suite: waits for suite, waits in by_hand.items() if any(waits)}
    whole, visits = all_of(found.doors), found.now.visits
    assert (whole.attempted, whole.no_access) == (visits.attempted, visits.no_access)
    assert whole.long == found.now.entry.visits_with_wait_over_10_minutes


def assert_findings(found: PanelFigures, counted: ByHand) -> None:
    now, places = found.now.findings, Counter[Place]()
    for category, line in found.found.categories.items():
        assert sum(line.values()) == now.by_category[category]
        places.update(line)
    assert sum(found.found.suites.values()) == sum(places.values()) == now.raised
    assert (places[Place.PUT_RIGHT], places[Place.WITH_POLICE]) == (now.resolved_at_visit, now.awaiting_reply)
    assert sum(sum(line.values()) for line in found.found.open_ages.values()) == counted.open()
    became, days, escalated = counted.replies()
    answers = found.answers
    for is_serious, part in ((True, answers.serious), (False, answers.others)):
        assert {reply: part.number(reply) for reply in Reply} == {r: became[is_serious, r] for r in Reply}
    assert answers.whole.due == answers.serious.due + answers.others.due
    middle = days[(len(days) - 1) // 2 : len(days) // 2 + 1]
    assert answers.whole.median_days == (sum(middle) / len(middle) if middle else None)
    assert answers.whole.escalated == escalated


def assert_visitors(found: PanelFigures, counted: ByHand) -> None:
    now = found.now.volunteers
    assert sum(found.visitors.reasons.values()) == now.left
    assert set(found.visitors.reasons) <= {"", "moved away", "Moved away", "Work"}
    assert found.visitors.visits == dict(counted.year())
    assert sum(found.visitors.visits.values()) == now.closing
    latest = found.recruitment.latest
    assert (latest.funnel.received if latest else 0) == now.applications
    for one in filter(None, (latest, found.recruitment.before)):
        for line, after in pairwise(one.funnel.lines):
            assert line.reached == line.now + line.lost + after.reached


def assert_shown(found: PanelFigures) -> None:
    """Every column of a table with a total adds up to it, as far as it is shown."""
    for exhibit in exhibits(found).values():
        keys = {table.key for table in exhibit.tables}
        assert all(drawing.table in keys for drawing in exhibit.drawings)
        for table in exhibit.tables:
            assert all(len(row.cells) == len(table.columns) for row in table.rows)
            if exhibit.key in MINE and table.total:
                assert_adds_up(table)


MINE = ("detained", "entry", "findings", "replies", "visitors", "recruitment")
NOT_SUMMED = ("Median days to reply",)


def assert_adds_up(table: Table) -> None:
    assert table.total
    for place, column in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows]
        total = table.total.cells[place]
        if column.heading in NOT_SUMMED or Hidden.FEW in (*cells, total):
            continue
        parts = sum(cell.part if isinstance(cell, Share) else cell or 0 for cell in cells)  # type: ignore[misc, operator]
        assert parts == (total.part if isinstance(total, Share) else total), (table.key, column.heading)


def test_every_state_of_a_finding_has_its_place() -> None:
    assert set(PLACES.values()) == set(Place)
