"""The blueprint of the rota pages, and the rotas they are about."""

from flask import Blueprint, abort

from icv.store.rota import Rota, RotaState
from icv.web.db import db

bp = Blueprint("rota", __name__, url_prefix="/rota")


def rota_or_404(rota_id: int) -> Rota:
    """A draft or a published rota; one that was discarded is no more."""
    rota = db.session.get(Rota, rota_id)
    if rota is None or rota.state is RotaState.DISCARDED:
        abort(404)
    return rota
