"""What is kept of a visitor in office: vetting, terms, cards, agreements, declarations and reviews."""

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.making.chance import Chance, at
from benchmarks.making.members import Member
from benchmarks.making.rows import Rows
from benchmarks.making.scheme import AGREEMENT_IN_USE, BROUGHT_IN_AGO
from icv.rules.appraisal import DeclarationKind, ReviewKind, ReviewOutcome
from icv.rules.days import ONE_DAY, add_months
from icv.store.people import Agreement, Card, Declaration, Review, Term, Vetting
from icv.store.vetting import ExtendedVetting, Extension

VETTING_LASTS_MONTHS, TERM_MONTHS = 60, 36
REQUESTED_BEFORE, CLEARED_BEFORE = timedelta(days=210), timedelta(days=90)
VETTED_LATE, EXTENDED, HAS_A_CHANGE, KEEPS_A_CARD, HAS_NOT_SIGNED = 0.05, 0.03, 0.1, 0.05, 0.1


class Appraising:
    def __init__(self, rows: Rows, by: int, chance: Chance, monday: date) -> None:
        self._rows, self._by, self._chance, self._monday = rows, by, chance, monday
        self._decisions: dict[date, int] = {}

    def keep(self, member: Member) -> None:
        last = member.left_on or self._monday
        self._vettings(member, last)
        self._terms(member, last)
        self._agreements(member)
        if member.probation_ends_on < last:
            self._review(member.id, ReviewKind.PROBATION, member.probation_ends_on - timedelta(days=10))
        if self._chance.happens(HAS_A_CHANGE):
            self._declare_change(member, last)

    def request_vetting(self, person: int, on: date) -> None:
        """Of somebody on the way."""
        self._vetting(person, on, None, None)

    def _vettings(self, member: Member, last: date) -> None:
        """Renewed in time as a rule; a few late, and no visits until it is, and a few extended until then."""
        requested, cleared = member.appointed_on - REQUESTED_BEFORE, member.appointed_on - CLEARED_BEFORE
        while cleared <= last:
            expires = ends_on = add_months(cleared, VETTING_LASTS_MONTHS)
            is_extended = self._chance.happens(EXTENDED) and expires < self._monday
            if is_extended:
                ends_on = add_months(expires, 4)
            vetting = self._vetting(member.id, requested, cleared, ends_on)
            if is_extended:
                self._extend(vetting, expires, ends_on)
            is_late = not is_extended and self._chance.happens(VETTED_LATE)
            requested, cleared = (
                expires - timedelta(days=100),
                ends_on + timedelta(days=60 if is_late else -20),
            )
            if is_late:
                member.is_away(ends_on, cleared)
        member.cannot_after(ends_on)
        if requested <= last:
            self._vetting(member.id, requested, None, None)

    def _vetting(self, person: int, requested: date, cleared: date | None, expires: date | None) -> int:
        return self._rows.add(
            Vetting,
            person_id=person,
            level="NPPV2",
            requested_on=requested,
            cleared_on=cleared,
            expires_on=expires,
        )

    def _extend(self, vetting: int, expires: date, until: date) -> None:
        """One decision for all of a month."""
        month = expires.replace(day=1)
        decided_on = month - timedelta(days=14)
        if month not in self._decisions:
            self._decisions[month] = self._rows.add(
                Extension,
                decided_on=decided_on,
                until=until,
                reason="The vetting unit is three months behind, and says so in writing.",
                made_at=at(decided_on),
                made_by_id=self._by,
            )
        self._rows.link(
            ExtendedVetting, extension_id=self._decisions[month], vetting_id=vetting, until_before=expires
        )

    def _terms(self, member: Member, last: date) -> None:
        """Each with a card of its own, and from the second on with a conversation before."""
        for on in _every(member.appointed_on, TERM_MONTHS, last):
            ends_on = add_months(on, TERM_MONTHS) - ONE_DAY
            self._rows.add(Term, person_id=member.id, starts_on=on, ends_on=ends_on)
            is_over = member.left_on or ends_on < self._monday
            gone_on = min(member.left_on or ends_on, ends_on) if is_over else None
            self._rows.add(
                Card,
                person_id=member.id,
                number=f"C{member.id:05}",
                issued_on=on,
                expires_on=ends_on,
                returned_on=None if self._chance.happens(KEEPS_A_CARD) else gone_on,
            )
            if on > member.appointed_on:
                self._review(member.id, ReviewKind.REAPPRAISAL, on - timedelta(days=20))
        member.cannot_after(ends_on)

    def _agreements(self, member: Member) -> None:
        self._rows.add(Agreement, person_id=member.id, version="2021", signed_on=member.appointed_on)
        brought_in_on = self._monday - BROUGHT_IN_AGO
        if not member.left_on and not self._chance.happens(HAS_NOT_SIGNED):
            on = max(member.appointed_on, self._chance.day(brought_in_on, 90))
            self._rows.add(Agreement, person_id=member.id, version=AGREEMENT_IN_USE, signed_on=on)

    def _review(self, person: int, kind: ReviewKind, on: date) -> None:
        self._rows.add(
            Review,
            person_id=person,
            kind=kind,
            held_on=on,
            outcome=ReviewOutcome.GO_ON,
            notes="Steady and kind. Happy to be paired with new visitors.",
            made_at=at(on),
            made_by_id=self._by,
        )

    def _declare_change(self, member: Member, last: date) -> None:
        """Settled within three weeks: what is younger waits."""
        on = self._chance.day(member.appointed_on, max(1, (last - member.appointed_on).days))
        settled_on = on + timedelta(days=21)
        is_settled = settled_on < self._monday
        self._rows.add(
            Declaration,
            person_id=member.id,
            kind=DeclarationKind.CIRCUMSTANCES,
            declared_on=on,
            words="My brother-in-law has begun to work as a detention officer in this force.",
            made_at=at(on),
            made_by_id=member.account,
            settled_on=settled_on if is_settled else None,
            settled_by_id=self._by if is_settled else None,
            outcome="They will not visit that suite." if is_settled else "",
        )


def _every(first: date, months: int, last: date) -> Iterator[date]:
    number = 0
    while (on := add_months(first, number * months)) <= last:
        yield on
        number += 1
