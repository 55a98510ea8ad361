"""Other schemes' figures: taken in from their files, and removed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day, short_day
from icv.rules.figures_file import FiguresFile, FiguresFileError, as_json, read
from icv.rules.figures_file.checking import wrong
from icv.rules.refusals import Refusal
from icv.store.comparison import OtherFigures
from icv.store.trail import note

MOST_FILES = 200


class ComparisonError(Refusal):
    """Why it cannot be done; the text may be shown."""


def take_in(session: Session, content: bytes, *, by: Actor, at: datetime) -> OtherFigures:
    """Raises FiguresFileError where it is no figures file, or is here already."""
    file = read(content)
    if file.made_on > london_day(at):
        raise wrong("“made_on”", f"is {short_day(file.made_on)}, a day that is still to come")
    written = as_json(file)
    if session.scalar(sa.select(OtherFigures.id).where(OtherFigures.digest == written["digest"])):
        raise FiguresFileError("This file is here already: it is in the list below.")
    if (session.scalar(sa.select(sa.func.count(OtherFigures.id))) or 0) >= MOST_FILES:
        raise FiguresFileError(f"{MOST_FILES} files are here already. Remove those no longer needed.")
    kept = _kept(session, file, written, by=by, at=at)
    note(session, "take in figures of another scheme", "other figures", kept.id, by=by.account_id, at=at)
    return kept


def _kept(
    session: Session, file: FiguresFile, written: dict[str, object], *, by: Actor, at: datetime
) -> OtherFigures:
    kept = OtherFigures(
        scheme=file.scheme,
        period_first=file.period.first,
        period_last=file.period.last,
        content=written,
        digest=str(written["digest"]),
        read_at=at,
        read_by_id=by.account_id,
    )
    session.add(kept)
    try:
        session.flush()
    except sa.exc.IntegrityError as twice:
        raise FiguresFileError("This file is here already: it is in the list below.") from twice
    return kept


def remove(session: Session, figures_id: int, *, by: Actor, at: datetime) -> str:
    """Gives the name of the scheme whose file it was. Raises ComparisonError where it is gone."""
    kept = session.get(OtherFigures, figures_id, with_for_update=True)
    if kept is None:
        raise ComparisonError("This file has been removed already.")
    session.delete(kept)
    note(session, "remove figures of another scheme", "other figures", figures_id, by=by.account_id, at=at)
    return kept.scheme
