"""Training sessions: who is booked, and who came."""

from icv.store.training.tables import Booking, TrainingSession

__all__ = ["Booking", "TrainingSession"]
