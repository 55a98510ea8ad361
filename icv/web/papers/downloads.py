"""A paper as a file: the draft as it stands, or what was frozen, the same each time."""

import re
import unicodedata

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from icv.papers.panel import Form, made
from icv.rules.access import Action
from icv.rules.paper import Paper
from icv.rules.paper.written import paper_from_json
from icv.store.papers import FrozenPaper
from icv.web.files import as_file
from icv.web.gate import needs
from icv.web.papers.blueprint import bp, open_draft, seen_or_404
from icv.web.refusals import told_above

_LONGEST_NAME = 100


@bp.get(f"/<int:paper_id>.<any({','.join(Form)}):form>")
@needs(Action.SEE_PAPERS)
def download(paper_id: int, form: str) -> ResponseReturnValue:
    """Where the file cannot be made, back to the paper, which says why."""
    seen = seen_or_404(paper_id)
    with told_above():
        paper = paper_from_json(seen.content) if isinstance(seen, FrozenPaper) else open_draft(seen).paper
        return as_file(made(paper, Form(form)), file_name(paper, Form(form)), Form(form).content_type)
    return redirect(url_for("papers.show", paper_id=paper_id))


def file_name(paper: Paper, form: Form) -> str:
    """2024-P001-independent-custody-visiting-december-2023-to-january-2024.pdf"""
    plain = unicodedata.normalize("NFKD", paper.title.casefold()).encode("ascii", "ignore").decode()
    title = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, (paper.reference or 'draft', title)))}.{form.ending}"
