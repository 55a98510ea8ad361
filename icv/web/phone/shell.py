"""The shell: every part of the report's form, empty, from the very templates that the pages use."""

from types import SimpleNamespace
from typing import Any

from flask import render_template

from icv.rules.report import FORM_VERSION, SERIOUS_MEANS, Draft, Trainee
from icv.web.pages import choices
from icv.web.reports.forms import SECTION_FORMS, PartForm, SendForm
from icv.web.reports.lists import FORMS as ADDED_FORMS
from icv.web.reports.lists import LISTS, asking

ON_PROBATION = Trainee(0, "The visitor on probation")
SOME_ARE_MISSING = Draft.of({"counts": {"in_custody": 1, "offered": 1, "accepted": 1}})
"""As which every question of a list is asked: the phone hides what does not apply."""

FORMS: dict[str, type[PartForm]] = {
    **SECTION_FORMS,
    **LISTS,
    **ADDED_FORMS,
}


def shell_page() -> str:
    """Of nobody: no name, no suite, no form token. Two people are given the same bytes."""
    held = choices()
    return render_template(
        "phone/shell.html",
        scheme_name=held.scheme_name,
        marking=held.records_marking,
        navigation=[],
        signed_in_as=None,
        footer_links=[],
        form_version=FORM_VERSION,
        get_flashed_messages=_no_messages,
        sending=SendForm(formdata=None, meta={"csrf": False}),
        parts=[(name, _template_of(name, kind)) for name, kind in FORMS.items()],
    )


def _no_messages(**asked: Any) -> list[str]:
    """What was flashed is for one person's next page."""
    return []


def _template_of(name: str, kind: type[PartForm]) -> str:
    about: dict[str, Any] = {
        "frame": "phone/_list.html" if name in LISTS else "phone/_part.html",
        "part": name,
        "form": asking(kind(formdata=None, meta={"csrf": False})),
        "report": SimpleNamespace(visit_id=0),
        "choices": choices(),
        "draft": SOME_ARE_MISSING,
        "trainee": ON_PROBATION,
        "number": None,
        "serious_means": SERIOUS_MEANS,
    }
    return render_template(f"reports/{name}.html", **about)
