"""What is needed of whoever asks: gathered from every subject that may need something of them."""

from flask_login import current_user

from icv.rules.appraisal import ReviewKind
from icv.rules.days import week_in_words
from icv.rules.own import CallWaiting, OwnNeed, OwnSituation, ReportDue, needed_of_me
from icv.rules.stages import Stage
from icv.rules.standing import Standing
from icv.rules.visits import HELD
from icv.store.availability import calls_open_to, has_answered
from icv.store.duties import duties_seen_by
from icv.store.people import PersonRecord
from icv.store.people.appraisals import reviews_of
from icv.store.training.sessions import bookings_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.pages import choices


def own_needs(person: PersonRecord, standing: Standing) -> list[OwnNeed]:
    session = db.session()
    is_on_probation = standing.stage_on(today()) is Stage.PROBATION
    situation = OwnSituation(
        probation_ends_on=person.probation_ends_on if is_on_probation else None,
        is_reviewed=is_on_probation
        and any(one.kind is ReviewKind.PROBATION for one in reviews_of(session, person.id)),
        has_availability=has_answered(session, person.id),
        reports=_reports_due(),
        calls=[
            CallWaiting(call.id, call.name, call.answer_by)
            for call in calls_open_to(session, person.id, today())
            if call.answered_at is None
        ],
        sessions=[
            (one.course, f"{one.when}, {one.place}" if one.place else one.when)
            for one in bookings_of(session, person.id, now())
        ],
    )
    return needed_of_me(standing, situation, choices(), today())


def _reports_due() -> list[ReportDue]:
    """Of visits whose week is over, the oldest first."""
    days = choices().partner_contact_days
    return [
        ReportDue(duty.visit_id, duty.suite, week_in_words(duty.week_starts_on, duty.week_ends_on))
        for duty in duties_seen_by(db.session(), current_user.actor, on=today(), contact_days=days)
        if duty.state in HELD and duty.week_ends_on < today() and not (duty.outcome or duty.filed_at)
    ]
