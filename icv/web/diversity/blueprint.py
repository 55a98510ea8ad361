"""The blueprint of diversity counts."""

from flask import Blueprint, abort

from icv.store.diversity import SurveyEntered, survey
from icv.web.db import db

bp = Blueprint("diversity", __name__, url_prefix="/panel/diversity")


def survey_or_404(survey_id: int) -> SurveyEntered:
    return survey(db.session(), survey_id) or abort(404)
