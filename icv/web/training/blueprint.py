"""The blueprint of training, the session a page speaks of, and how its lists of people are cut."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import Blueprint, abort, request

from icv.store.training import Here, SessionLine, session_line
from icv.web.db import db

bp = Blueprint("training", __name__, url_prefix="/people")

MOST_ROWS = 100

H = TypeVar("H", bound=Here)


@dataclass(frozen=True, slots=True)
class Cut(Generic[H]):
    """The people shown of `of` that fit what was searched for."""

    rows: Sequence[H]
    of: int


def session_seen(session_id: int) -> SessionLine:
    """The session, or 404."""
    return session_line(db.session(), session_id) or abort(404)


def words_asked() -> str:
    """The name that is searched for."""
    return request.args.get("words", "").strip()


def cut(people: Sequence[H], chosen: Collection[int] = ()) -> Cut[H]:
    """Those whose name fits, up to a hundred; and whoever is chosen, first, so that no tick is lost."""
    first = [one for one in people if one.person_id in chosen]
    rest = [
        one
        for one in people
        if one.person_id not in chosen and words_asked().casefold() in one.name.casefold()
    ]
    return Cut([*first, *rest[:MOST_ROWS]], len(first) + len(rest))
