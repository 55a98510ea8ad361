"""Recruitment: rounds and what came of them, applications of the public page, and what is counted of them."""

from icv.store.recruitment.funnel import Applicant, applicants_of, cohort_on
from icv.store.recruitment.pipeline import Column, Waiting, pipeline_board
from icv.store.recruitment.rounds import (
    OnlineApplications,
    RoundLine,
    online_applications,
    round_before,
    rounds_closing,
    rounds_listed,
    welcome_of,
)
from icv.store.recruitment.tables import Application, MonitoringCount

__all__ = [
    "Applicant",
    "Application",
    "Column",
    "MonitoringCount",
    "OnlineApplications",
    "RoundLine",
    "Waiting",
    "applicants_of",
    "cohort_on",
    "online_applications",
    "pipeline_board",
    "round_before",
    "rounds_closing",
    "rounds_listed",
    "welcome_of",
]
