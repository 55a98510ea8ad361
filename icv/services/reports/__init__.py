"""The visit report: saved part by part by its pair, filed once, never changed after."""

from icv.services.reports.absence import DID_NOT_COME, tell_of_absence
from icv.services.reports.addenda import add_to_report
from icv.services.reports.drafts import SENT, add, draft_of, remove, save, why_closed
from icv.services.reports.errors import Clash, Incomplete, NotOpen, Refused, ReportError
from icv.services.reports.filing import Receipt, file
from icv.services.reports.incoming import Outcome, Saved, SentPart, receive_parts
from icv.services.reports.paper import enter_from_paper, file_from_paper
from icv.services.reports.receiving import Lacking, Received, Sent, receive_submission
from icv.services.reports.signing import countersign, countersign_on_paper

__all__ = [
    "DID_NOT_COME",
    "SENT",
    "Clash",
    "Incomplete",
    "Lacking",
    "NotOpen",
    "Outcome",
    "Receipt",
    "Received",
    "Refused",
    "ReportError",
    "Saved",
    "Sent",
    "SentPart",
    "add",
    "add_to_report",
    "countersign",
    "countersign_on_paper",
    "draft_of",
    "enter_from_paper",
    "file",
    "file_from_paper",
    "receive_parts",
    "receive_submission",
    "remove",
    "save",
    "tell_of_absence",
    "why_closed",
]
