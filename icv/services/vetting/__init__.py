"""What is done about everybody’s vetting: recorded and extended for many at once, and told before it ends."""

from icv.services.vetting.ending import remind_of_vetting
from icv.services.vetting.extending import (
    Decision,
    Extended,
    LeftOut,
    Plan,
    VettingError,
    extend,
    plan,
)
from icv.services.vetting.recording import (
    Chosen,
    record_asked,
    record_cleared,
    to_be_asked,
    to_be_cleared,
)

__all__ = [
    "Chosen",
    "Decision",
    "Extended",
    "LeftOut",
    "Plan",
    "VettingError",
    "extend",
    "plan",
    "record_asked",
    "record_cleared",
    "remind_of_vetting",
    "to_be_asked",
    "to_be_cleared",
]
