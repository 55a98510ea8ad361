"""Panel papers as documents: one paper, the same words and numbers in every form it leaves in."""

from icv.papers.panel.forms import Form, made
from icv.papers.panel.page import html_fragment

__all__ = ["Form", "html_fragment", "made"]
