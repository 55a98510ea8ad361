"""Telling coordinators of new applications, in one letter a day at most."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.rules.words import plural
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.accounts import open_accounts
from icv.store.letters import Letter
from icv.store.recruitment.applications import InTray, in_tray

PURPOSE = "new applications"


def tell_of_applications(
    session: Session, choices: Choices, address_of_page: PageAddress, at: datetime
) -> None:
    """Writes when something has come in since the last such letter; what comes later today waits a day."""
    told_at = session.scalar(
        sa.select(sa.func.max(Letter.made_at)).where(Letter.key.startswith(f"{PURPOSE}: "))
    )
    tray = in_tray(session, since=told_at, on=london_day(at))
    if not tray.new:
        return
    letters.write_to_each(
        session,
        PURPOSE,
        london_day(at).isoformat(),
        open_accounts(session, Role.COORDINATOR),
        f"{plural(tray.new, 'new application')} to become a visitor",
        _said(tray, address_of_page),
        at=at,
    )


def _said(tray: InTray, address_of_page: PageAddress) -> str:
    lines = [
        f"{plural(tray.new, 'application')} came in since the last letter about them."
        f" {plural(tray.to_read, 'applicant')} {'waits' if tray.to_read == 1 else 'wait'} to be read and"
        f" shortlisted:\n\n{address_of_page('/people/?stage=applied')}\n"
    ]
    if tray.to_settle:
        lines.append(
            f"{plural(tray.to_settle, 'application')} came from an address that was on record already. Say"
            f" whose it is:\n\n{address_of_page('/people/applications/')}\n"
        )
    return "\n".join(lines)
