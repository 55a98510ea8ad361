"""A rota person by person, and by the timeslots a draft would reach; both to print."""

from flask import abort
from flask.typing import ResponseReturnValue

from icv.papers.pictures import coverage_grid
from icv.rules.access import Action
from icv.rules.days import WEEKDAYS
from icv.services import rota as desk
from icv.services.rota.lists import Reached, timeslots_reached, visits_by_person
from icv.store.rota import RotaState
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.rota.blueprint import bp, rota_or_404


@bp.get("/<int:rota_id>/by-person")
@needs(Action.CHANGE_ROTA)
def by_person(rota_id: int) -> ResponseReturnValue:
    rota = rota_or_404(rota_id)
    grid = desk.grid_of(db.session(), rota, choices(), today=today())
    return page(
        "rota/by-person.html",
        rota=rota,
        people=visits_by_person(grid),
        marking=choices().records_marking,
    )


@bp.get("/<int:rota_id>/timeslots")
@needs(Action.CHANGE_ROTA)
def timeslots(rota_id: int) -> ResponseReturnValue:
    """Of a draft alone: once it is published, when they go is the pair's own affair."""
    rota = rota_or_404(rota_id)
    if rota.state is not RotaState.DRAFT:
        abort(404)
    grid = choices().grid
    drawn = [
        (one, _picture(number, one)) for number, one in enumerate(timeslots_reached(db.session(), rota, grid))
    ]
    return page("rota/timeslots.html", rota=rota, drawn=drawn, days=WEEKDAYS, bands=grid.band_names)


def _picture(number: int, one: Reached) -> str:
    return coverage_grid(one.after.rows, WEEKDAYS, one.after.grid.band_names, key=f"reached-{number}")
