"""The visit report as its pair writes it: a task list, a page a part, check answers, the receipt."""

from icv.web.reports import absence, lists, receiving
from icv.web.reports.views import bp

__all__ = ["absence", "bp", "lists", "receiving"]
