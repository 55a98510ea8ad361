"""What a session asks of its database, listened to."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Each as it is asked."""
    asked: list[str] = []

    def listen(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    engine = session.connection().engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)
