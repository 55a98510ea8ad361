"""Reports as their pairs filed them, with the people met: written by the rules that read them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.making.chance import Chance, Spread, at
from benchmarks.making.findings import Findings
from benchmarks.making.members import Member
from benchmarks.making.rows import Rows
from benchmarks.scheme_sizes import Size
from icv.rules.digests import digest_of
from icv.rules.report import (
    CHECKS,
    FORM_VERSION,
    LABELS,
    SUITE_CHECKS,
    Arrival,
    ContactNote,
    Delay,
    Draft,
    FindingsNote,
    Headcount,
    Part,
    Rank,
    Section,
    SuiteNote,
    Three,
    WhyNotSeen,
    references,
)
from icv.rules.report.remarks import Remarks
from icv.rules.visits import Mode, Outcome
from icv.store.visits import Contact, Report, ReportSection

HOURS = {8: 2, 10: 5, 11: 5, 13: 3, 14: 4, 16: 4, 17: 4, 18: 6, 19: 5, 20: 3, 21: 2}
"""Hours of arrival, and how many of 43 visits begin then."""

POSITIVES = ("", "Staff were courteous and let us in at once.", "Clean, calm and well run.")
OTHER = ("", "", "A busy evening; the custody sergeant found time to show us round.")
COMPLETED_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Filled:
    """A report as filled in. `register` is what the visit's own row keeps of it."""

    draft: Draft
    arrival: Arrival
    filed_at: datetime
    register: dict[str, Any]


class Reports:
    def __init__(self, rows: Rows, size: Size, by: int, chance: Chance, monday: date) -> None:
        self._rows, self._chance, self._monday, self._by = rows, chance, monday, by
        completed = size.past_visits * COMPLETED_SHARE
        self._people_met = Spread(chance, size.contacts / completed)
        self._findings = Findings(rows, size.findings / completed, by, chance, monday)
        self._custody_number = 10_000
        self._references: set[str] = set()
        self._checks = [self._answers(CHECKS) for _ in range(300)]
        self._suite_checks = [self._answers(SUITE_CHECKS) for _ in range(100)]

    def _answers(self, checks: dict[str, str]) -> dict[str, Three]:
        weights = {Three.YES: 80, Three.NOT_ASKED: 17, Three.NO: 3}
        return {check: self._chance.mostly(weights) for check in checks}

    def filled_in(self, outcome: Outcome, monday: date, code: str) -> Filled:
        arrival = self._arrival(outcome, monday)
        parts: dict[str, Part] = {Section.ARRIVAL: arrival}
        counts = {}
        if outcome is Outcome.COMPLETED:
            headcount = self._inside(parts, monday, code)
            counts = {name: getattr(headcount, name) for name in LABELS}
        serious = any(finding.is_serious for finding in Draft(parts).findings.values())
        parts[Section.REMARKS] = Remarks(
            positives=self._chance.choice(POSITIVES), other=self._chance.choice(OTHER), saw_serious=serious
        )
        register = {
            "mode": arrival.mode,
            "reason": arrival.reason,
            "arrived_at": arrival.arrived_at,
            "admitted_at": arrival.admitted_at,
            "left_at": arrival.left_at,
            **counts,
        }
        return Filled(Draft(parts), arrival, self._filed_at(arrival), register)

    def _arrival(self, outcome: Outcome, monday: date) -> Arrival:
        day, hour = monday + timedelta(days=self._chance.randrange(7)), self._chance.mostly(HOURS)
        arrived_at = at(day, hour, self._chance.randrange(60))
        if outcome is Outcome.SUITE_CLOSED:
            return Arrival(outcome=outcome, arrived_at=arrived_at, reason="A notice on the door.")
        left_at = arrived_at + timedelta(minutes=self._chance.randint(45, 140))
        if outcome is Outcome.NO_ACCESS:
            return Arrival(outcome=outcome, arrived_at=arrived_at, left_at=left_at, reason="No one came.")
        reason = "" if outcome is Outcome.COMPLETED else "The alarm went, and all had to leave."
        waited = self._chance.randint(12, 40) if self._chance.happens(0.06) else self._chance.randint(0, 6)
        late = waited > 10
        return Arrival(
            outcome=outcome,
            mode=Mode.TELEPHONE if self._chance.happens(0.02) else Mode.IN_PERSON,
            arrived_at=arrived_at,
            admitted_at=arrived_at + timedelta(minutes=waited),
            left_at=left_at,
            delay=self._chance.choice((Delay.SAFETY, Delay.BUSY)) if late else None,
            rank=self._chance.choice((Rank.SERGEANT, Rank.INSPECTOR)) if late else None,
            reason=reason,
        )

    def _inside(self, parts: dict[str, Part], monday: date, code: str) -> Headcount:
        """Fills in what visitors see once they have been let in."""
        contacts = [self._contact(monday, code) for _ in range(self._people_met.next())]
        parts |= {f"contact-{number}": contact for number, contact in enumerate(contacts, 1)}
        seen = sum(contact.was_seen is True for contact in contacts)
        parts[Section.COUNTS] = headcount = self._headcount(seen, len(contacts) - seen)
        parts[Section.SUITE] = SuiteNote(checks=self._chance.choice(self._suite_checks))
        findings = self._findings.noted()
        parts |= {f"finding-{number}": finding for number, finding in enumerate(findings, 1)}
        if not findings:
            parts[Section.FINDINGS] = FindingsNote(nothing_to_raise=True)
        return headcount

    def _headcount(self, seen: int, not_seen: int) -> Headcount:
        declined, not_offered, observed = self._chance.randrange(3), self._chance.randrange(2), 0
        if seen + not_seen + declined:
            observed = self._chance.randrange(2)
        return Headcount(
            in_custody=seen + declined + not_offered + not_seen + observed,
            offered=seen + declined,
            accepted=seen,
            declined=declined,
            not_offered=not_offered,
            not_available=not_seen,
            observed_only=observed,
        )

    def _contact(self, monday: date, code: str) -> ContactNote:
        self._custody_number += 1
        number = f"{code}/{self._custody_number}/{monday:%y}"
        if self._chance.happens(0.15):
            why = self._chance.choice((WhyNotSeen.ASLEEP, WhyNotSeen.INTERVIEW, WhyNotSeen.SOLICITOR))
            return ContactNote(custody_number=number, was_seen=False, why_not_seen=why)
        return ContactNote(
            custody_number=number,
            was_seen=True,
            consents_to_talk=True,
            consents_to_record=self._chance.happens(0.8),
            checks=self._chance.choice(self._checks),
            remarks="Said they were treated well." if self._chance.happens(0.2) else "",
        )

    def _filed_at(self, arrival: Arrival) -> datetime:
        """Within three days, and by now."""
        came_home = arrival.left_at or arrival.arrived_at or at(self._monday)
        return min(came_home + timedelta(hours=self._chance.randint(1, 70)), at(self._monday, 0))

    def file(self, filled: Filled, visit: int, reference: str, visitors: list[Member]) -> None:
        by = next((member.account for member in visitors if member.account), self._by)
        content = {
            **filled.draft.content(),
            "visit": reference,
            "visitors": [member.id for member in visitors],
        }
        digest = digest_of(content)
        receipt = next(one for one in references(digest, reference) if one not in self._references)
        self._references.add(receipt)
        report = self._rows.add(
            Report,
            visit_id=visit,
            form_version=FORM_VERSION,
            begun_at=filled.filed_at - timedelta(minutes=20),
            begun_by_id=by,
            filed_at=filled.filed_at,
            filed_by_id=by,
            reference=receipt,
            content=content,
            digest=digest,
        )
        self._rows.note("file report", "visit", visit, by=by, at=filled.filed_at)
        for contact in filled.draft.contacts.values():
            self._keep(report, contact)
        raised_on = (filled.arrival.arrived_at or filled.filed_at).date()
        self._findings.keep(
            list(filled.draft.findings.values()), visit, reference, raised_on, filled.filed_at, by
        )

    def _keep(self, report: int, contact: ContactNote) -> None:
        self._rows.add(
            Contact,
            report_id=report,
            custody_number=contact.custody_number,
            was_seen=bool(contact.was_seen),
            why_not_seen=contact.why_not_seen or "",
            consents_to_talk=contact.consents_to_talk,
            consents_to_record=contact.consents_to_record,
            checks=dict(contact.checks),
            remarks=contact.remarks,
        )

    def begin(self, visit: int, by: Member, monday: date, code: str) -> None:
        """A report begun and not yet sent: all but the remarks."""
        parts: dict[str, Part] = {Section.ARRIVAL: self._arrival(Outcome.COMPLETED, monday)}
        self._inside(parts, monday, code)
        saved_at = at(self._monday, 0)
        report = self._rows.add(
            Report, visit_id=visit, form_version=FORM_VERSION, begun_at=saved_at, begun_by_id=by.account
        )
        for name, part in parts.items():
            self._rows.link(
                ReportSection,
                report_id=report,
                name=str(name),
                answers=part.answers(),
                version=1,
                saved_at=saved_at,
                saved_by_id=by.account,
            )
