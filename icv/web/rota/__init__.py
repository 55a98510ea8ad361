"""Rotas for the coordinator: draw one, read it as a grid, change a place, publish it."""

from icv.web.rota import drawing, places, views
from icv.web.rota.blueprint import bp

__all__ = ["bp", "drawing", "places", "views"]
