"""The list of findings by where they lie, and the board of those that wait for somebody."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from icv.papers.pictures import stacked_findings
from icv.rules.access import Action
from icv.rules.repeats import RULE
from icv.store.findings import (
    OPEN_TRAYS,
    Age,
    Order,
    Sought,
    Tray,
    open_by_age,
    repeats_among,
    themes_in_use,
    tray,
    tray_counts,
)
from icv.store.suites import suite_names
from icv.web.clock import today
from icv.web.db import db
from icv.web.findings.blueprint import bp
from icv.web.gate import needs
from icv.web.lists import number_asked, pages_of, ticked
from icv.web.pages import choices, page

SIZE = 50
MOST_ON_BOARD = 8
ACTS_IN = {
    Tray.TO_DECIDE: ("put", "close"),
    Tray.WITH_POLICE: ("link", "close"),
    Tray.REPLIED: ("close",),
    Tray.ALL: ("put", "link", "close"),
}
"""What may be done with those chosen in a tray; nothing in the others."""

_Word = TypeVar("_Word", bound=StrEnum)


@bp.get("/")
@needs(Action.SEE_FINDINGS)
def index() -> ResponseReturnValue:
    sought = _sought()
    counts = tray_counts(db.session(), sought)
    first = next((one for one in OPEN_TRAYS if counts[one]), Tray.TO_DECIDE)
    which = _asked(Tray, "tray") or (Tray.ALL if sought.words else first)
    number, last = pages_of(counts[which], SIZE)
    lines = tray(db.session(), which, sought, page=number, size=SIZE)
    return page(
        "findings/index.html",
        lines=lines,
        repeats=repeats_among(db.session(), [line.id for line in lines]),
        rule=RULE,
        counts=counts,
        which=which,
        acts=ACTS_IN.get(which, ()),
        number=number,
        last=last,
        **_around(sought),
    )


@bp.get("/board")
@needs(Action.SEE_FINDINGS)
def board() -> ResponseReturnValue:
    sought = _sought()
    columns = {which: tray(db.session(), which, sought, page=1, size=MOST_ON_BOARD) for which in OPEN_TRAYS}
    ages = open_by_age(db.session(), sought, today())
    return page(
        "findings/board.html",
        columns=columns,
        counts={which: sum(age.counts[which] for age in ages) for which in OPEN_TRAYS},
        repeats=repeats_among(db.session(), [line.id for lines in columns.values() for line in lines]),
        rule=RULE,
        ages=ages,
        picture=_drawn(ages),
        **_around(sought),
    )


@bp.get("/chosen")
@needs(Action.SEE_FINDINGS)
def chosen() -> ResponseReturnValue:
    """From the list with its ticks to the page of the act."""
    if not ticked("finding"):
        flash("Choose at least one finding first.", "warning")
        return redirect(url_for("findings.index", tray=request.args.get("tray")))
    if request.args.get("act") == "link":
        return redirect(url_for("finding_links.make", finding=sorted(ticked("finding"))))
    name = "close" if request.args.get("act") == "close" else "put"
    return redirect(url_for("findings.together", name=name, finding=sorted(ticked("finding"))))


def _sought() -> Sought:
    return Sought(
        suite_id=number_asked("suite"),
        category=request.args.get("category") or None,
        theme=request.args.get("theme") or None,
        is_serious=request.args.get("serious") == "yes",
        words=request.args.get("words", "").strip()[:100],
        order=_asked(Order, "order"),
    )


def _around(sought: Sought) -> dict[str, Any]:
    """What list and board share; `kept` is the address of what was asked."""
    kept = {
        "suite": sought.suite_id,
        "category": sought.category,
        "theme": sought.theme,
        "serious": "yes" if sought.is_serious else None,
        "words": sought.words or None,
        "order": sought.order,
    }
    return {
        "sought": sought,
        "kept": {name: value for name, value in kept.items() if value},
        "orders": list(Order),
        "suites": suite_names(db.session()),
        "themes": sorted({*choices().finding_themes, *themes_in_use(db.session())}),
        "today": today(),
        "choices": choices(),
        "marking": choices().records_marking,
    }


def _asked(words: type[_Word], name: str) -> _Word | None:
    asked = request.args.get(name)
    return words(asked) if asked in set(words) else None


def _drawn(ages: list[Age]) -> Markup:
    bars = [(age.words, [age.counts[which] for which in OPEN_TRAYS]) for age in ages]
    return Markup(stacked_findings([which.words for which in OPEN_TRAYS], bars))  # noqa: S704  our own picture
