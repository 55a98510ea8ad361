"""Findings, and every event of their way from raised to closed."""

from icv.store.findings.ages import Age, open_by_age
from icv.store.findings.events import EventLine
from icv.store.findings.facts import details_at, details_of, suite_of, themes_of, visit_with_reference
from icv.store.findings.links import (
    HeldLink,
    LinkedOfficer,
    LinkLine,
    finding_of_link,
    findings_of_link,
    how_many_links,
    link_held,
    links_made,
    links_to_finding,
    officers_linked,
)
from icv.store.findings.listing import (
    OPEN_TRAYS,
    FindingLine,
    Order,
    Sought,
    Tray,
    findings_chosen,
    findings_of,
    themes_in_use,
    tray,
    tray_counts,
)
from icv.store.findings.put import PutCounts, PutFinding, SoughtPut, finding_put, findings_put, how_many_put
from icv.store.findings.raised import (
    RaisedFinding,
    how_many_raised_by,
    news_of_visit_seen_by,
    raised_finding_seen_by,
    raised_seen_by,
)
from icv.store.findings.repeats import earlier_ones, repeats_among
from icv.store.findings.tables import (
    Finding,
    FindingEvent,
    FindingLink,
    FindingTheme,
    LinkedFinding,
    PublishedFinding,
)
from icv.store.findings.thread import FindingThread, thread

__all__ = [
    "OPEN_TRAYS",
    "Age",
    "EventLine",
    "Finding",
    "FindingEvent",
    "FindingLine",
    "FindingLink",
    "FindingTheme",
    "FindingThread",
    "HeldLink",
    "LinkLine",
    "LinkedFinding",
    "LinkedOfficer",
    "Order",
    "PublishedFinding",
    "PutCounts",
    "PutFinding",
    "RaisedFinding",
    "Sought",
    "SoughtPut",
    "Tray",
    "details_at",
    "details_of",
    "earlier_ones",
    "finding_of_link",
    "finding_put",
    "findings_chosen",
    "findings_of",
    "findings_of_link",
    "findings_put",
    "how_many_links",
    "how_many_put",
    "how_many_raised_by",
    "link_held",
    "links_made",
    "links_to_finding",
    "news_of_visit_seen_by",
    "officers_linked",
    "open_by_age",
    "raised_finding_seen_by",
    "raised_seen_by",
    "repeats_among",
    "suite_of",
    "themes_in_use",
    "themes_of",
    "thread",
    "tray",
    "tray_counts",
    "visit_with_reference",
]
