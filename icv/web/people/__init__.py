"""People for the coordinator: the list, a person's record, and everything done with either."""

from icv.web.people import (
    absence,
    appraisal,
    certificate,
    declarations,
    importing,
    joining,
    keeping,
    leaving,
    moving,
    removing,
    several,
    showing,
    together,
    views,
)
from icv.web.people.blueprint import bp

__all__ = [
    "absence",
    "appraisal",
    "bp",
    "certificate",
    "declarations",
    "importing",
    "joining",
    "keeping",
    "leaving",
    "moving",
    "removing",
    "several",
    "showing",
    "together",
    "views",
]
