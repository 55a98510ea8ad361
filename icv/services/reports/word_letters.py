"""Letters about words beside a filed report: that there is something to read or to sign, never what."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import week_in_words
from icv.rules.scheme import Choices
from icv.rules.signing import Answer, Signed
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.accounts import Account, open_accounts
from icv.store.findings.raised import visitors_to_tell
from icv.store.people import Person
from icv.store.signing import ToSign, reports_signed_for_others, reports_to_ask_of
from icv.store.suites import Suite
from icv.store.visits import Report, Visit

TO_SIGN, SIGNED_FOR = "countersign", "signed for you"
ASKED_WITHIN = timedelta(days=14)
"""Of filing: who was not asked by then, by a service that stood still, is not asked of old reports."""


def ask_for_words(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Asks each partner once for their word, and tells once whom somebody else has signed for."""
    since = at - ASKED_WITHIN
    to_ask = _by_key(reports_to_ask_of(session, since))
    for key in sorted(letters.unwritten(session, TO_SIGN, to_ask)):
        subject, said = _asked(to_ask[key], address_of_page)
        letters.write(session, TO_SIGN, key, to_ask[key].account, subject, said, at=at)
    signed_for = _by_key(reports_signed_for_others(session, since))
    for key in sorted(letters.unwritten(session, SIGNED_FOR, signed_for)):
        subject, said = _told(signed_for[key], address_of_page)
        letters.write(session, SIGNED_FOR, key, signed_for[key].account, subject, said, at=at)


def tell_of_word(
    session: Session,
    visit: Visit,
    report: Report,
    person_id: int,
    answer: Answer,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """Tells the coordinators and the other visitor of a word that says more than yes.

    But for whoever entered it, and the visitor whose word it is.
    """
    person = session.get_one(Person, person_id)
    said = "does not agree with a part of" if answer is Answer.DISAGREES else "has added something to"
    _tell(
        session,
        visit,
        "word on a report",
        f"report {report.id}, person {person_id}",
        f"A visitor {said} a visit report",
        f"{person.name} {said} the report {report.reference}",
        but={by.account_id, person.account_id},
        at=at,
        not_before=next_waking(at),
        page=page,
    )


def tell_of_addendum(
    session: Session,
    visit: Visit,
    report: Report,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """Tells the coordinators and the visitors, but for whoever wrote it.

    What is added to a report within one hour makes one letter to each, so it names nobody.
    """
    hour_ends = (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    not_before = next_waking(hour_ends)
    _tell(
        session,
        visit,
        "addendum",
        f"report {report.id}, {not_before:%Y-%m-%dT%H:%M}",
        "Something was added to a visit report",
        f"Something has been added to the report {report.reference}",
        but={by.account_id},
        at=at,
        not_before=not_before,
        page=page,
    )


def _tell(
    session: Session,
    visit: Visit,
    purpose: str,
    key: str,
    subject: str,
    what: str,
    *,
    but: Collection[int | None],
    at: datetime,
    not_before: datetime,
    page: PageAddress,
) -> None:
    suite = session.get_one(Suite, visit.suite_id)
    week = week_in_words(visit.week_starts_on, visit.week_ends_on)
    for account, path in _readers(session, visit):
        if account.id in but:
            continue
        letters.write(
            session,
            purpose,
            f"{key}, account {account.id}",
            account,
            subject,
            f"Dear {account.name},\n\n{what} of the visit to {suite.name} in the week {week}."
            " The report itself stands as it was sent.\n\n"
            f"Read it here: {page(path)}\n\nLetters do not say what was written.\n",
            at=at,
            not_before=not_before,
        )


def _readers(session: Session, visit: Visit) -> list[tuple[Account, str]]:
    """Everyone who reads the report, each once, with the page where they do."""
    readers = {
        account.id: (account, f"/visits/{visit.id}/report")
        for account in visitors_to_tell(session, [visit.id]).get(visit.id, [])
    }
    for account in open_accounts(session, Role.COORDINATOR):
        readers.setdefault(account.id, (account, f"/visits/{visit.id}"))
    return list(readers.values())


def _by_key(reports: Iterable[ToSign]) -> dict[str, ToSign]:
    return {f"report {one.report_id}, person {one.person_id}": one for one in reports}


def _asked(one: ToSign, page: PageAddress) -> tuple[str, str]:
    return (
        f"Please read and countersign: your visit to {one.suite}",
        f"Dear {one.account.name},\n\n{one.filed_by or 'Somebody'} has sent the report of this visit:\n\n"
        f"- {one.visit_in_words}\n\n"
        "It is the report of you both. Read it, and say with one button that you agree, or what you would"
        f" add or see otherwise: {page(f'/visits/{one.visit_id}/report/countersign')}\n\n"
        "What was sent cannot be changed: what you say stands beside it.\n",
    )


def _told(one: ToSign, page: PageAddress) -> tuple[str, str]:
    subject = f"A report was signed for you: your visit to {one.suite}"
    if one.how is Signed.ON_PAPER:
        return subject, (
            f"Dear {one.account.name},\n\nThe coordinator has entered from paper what you said of the report"
            f" of this visit:\n\n- {one.visit_in_words}\n\n"
            f"Read it here: {page(f'/visits/{one.visit_id}/report')}\n\n"
            "If something in it is not so, or you had said nothing of it, add that there: it stands beside"
            " the report, and the coordinator is told.\n"
        )
    return subject, (
        f"Dear {one.account.name},\n\n{one.filed_by or 'Somebody'} has sent the report of this visit, and"
        f" said that you had read and signed it too:\n\n- {one.visit_in_words}\n\n"
        "If you had not, or see something in it otherwise, you may still say so, once. Read it and say your"
        f" own word here: {page(f'/visits/{one.visit_id}/report/countersign')}\n\n"
        "Your word then stands in the place of the one given for you, and the coordinator is told if you do"
        " not agree or add something.\n"
    )
