"""Rotas for the coordinator: draw one, read it as a grid, change a place, publish it."""

from icv.web.rota import acting, drawing, places, publishing, reading, views
from icv.web.rota.blueprint import bp

__all__ = ["acting", "bp", "drawing", "places", "publishing", "reading", "views"]
