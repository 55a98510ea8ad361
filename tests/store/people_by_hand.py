"""Made-up reports, contacts, duties and steps, and a slow count of what the panel reads of them."""

from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from icv.rules.activity import year_to
from icv.rules.figures.detained import First
from icv.rules.report import AGES, SEXES, Group, WhyNotSeen
from icv.rules.stages import Stage
from icv.rules.visits import DutyState
from tests.store.by_hand import Ledger, Record
from tests.store.drawn import DAYS, schemes
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
