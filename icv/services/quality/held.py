"""A criterion kept from everybody else while it is changed, as it was when it was last looked at."""

from sqlalchemy.orm import Session

from icv.rules.days import london
from icv.services.quality.errors import QualityError
from icv.store.accounts import Account
from icv.store.quality import Criterion


def held_criterion(session: Session, criterion_id: int) -> Criterion:
    criterion = session.get(Criterion, criterion_id, with_for_update=True, populate_existing=True)
    if criterion is None:
        raise QualityError("This criterion is not in the binder any more. Go back to the list.")
    return criterion


def unchanged_criterion(session: Session, criterion_id: int, version: int) -> Criterion:
    """Raises QualityError where somebody changed it after that version was read: nothing is written over."""
    criterion = held_criterion(session, criterion_id)
    if criterion.version != version:
        account = session.get(Account, criterion.changed_by_id) if criterion.changed_by_id else None
        who = account.name if account else "Somebody"
        raise QualityError(
            f"{who} changed this criterion at {london(criterion.changed_at):%H:%M}, after you opened it. Read"
            " below what it says now; what you typed is still here. Save again to put yours in its place",
            field="version",
        )
    return criterion
