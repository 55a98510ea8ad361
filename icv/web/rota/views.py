"""The list of rotas, one as a grid, and what is done with it as a whole."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import rota as desk
from icv.services.rota.overtaken import overtaken
from icv.store.drawing import draw_at_work
from icv.store.duties import rotas_published
from icv.store.rota import RotaState, drafts, side_by_side
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_above
from icv.web.rota.blueprint import bp, rota_or_404


@bp.get("/")
@needs(Action.CHANGE_ROTA)
def index() -> ResponseReturnValue:
    return page(
        "rota/index.html",
        drafts=drafts(db.session()),
        overtaken=overtaken(db.session()),
        side_by_side=side_by_side(db.session()),
        at_work=draw_at_work(db.session()),
        published=rotas_published(db.session(), on=today()),
        today=today(),
    )


@bp.get("/<int:rota_id>")
@needs(Action.CHANGE_ROTA)
def show(rota_id: int) -> ResponseReturnValue:
    rota = rota_or_404(rota_id)
    is_draft = rota.state is RotaState.DRAFT
    return page(
        "rota/show.html",
        rota=rota,
        grid=desk.grid_of(db.session(), rota, choices(), today=today()),
        is_draft=is_draft,
        overtaken=overtaken(db.session()).get(rota_id) if is_draft else None,
        marking=choices().records_marking,
    )


@bp.post("/<int:rota_id>/discard")
@needs(Action.DRAW_ROTA)
def discard(rota_id: int) -> ResponseReturnValue:
    rota = rota_or_404(rota_id)
    with told_above():
        desk.discard(db.session(), rota, by=current_user.actor.account_id, at=now())
        db.session.commit()
        flash("The draft is discarded. Nobody was told of it.")
        return redirect(url_for("rota.index"))
    return redirect(url_for("rota.show", rota_id=rota_id))
