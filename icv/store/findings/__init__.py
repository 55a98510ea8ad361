"""Findings, and every event of their way from raised to closed."""

from icv.store.findings.board import (
    FindingLine,
    FindingThread,
    Sought,
    Tray,
    findings_of,
    thread,
    tray,
    tray_counts,
)
from icv.store.findings.events import EventLine
from icv.store.findings.facts import suite_of, themes_of
from icv.store.findings.put import PutFinding, finding_put, findings_put, how_many_put
from icv.store.findings.tables import (
    Finding,
    FindingEvent,
    FindingLink,
    FindingTheme,
    LinkedFinding,
    PublishedFinding,
)

__all__ = [
    "EventLine",
    "Finding",
    "FindingEvent",
    "FindingLine",
    "FindingLink",
    "FindingTheme",
    "FindingThread",
    "LinkedFinding",
    "PublishedFinding",
    "PutFinding",
    "Sought",
    "Tray",
    "finding_put",
    "findings_of",
    "findings_put",
    "how_many_put",
    "suite_of",
    "themes_of",
    "thread",
    "tray",
    "tray_counts",
]
