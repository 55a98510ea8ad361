"""Taking on record somebody who visits already: one row of the volunteers' import, typed instead of sent."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.sheets import Sheet
from icv.rules.access import Actor
from icv.services.exchange import import_sheet
from icv.store.accounts import email_key
from icv.store.people import Person
from icv.store.trail import note

ROW = 2  # as a spreadsheet would number it, the header being the first


def add_visitor(session: Session, cells: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Their id. `cells` by the import's columns, days in ISO form. Raises ImportRefused, an error a cell."""
    sheet = Sheet(tuple(cells), [(ROW, list(cells.values()))], 0)
    import_sheet(
        session,
        "volunteers",
        sheet,
        sha256="",
        how_to_update="look for their record instead",
        by=by.account_id,
        at=at,
    )
    person_id = session.scalars(
        sa.select(Person.id).where(Person.email_key == email_key(cells["email"]))
    ).one()
    note(session, "add", "person", person_id, by=by.account_id, at=at)
    return person_id
