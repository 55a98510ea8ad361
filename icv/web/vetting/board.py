"""The vetting board, as a page and as a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from icv.papers.csv_writing import csv_for_spreadsheets
from icv.rules.access import Action
from icv.rules.exchange.cells import protected, written
from icv.rules.vetting import VettingState
from icv.store.people import NO_TEAM
from icv.store.scheme import teams
from icv.store.vetting import Board, BoardLine, BoardWanted, board
from icv.web.clock import today
from icv.web.db import db
from icv.web.files import CSV, as_file
from icv.web.gate import needs
from icv.web.lists import number_asked
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.vetting.blueprint import bp

LATE = "late"
COLUMNS = (
    "Name",
    "Team",
    "Stage",
    "Vetting",
    "Level",
    "Asked for on",
    "Days ago",
    "Cleared on",
    "Last day it counts",
)


@bp.get("/vetting/", endpoint="board")
@needs(Action.SEE_PEOPLE)
def show() -> ResponseReturnValue:
    of_scheme = teams(db.session())
    wanted = _wanted({NO_TEAM, *(team.id for team in of_scheme)})
    found = board(db.session(), wanted, today(), choices())
    was_read("vetting", "people", None)
    return page(
        "vetting/board.html",
        board=found,
        tabs=_tabs(wanted, found),
        wanted=wanted,
        teams=of_scheme,
        here=_here(wanted),
        kept=_kept(wanted),
        is_ticked=request.args.get("tick") == "all",
        today=today(),
        late_after=choices().vetting_overdue_days,
        soon=choices().expiry_warning_days,
        marking=choices().records_marking,
    )


@bp.get("/vetting.csv")
@needs(Action.SEE_PEOPLE)
def download() -> ResponseReturnValue:
    """The rows and columns of the page, those of its further pages included."""
    wanted = _wanted({NO_TEAM, *(team.id for team in teams(db.session()))})
    lines = board(db.session(), wanted, today(), choices()).lines
    was_read("vetting", "people", None)
    name = f"vetting-{today()}.csv"
    return as_file(csv_for_spreadsheets(COLUMNS, _rows(lines)), name, CSV)


def _rows(lines: Iterable[BoardLine]) -> Iterable[list[str]]:
    for line in lines:
        days_ago = (today() - line.asked_on).days if line.asked_on else None
        cells = (
            line.name,
            line.team,
            line.stage.heading,
            line.state.heading,
            line.level,
            line.asked_on,
            days_ago,
            line.cleared_on,
            line.until,
        )
        yield [protected(written(cell)) for cell in cells]


def _wanted(teams_known: set[int]) -> BoardWanted:
    """What the address asks for; what it says that makes no sense is not asked for."""
    state, team_id = request.args.get("state", ""), number_asked("team")
    return BoardWanted(
        state=VettingState(state) if state in set(VettingState) else None,
        is_overdue=state == LATE,
        team_id=team_id if team_id in teams_known else None,
        page=number_asked("page") or 1,
    )


def _here(wanted: BoardWanted) -> str | None:
    """The tab, as the address names it."""
    return LATE if wanted.is_overdue else wanted.state and wanted.state.value


def _kept(wanted: BoardWanted) -> dict[str, Any]:
    """The filters in the address, for links that keep them."""
    asked = {"state": _here(wanted), "team": wanted.team_id}
    return {name: value for name, value in asked.items() if value is not None}


def _tabs(wanted: BoardWanted, found: Board) -> list[dict[str, Any]]:
    """Everybody, each state, and beside those asked for whoever waits too long."""
    tabs: list[tuple[str, str | None, int]] = [("Everybody", None, found.by_state.total())]
    for state in VettingState:
        tabs.append((state.heading, state.value, found.by_state[state]))
        if state is VettingState.REQUESTED:
            tabs.append(("Late", LATE, found.overdue))
    return [
        {
            "label": label,
            "count": count,
            "href": url_for("vetting.board", state=state, team=wanted.team_id),
            "is_current": state == _here(wanted),
        }
        for label, state, count in tabs
    ]
