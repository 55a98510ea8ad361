"""The letter two days before a session, to whoever has had a place for longer than that."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, midnight
from icv.rules.scheme import Choices
from icv.services.letters import PageAddress
from icv.services.training.booking import HOW_TO_CANCEL
from icv.services.training.telling import tell
from icv.store.training import Booking, TrainingSession

DAYS_BEFORE = timedelta(days=2)


def remind_of_sessions(
    session: Session, choices: Choices, address_of_page: PageAddress, at: datetime
) -> None:
    """A session that is moved is written of again, two days before its new day."""
    until = midnight(london_day(at) + DAYS_BEFORE + timedelta(days=1))
    near = session.scalars(
        sa.select(TrainingSession)
        .where(
            TrainingSession.starts_at > at,
            TrainingSession.starts_at < until,
            TrainingSession.cancelled_at.is_(None),
        )
        .order_by(TrainingSession.id)
    )
    for sitting in near:
        told_anyway = midnight(london_day(sitting.starts_at) - DAYS_BEFORE)
        booked = session.scalars(
            sa.select(Booking.person_id).where(
                Booking.session_id == sitting.id, Booking.booked_at < told_anyway
            )
        )
        said = f"This training is near, and you have a place on it. {HOW_TO_CANCEL}"
        tell(
            session,
            sitting,
            list(booked),
            "training near",
            "Your training is near",
            said,
            about=sitting.starts_at,
            at=at,
        )
