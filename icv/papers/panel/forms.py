"""The forms a paper leaves in. The heavy ones are made in a process of their own, one for each document."""

import json
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from icv.papers.apart import run_apart
from icv.papers.panel.csv_files import csv_files
from icv.papers.panel.legible import legible
from icv.papers.panel.page import html_page
from icv.papers.panel.pdf import pdf
from icv.rules.paper import Paper
from icv.rules.paper.written import paper_as_json, paper_from_json

MOST_SECONDS = 60
UNTITLED = "A paper without a title"
"""No document can be read aloud that has none."""


class Form(StrEnum):
    """By the word that asks for it."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"
    CSV = "csv"
    """A zip with a file for each table."""

    @property
    def ending(self) -> str:
        """Of its file's name."""
        return "zip" if self is Form.CSV else self.value

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]


def made(paper: Paper, form: Form) -> bytes:
    """The same bytes for the same paper. Raises Refusal where it takes too long."""
    if form is Form.JSON:
        return (json.dumps(paper_as_json(paper), ensure_ascii=False, indent=1) + "\n").encode()
    readable = paper_from_json(legible(paper_as_json(paper)))
    return _MADE[form](readable if readable.title.strip() else replace(readable, title=UNTITLED))


def _apart(module: str) -> Callable[[Paper], bytes]:
    def make(paper: Paper) -> bytes:
        sent = json.dumps(paper_as_json(paper)).encode()
        return run_apart(f"icv.papers.panel.{module}", sent=sent, seconds=MOST_SECONDS)

    return make


_MADE: dict[Form, Callable[[Paper], bytes]] = {
    Form.HTML: html_page,
    Form.PDF: pdf,
    Form.DOCX: _apart("word"),
    Form.XLSX: _apart("workbook"),
    Form.CSV: csv_files,
}
_CONTENT_TYPES = {
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.JSON: "application/json",
    Form.CSV: "application/zip",
}
