"""What changes in a database that was put back, before anybody uses it."""

from datetime import datetime

import sqlalchemy as sa

from icv.services.keeping.errors import KeepingError
from icv.store.accounts import OneTimeLink, SignIn
from icv.store.addresses import AddressChange
from icv.store.engine import open_engine, writing
from icv.store.letters import Letter, LetterState
from icv.store.migrating import CannotUpgrade, upgrade
from icv.store.trail import note


def settle(address: sa.URL, at: datetime) -> None:
    """Brings the tables to this program, then takes out what must not come back to life.

    Sign-ins that were ended and links that were used since the backup would work again; letters that
    went out since would go out twice.
    """
    url = address.render_as_string(hide_password=False)
    try:
        upgrade(url)
    except (CannotUpgrade, sa.exc.DBAPIError) as trouble:
        raise KeepingError(f"The backup could not be brought to this version: {trouble}") from trouble
    engine = open_engine(url)
    with writing(engine) as session:
        session.execute(sa.delete(SignIn))
        session.execute(sa.delete(OneTimeLink))
        session.execute(sa.delete(AddressChange))
        session.execute(
            sa.update(Letter)
            .where(Letter.state.in_([LetterState.WAITING, LetterState.SENDING]))
            .values(
                state=LetterState.MAY_HAVE_BEEN_SENT,
                last_error="A backup was restored while this letter was waiting in it: it may have gone out.",
            )
        )
        note(session, "restored a backup", "database", None, by=None, at=at)
        session.commit()
    engine.dispose()
