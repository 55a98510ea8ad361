"""The blueprint of recruitment; its pages stand among those of people."""

from flask import Blueprint

bp = Blueprint("recruitment", __name__, url_prefix="/people")
