"""Figures counted by hand: slowly, one record at a time, from the words of the promise and nothing shared."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

Record = dict[str, Any]
COUNTS = ["in_custody", "offered", "accepted", "declined", "not_offered", "not_available", "observed_only"]
TURNED_UP = ("completed", "abandoned", "no_access", "suite_closed")


def share(part: int, whole: int) -> float | None:
    if whole == 0:
        return None
    exact = Decimal(100 * part) / Decimal(whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < whole:
        shown = min(max(shown, Decimal("0.1")), Decimal("99.9"))
    return float(shown)


def local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo("Europe/London"))


def slot(at: datetime) -> tuple[int, int]:
    clock = local(at)
    evening = clock if clock.hour >= 6 else clock.replace(tzinfo=None) - timedelta(days=1)
    return evening.weekday(), (clock.hour - 6) // 4 if 6 <= clock.hour < 22 else 4


class Ledger:
    """All records, as plain dictionaries, and one period to count."""

    def __init__(self, records: dict[str, list[Record]], first: date, last: date, as_of: date) -> None:
        self.records, self.first, self.last, self.as_of = records, first, last, as_of

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def figures(self) -> dict[str, Any]:
        return {
            "period": {"from": str(self.first), "to": str(self.last)},
            "visits": self.visits(),
            "suites": [
                self.suite(one) for one in sorted(self.records["suites"], key=lambda it: it["name"].encode())
            ],
            "detainees": self.detainees(),
            "entry": self.entry(),
            "findings": self.findings(),
            "volunteers": self.volunteers(),
        }

    def planned(self) -> list[Record]:
        return [
            one for one in self.records["visits"] if one["is_scheduled"] and self.holds(one["week_ends_on"])
        ]

    def taken_out(self, visit: Record) -> bool:
        return visit["outcome"] == "cancelled" and visit["cancelled_on"] < visit["week_starts_on"]

    def scheduled(self) -> list[Record]:
        return [one for one in self.planned() if not self.taken_out(one) and one["week_ends_on"] < self.as_of]

    def attempted(self) -> list[Record]:
        def day(visit: Record) -> date:
            return local(visit["arrived_at"]).date() if visit["arrived_at"] else visit["week_ends_on"]

        return [one for one in self.records["visits"] if one["outcome"] in TURNED_UP and self.holds(day(one))]

    def visits(self) -> dict[str, Any]:
        scheduled, attempted, planned = self.scheduled(), self.attempted(), self.planned()

        def of(visits: Iterable[Record], outcome: str | None) -> int:
            return len([one for one in visits if one["outcome"] == outcome])

        cancelled = [one for one in planned if self.taken_out(one)]
        return {
            "scheduled": len(scheduled),
            "completed": of(scheduled, "completed"),
            "completion_percent": share(of(scheduled, "completed"), len(scheduled)),
            "attempted": len(attempted),
            "undertaken": of(attempted, "completed"),
            "abandoned": of(attempted, "abandoned"),
            "no_access": of(attempted, "no_access"),
            "suite_closed": of(attempted, "suite_closed"),
            "extra": len([one for one in attempted if not one["is_scheduled"]]),
            "missed": of(scheduled, "missed"),
            "overdue_report": of(scheduled, None),
            "cancelled": len(cancelled),
            "cancelled_late": of(scheduled, "cancelled"),
            "not_yet_due": len(planned) - len(cancelled) - len(scheduled),
            "by_mode": {
                mode: len([one for one in attempted if one["mode"] == mode])
                for mode in ("in_person", "telephone", "video")
            },
        }

    def suite(self, suite: Record) -> dict[str, Any]:
        here = [one for one in self.scheduled() if one["suite_id"] == suite["id"]]
        completed = [one for one in here if one["outcome"] == "completed"]
        slots = {
            slot(one["arrived_at"])
            for one in self.attempted()
            if one["suite_id"] == suite["id"] and one["arrived_at"] and one["outcome"] == "completed"
        }
        return {
            "suite": suite["name"],
            "scheduled": len(here),
            "completed": len(completed),
            "completion_percent": share(len(completed), len(here)),
            "timeslots_defined": 35,
            "timeslots_covered": len(slots),
            "timeslot_percent": share(len(slots), 35),
        }

    def detainees(self) -> dict[str, Any]:
        sums = {name: sum(visit[name] or 0 for visit in self.attempted()) for name in COUNTS}
        placed = sums["offered"] + sums["not_offered"] + sums["not_available"] + sums["observed_only"]
        return sums | {
            "unreconciled": sums["in_custody"] - placed,
            "offered_percent_of_in_custody": share(sums["offered"], sums["in_custody"]),
            "accepted_percent_of_offered": share(sums["accepted"], sums["offered"]),
        }

    def entry(self) -> dict[str, Any]:
        waits = sorted(
            Fraction((one["admitted_at"] - one["arrived_at"]) // timedelta(seconds=1), 60)
            for one in self.attempted()
            if one["arrived_at"] and one["admitted_at"]
        )
        middle = waits[(len(waits) - 1) // 2 : len(waits) // 2 + 1]
        return {
            "visits_with_wait_over_10_minutes": len([wait for wait in waits if wait > 10]),
            "median_wait_minutes": float(sum(middle) / len(middle)) if middle else None,
        }

    def findings(self) -> dict[str, Any]:
        raised = [one for one in self.records["findings"] if self.holds(one["raised_on"])]
        by = min(self.last, self.as_of)

        def overdue(finding: Record) -> bool:
            if finding["state"] in ("resolved_at_visit", "already_actioned") or not finding["due_on"]:
                return False
            answers = [day for day in (finding["replied_on"], finding["closed_on"]) if day and day <= by]
            return finding["due_on"] < by and (finding["state"] == "reopened" or not answers)

        resolved = len([one for one in raised if one["state"] == "resolved_at_visit"])
        names = sorted({one["category"] for one in raised}, key=str.encode)
        return {
            "raised": len(raised),
            "serious": len([one for one in raised if one["is_serious"]]),
            "resolved_at_visit": resolved,
            "resolved_at_visit_percent": share(resolved, len(raised)),
            "awaiting_reply": len([one for one in raised if one["state"] in ("awaiting_reply", "reopened")]),
            "overdue": len([one for one in raised if overdue(one)]),
            "by_category": {name: len([one for one in raised if one["category"] == name]) for name in names},
        }

    def membership(self, people: list[Record]) -> dict[str, int]:
        def members(day: date) -> int:
            return len(
                [
                    one
                    for one in people
                    if one["appointed_on"] <= day and (one["left_on"] is None or day < one["left_on"])
                ]
            )

        return {
            "opening": members(self.first - timedelta(days=1)),
            "joined": len([one for one in people if self.holds(one["appointed_on"])]),
            "left": len([one for one in people if self.holds(one["left_on"])]),
            "closing": members(self.last),
        }

    def stage(self, person: Record) -> str | None:
        made = [step for step in self.records["steps"] if step["person_id"] == person["id"]]
        stage, since = None, date.min
        for step in sorted(made, key=lambda one: one["id"]):
            on = step["on"] or date.min
            if since <= on <= self.last:
                stage, since = step["stage"], on
        return stage

    def applications(self) -> int:
        began: dict[tuple[date, str], int] = {}
        for one in self.records["rounds"]:
            days = [
                person["applied_on"]
                for person in self.records["people"]
                if person["round_id"] == one["id"] and person["applied_on"]
            ]
            if days and min(days) <= self.last:
                began[min(days), one["name"]] = len([day for day in days if day <= self.last])
        return began[max(began)] if began else 0

    def volunteers(self) -> dict[str, Any]:
        appointed = [one for one in self.records["people"] if one["appointed_on"]]
        names = {one["id"]: one["name"] for one in self.records["teams"]}
        teams: dict[str | None, list[Record]] = {}
        for person in appointed:
            teams.setdefault(names.get(person["team_id"]), []).append(person)
        in_order = sorted((name for name in teams if name is not None), key=str.encode)
        if None in teams:
            in_order.append(None)
        whole = self.membership(appointed)
        stages = [self.stage(person) for person in self.records["people"]]
        waiting = {f"in_{stage}": stages.count(stage) for stage in ("vetting", "training")}
        return (
            whole
            | {
                "by_team": [{"team": name} | self.membership(teams[name]) for name in in_order],
                "applications": self.applications(),
            }
            | waiting
            | {"projected": whole["closing"] + sum(waiting.values())}
        )
