"""Turns: what one transaction at a time may do, where there is no row to hold."""

from enum import IntEnum

import sqlalchemy as sa


class Turn(IntEnum):
    """Each by its number in PostgreSQL, which no two share. The upgrade’s is the same in every version."""

    UPGRADE = 5_101_520_026
    CARD_NUMBERS = 0x1C_CA2D
    CHOICES = 0x1C_5E77


def wait_for(turn: Turn, connection: sa.Connection) -> None:
    """Until the transaction ends it is nobody else's. On SQLite whoever may write is alone already.

    An advisory lock, not one on a table: whoever reads, or adds by another way, need not wait.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": int(turn)})
