"""Questions about duties: who goes where on a published rota, and somebody's own."""

from icv.store.duties.own import OwnDuty, duties_seen_by, duty_seen_by, suggested_slots
from icv.store.duties.published import Holder, PublishedVisit, RotaLine, published_visits, rotas_published

__all__ = [
    "Holder",
    "OwnDuty",
    "PublishedVisit",
    "RotaLine",
    "duties_seen_by",
    "duty_seen_by",
    "published_visits",
    "rotas_published",
    "suggested_slots",
]
