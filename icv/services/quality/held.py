"""A criterion kept from everybody else while it is changed, as it was when it was last looked at."""

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.services.meanwhile import changed_meanwhile
from icv.services.quality.errors import QualityError
from icv.store.accounts import Account
from icv.store.quality import Criterion
from icv.store.settings import Changed


def held_criterion(session: Session, criterion_id: int) -> Criterion:
    criterion = session.get(Criterion, criterion_id, with_for_update=True, populate_existing=True)
    if criterion is None:
        raise QualityError("This criterion is not in the binder any more. Go back to the list.")
    return criterion


def unchanged_criterion(session: Session, criterion_id: int, version: int, *, by: Actor) -> Criterion:
    """Raises QualityError where it was changed after that version was read: nothing is written over."""
    criterion = held_criterion(session, criterion_id)
    if criterion.version != version:
        account = session.get(Account, criterion.changed_by_id) if criterion.changed_by_id else None
        changed = Changed(account.name if account else None, criterion.changed_at, criterion.changed_by_id)
        raise QualityError(changed_meanwhile("criterion", changed, by), field="version")
    return criterion
