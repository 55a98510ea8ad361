"""Where the pages of somebody's own availability stand."""

from flask import Blueprint

bp = Blueprint("availability", __name__, url_prefix="/availability")
