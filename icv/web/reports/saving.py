"""Between a part's page and the saved draft: whose report it is, what is kept of it, and saving it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.days import Period
from icv.rules.report import Draft, Frame, Questions, Section, differences, kind_of, read
from icv.services import reports
from icv.store.reports import SavedPart, VisitReport, report_seen_by, report_to_enter, saved_parts
from icv.web.clock import now
from icv.web.db import db
from icv.web.pages import choices, page
from icv.web.reports.asked import form_choices, report_on_the_form_of
from icv.web.reports.forms import SECTION_FORMS, PartForm
from icv.web.reports.ways import is_from_paper, report_url


def own_report(visit_id: int) -> VisitReport:
    """The report of a visit that is the asking visitor's, or that the coordinator enters from paper.

    To everyone else there is no such page.
    """
    session, actor = db.session(), current_user.actor
    seen = report_to_enter(session, visit_id) if is_from_paper() else report_seen_by(session, actor, visit_id)
    report = seen or abort(404)
    report_on_the_form_of(report.week_starts_on)
    return report


def draft_of(report: VisitReport, saved: Mapping[str, SavedPart]) -> Draft:
    """What is saved, as one report of this visit on its own form."""
    return reports.draft_of(saved, report.on_probation, frame_of(report).questions)


def frame_of(report: VisitReport) -> Frame:
    week = Period(report.week_starts_on, report.week_ends_on)
    return Frame(week, now(), form_choices(), report.kind)


def filled(form_class: type[PartForm], saved: SavedPart | None, **more: Any) -> PartForm:
    """The form with what is saved, or with what was sent."""
    if saved is None:
        return form_class(**more)
    part = read(form_class.kind, saved.answers)
    return form_class(obj=part, version=saved.version, **more)


def is_kept(form: PartForm, act: Callable[[], object]) -> bool:
    """Whether the act went through and is committed; otherwise the form says why it did not."""
    try:
        act()
    except reports.Refused as refusal:
        form.tell(refusal.faults)
    except reports.Clash as clash:
        form.form_errors.append(str(clash))
        form.version.data = clash.theirs.version if clash.theirs else 0
        form.version.raw_data = None
    except reports.ReportError as refusal:
        form.form_errors.append(str(refusal))
    else:
        db.session.commit()
        return True
    db.session.rollback()
    return False


def is_saved(form: PartForm, visit_id: int, name: str) -> bool:
    return is_kept(
        form,
        lambda: reports.save(
            db.session(),
            visit_id,
            name,
            form.part(),
            version=form.version.data or 0,
            by=current_user.actor,
            at=now(),
            from_paper=is_from_paper(),
        ),
    )


def is_added(form: PartForm, visit_id: int, word: str) -> bool:
    return is_kept(
        form,
        lambda: reports.add(
            db.session(),
            visit_id,
            word,
            form.part(),
            by=current_user.actor,
            at=now(),
            from_paper=is_from_paper(),
        ),
    )


def part_page(
    template: str, form: PartForm, report: VisitReport, name: str, **more: Any
) -> ResponseReturnValue:
    """The page of a part; after a clash with what the partner saved beside what is typed here."""
    theirs = saved_parts(db.session(), report.visit_id).get(name) if form.form_errors else None
    form_of = Questions.of(form_choices())
    kept = read(kind_of(name), theirs.answers).asked(form_of) if theirs else None
    apart = differences(kept, form.part().asked(form_of)) if kept else []
    return page(
        template,
        form=form,
        report=report,
        theirs=theirs,
        apart=apart,
        choices=form_choices(),
        marking=choices().records_marking,
        **more,
    )


def onward(report: VisitReport, name: str) -> ResponseReturnValue:
    """To the section after this one, and after the last to the task list: one goes straight through."""
    visit_id = report.visit_id
    sections = list(draft_of(report, saved_parts(db.session(), visit_id)).sections)
    following = sections[sections.index(Section(name)) + 1 :] if name in sections else []
    if not following:
        return back_to_list(visit_id)
    if following[0] in SECTION_FORMS:
        return redirect(report_url("section", visit_id=visit_id, name=following[0].value))
    return redirect(report_url(following[0].value, visit_id=visit_id))


def back_to_list(visit_id: int) -> ResponseReturnValue:
    return redirect(report_url("show", visit_id=visit_id))
