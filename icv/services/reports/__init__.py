"""The visit report: saved part by part by its pair, filed once, never changed after."""

from icv.services.reports.drafts import add, draft_of, remove, save
from icv.services.reports.errors import Clash, Incomplete, NotOpen, Refused, ReportError
from icv.services.reports.filing import Receipt, enter_from_paper, file

__all__ = [
    "Clash",
    "Incomplete",
    "NotOpen",
    "Receipt",
    "Refused",
    "ReportError",
    "add",
    "draft_of",
    "enter_from_paper",
    "file",
    "remove",
    "save",
]
