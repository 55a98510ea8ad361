"""The board of the pipeline: who is where, for how long, and what is next."""

from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.store.recruitment import pipeline_board, rounds_listed
from icv.web.clock import today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import number_asked
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.recruitment.blueprint import bp


@bp.get("/pipeline")
@needs(Action.SEE_PEOPLE)
def pipeline() -> ResponseReturnValue:
    rounds = rounds_listed(db.session(), today())
    wanted = next((line for line in rounds if line.id == number_asked("round")), None)
    board = pipeline_board(db.session(), today(), choices(), round_id=wanted.id if wanted else None)
    was_read("vetting", "people", None)
    return page(
        "recruitment/pipeline.html",
        board=board,
        rounds=rounds,
        wanted=wanted,
        marking=choices().records_marking,
    )
