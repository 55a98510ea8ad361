"""Several acts at the same moment, each in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.refusals import Refusal
from icv.store.engine import writing

Act = Callable[[Session], object]


def at_once(engine: sa.Engine, *acts: Act) -> list[str]:
    """What each was told: nothing, or why it was refused. Anything but a refusal is an error of the test."""
    start = Barrier(len(acts))

    def told(act: Act) -> str:
        start.wait()
        try:
            with writing(engine) as session:
                act(session)
                session.commit()
        except Refusal as refusal:
            return str(refusal)
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(told, acts))
