"""Papers as files: who gets which, under what name, and the same file each time."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.panel import Form
from icv.rules.access import Role
from icv.store.papers import PanelPaper
from icv.store.visits import Visit
from icv.web.papers import downloads
from tests.papers.examples import PAPER
from tests.web.browser import Browser
from tests.web.test_papers import Browse, coordinator, freeze, paper_path, visits
from tests.workshop import Workshop

__all__ = ["coordinator", "visits"]

STARTS = {
    Form.HTML: b"<!DOCTYPE html>",
    Form.PDF: b"%PDF-1.7",
    Form.DOCX: b"PK\x03\x04",
    Form.XLSX: b"PK\x03\x04",
    Form.JSON: b"{",
    Form.CSV: b"PK\x03\x04",
}


def fetched(browser: Browser, path: str, form: Form) -> bytes:
    """With what a browser is told of it. Looked at as a page it would break off at the first strange byte."""
    answer = browser.client.get(f"{path}.{form}")
    assert answer.status_code == 200
    assert answer.content_type == form.content_type
    named = re.fullmatch(
        r'attachment; filename="([a-z0-9.-]+)"', answer.headers["Content-Disposition"].casefold()
    )
    assert named
    assert named[1].endswith(f"-independent-custody-visiting-february-2026.{form.ending}")
    return answer.data


def test_a_panel_member_takes_a_frozen_paper_in_every_form(browse_as: Browse, coordinator: Browser) -> None:
    path = freeze(coordinator)
    member = browse_as(Role.PANEL).get(path)
    for form in Form:
        content = fetched(member, path, form)
        assert content.startswith(STARTS[form])
        assert f'href="{path}.{form}"' in member.html


def test_what_was_frozen_is_the_same_file_each_time_whatever_happens_since(
    browse_as: Browse, coordinator: Browser, session: Session, visits: list[Visit]
) -> None:
    path = freeze(coordinator)
    before = fetched(coordinator, path, Form.PDF)
    session.execute(sa.update(Visit).values(outcome=None))
    session.commit()
    assert fetched(browse_as(Role.PANEL), path, Form.PDF) == before


def test_the_json_is_what_is_kept(coordinator: Browser, session: Session) -> None:
    path = freeze(coordinator)
    kept = session.scalars(sa.select(PanelPaper.content)).one()
    assert json.loads(fetched(coordinator, path, Form.JSON)) == kept


def test_a_draft_is_for_those_who_write_it(browse_as: Browse, coordinator: Browser) -> None:
    path = paper_path(coordinator)
    said = fetched(coordinator, path, Form.HTML).decode()
    assert "None: this is a draft" in said
    assert "67% of scheduled visits were completed (2 of 3)." in said
    browse_as(Role.PANEL).get(f"{path}.html", status=404)
    browse_as(Role.POLICE).get(f"{path}.html", status=403)


@pytest.mark.parametrize("wrong", ["1.odt", "1.PDF", "1.", "0.pdf", "999999.pdf", "-1.pdf", "1.pdf.exe"])
def test_what_is_not_there_is_not_found(coordinator: Browser, make: Workshop, wrong: str) -> None:
    coordinator.get(f"/panel/papers/{wrong}", status=404)


def test_the_name_of_a_file_is_plain_whatever_the_title() -> None:
    strange = replace(PAPER, title='Été: "../../etc/passwd"\r\nX-Evil: 1 شرطة ' + "long " * 90)
    name = downloads.file_name(strange, Form.CSV)
    assert name.startswith("ICV-2024-01-ete-etc-passwd-x-evil-1-long-long")
    assert name.endswith(".zip")
    assert len(name) < 130
    assert downloads.file_name(replace(PAPER, title="شرطة", reference=""), Form.PDF) == "draft.pdf"


def test_the_process_that_serves_pages_loads_nothing_that_writes_documents() -> None:
    """In a process of its own: tests before this one load what they like."""
    said = subprocess.run(
        [sys.executable, "-c", _SERVING], capture_output=True, text=True, check=True, timeout=600
    )
    assert said.stdout.split() == ["made", "6", "loaded"]


_SERVING = """
import sys
import icv.app
from icv.papers.panel import Form, html_fragment, made
from tests.papers.examples import PAPER

html_fragment(PAPER)
print("made", sum(bool(made(PAPER, form)) for form in Form))
print("loaded", *({"docx", "lxml", "typst", "xlsxwriter", "python_calamine"} & set(sys.modules)))
"""
