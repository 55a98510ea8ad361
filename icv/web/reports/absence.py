"""The short way for a visitor whose partner did not come: one page, and the coordinator is told."""

from typing import cast

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.report import ABSENT, AbsentNote
from icv.services import reports
from icv.store.reports import saved_parts
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.reports.forms import SECTION_FORMS, PartForm
from icv.web.reports.saving import back_to_list, filled, is_kept, own_report, part_page
from icv.web.reports.views import bp


@bp.route("/absent", methods=["GET", "POST"])
@needs(Action.FILE_REPORT)
def absent(visit_id: int) -> ResponseReturnValue:
    report = own_report(visit_id)
    if request.method == "GET" and not report.is_open_on(today()):
        return back_to_list(visit_id)
    form = filled(SECTION_FORMS[ABSENT], saved_parts(db.session(), visit_id).get(ABSENT))
    if form.validate_on_submit() and is_kept(form, lambda: _tell(visit_id, form)):
        flash("The coordinator is told. There is no report for you to write.")
        return back_to_list(visit_id)
    return part_page("reports/absent.html", form, report, ABSENT)


def _tell(visit_id: int, form: PartForm) -> None:
    told, version = cast(AbsentNote, form.part()), form.version.data or 0
    reports.tell_of_absence(db.session(), visit_id, told, version=version, by=current_user.actor, at=now())
