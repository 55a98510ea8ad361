"""Telling the panel of a frozen paper: a letter with a link, by day."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import day_in_words
from icv.rules.figures.periods import name_of
from icv.rules.paper import Paper
from icv.rules.waking import next_waking
from icv.services.letters import write_to_each
from icv.store.accounts import open_accounts


def tell_panel(session: Session, paper_id: int, paper: Paper, link: str, *, at: datetime) -> int:
    """How many are told."""
    members = open_accounts(session, Role.PANEL)
    write_to_each(
        session,
        "paper frozen",
        f"paper {paper_id}",
        members,
        f"{paper.kind} {paper.reference}: {name_of(paper.period)}",
        _words(paper, link),
        at=at,
        not_before=next_waking(at),
    )
    return len(members)


def _words(paper: Paper, link: str) -> str:
    restated = paper.restated
    why = (
        f"It restates {restated.reference}, of {day_in_words(restated.frozen_on)}, and shows both figures"
        f" where they differ. The reason: {restated.why}\n\n"
        if restated
        else ""
    )
    return (
        f"{paper.author} has sent you {paper.reference}, “{paper.title}”, dated"
        f" {day_in_words(paper.dated_on)}.\n\n{why}You can read it here, or download it as PDF, Word or a"
        f" spreadsheet:\n{link}\n\n{paper.scheme}\n"
    )
