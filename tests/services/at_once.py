"""Several acts at the same moment, each in a thread and a transaction of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.refusals import Refusal
from icv.store.engine import writing

Given = TypeVar("Given")
Act = Callable[[Session], object]


def at_once(engine: sa.Engine, *acts: Act) -> list[str]:
    """What each was told: nothing, or why it was refused."""
    return _told(gave_at_once(engine, *acts))


def told_at_once(*acts: Callable[[], object]) -> list[str]:
    """The same of acts that begin and end their own transactions."""
    return _told(_gave(acts))


def gave_at_once(engine: sa.Engine, *acts: Callable[[Session], Given]) -> list[Given | Refusal]:
    """What each gave, or how it was refused."""
    return _gave([_committed(engine, act) for act in acts])


def _committed(engine: sa.Engine, act: Callable[[Session], Given]) -> Callable[[], Given]:
    def whole() -> Given:
        with writing(engine) as session:
            given = act(session)
            session.commit()
        return given

    return whole


def _gave(acts: Sequence[Callable[[], Given]]) -> list[Given | Refusal]:
    """Anything but a refusal is an error of the test."""
    start = Barrier(len(acts))

    def given(act: Callable[[], Given]) -> Given | Refusal:
        start.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(given, acts))


def _told(answers: Sequence[object]) -> list[str]:
    return [str(one) if isinstance(one, Refusal) else "" for one in answers]
