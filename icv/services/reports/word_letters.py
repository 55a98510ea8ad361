"""Letters about words beside a filed report: that there is something to read or to sign, never what."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import week_in_words
from icv.rules.scheme import Choices
from icv.rules.signing import Answer
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.accounts import Account, open_accounts
from icv.store.findings.raised import visitors_to_tell
from icv.store.signing import ToSign, reports_signed_for_others, reports_to_ask_of
from icv.store.suites import Suite
from icv.store.visits import Addendum, Report, Visit

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
    answer: Answer,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """Tells the coordinators and the other visitor of a word that says more than yes."""
    said = "does not agree with a part of" if answer is Answer.DISAGREES else "has added something to"
    _tell(
        session,
        visit,
        "word on a report",
        f"report {report.id}, person {by.person_id}",
        f"A visitor {said} a visit report",
        f"{by.name} {said} the report {report.reference}",
        by=by,
        at=at,
        page=page,
    )


def tell_of_addendum(
    session: Session,
    visit: Visit,
    report: Report,
    addendum: Addendum,
    *,
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    """Tells the coordinators and the visitors, but for whoever wrote it."""
    _tell(
        session,
        visit,
        "addendum",
        f"addendum {addendum.id}",
        "Something was added to a visit report",
        f"{by.name} has added something to the report {report.reference}",
        by=by,
        at=at,
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
    by: Actor,
    at: datetime,
    page: PageAddress,
) -> None:
    suite = session.get_one(Suite, visit.suite_id)
    week = week_in_words(visit.week_starts_on, visit.week_ends_on)
    for account, path in _readers(session, visit):
        if account.id == by.account_id:
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
            not_before=next_waking(at),
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
    return (
        f"A report was signed for you: your visit to {one.suite}",
        f"Dear {one.account.name},\n\n{one.filed_by or 'Somebody'} has sent the report of this visit, and"
        f" said that you had read and signed it too:\n\n- {one.visit_in_words}\n\n"
        f"Read it here: {page(f'/visits/{one.visit_id}/report')}\n\n"
        "If something in it is not so, or you had not read it, add that there: it stands beside the report,"
        " and the coordinator is told.\n",
    )
