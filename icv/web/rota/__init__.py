"""Rotas for the coordinator: draw one, read it as a grid, change a place, publish it."""

from icv.web.rota import acting, comparing, drawing, places, publishing, reading, rebuilding, views
from icv.web.rota.blueprint import bp

__all__ = ["acting", "bp", "comparing", "drawing", "places", "publishing", "reading", "rebuilding", "views"]
