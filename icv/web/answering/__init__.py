"""Findings answered by a link: the officer's pages, open to whoever holds it, and the coordinator's."""

from icv.web.answering import office
from icv.web.answering.blueprint import bp
from icv.web.answering.views import answer

__all__ = ["answer", "bp", "office"]
