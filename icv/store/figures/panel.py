"""What a panel reads of a period, in as many queries for ten years as for a month."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import previous, same_a_year_ago
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.trend import five_years, steps_of
from icv.rules.figures.weeks import Step, step
from icv.rules.scheme import Choices
from icv.store.diversity import diversity_on
from icv.store.figures.answers import answers, found
from icv.store.figures.attempts import attempts_of
from icv.store.figures.detained import detained, doors
from icv.store.figures.door import at_the_door
from icv.store.figures.findings import findings_of
from icv.store.figures.headline import headlines, on_record
from icv.store.figures.people import recruitment, visitors
from icv.store.figures.rounds import rounds_begun
from icv.store.figures.weeks import week_ends
from icv.store.figures.whole import figures_of
from icv.store.scheme import choices_on_days


def panel_figures(session: Session, period: Period, *, as_of: date) -> PanelFigures:
    """As now recorded; `as_of` decides only what is due, what is overdue, and up to which number is hidden:
    else one count of diversity would be shown with one number hidden here and another there.
    """
    recorded = on_record(session)
    compared = (period, previous(period), same_a_year_ago(period))
    steps, years = steps_of(period, recorded.weeks), five_years(period)
    judged = {*compared, *steps, *years}
    by_day = choices_on_days(session, {one.last for one in judged} | {as_of})
    shares = _shares(session, judged, by_day, as_of=as_of, since=recorded.visits)
    choices, threshold = by_day[period.last], by_day[as_of].suppression_threshold
    made, door = attempts_of(session, compared), at_the_door(session, period, choices.grid)
    begun = rounds_begun(session, period.last)
    findings = findings_of(session, period, compared, as_of=as_of)
    now, before, year_before = headlines(
        session, [shares[one] for one in compared], made, findings.raised, recorded
    )
    return PanelFigures(
        now=figures_of(
            session,
            period,
            as_of=as_of,
            choices=choices,
            made=made[period],
            found=findings.figures,
            door=door,
            begun=begun,
        ),
        headline=now,
        before=before,
        year_before=year_before,
        steps=tuple(shares[one] for one in steps),
        years=tuple(shares[one] for one in years),
        on_record=recorded,
        as_of=as_of,
        choices=replace(choices, suppression_threshold=threshold),
        detained=detained(session, period),
        doors=doors(door.waits),
        found=found(session, period, places=findings.places, as_of=as_of),
        answers=answers(session, period, as_of=as_of),
        visitors=visitors(session, period),
        recruitment=recruitment(session, period.last, begun),
        diversity=diversity_on(session, period.last, threshold),
    )


def _shares(
    session: Session,
    periods: Collection[Period],
    by_day: Mapping[date, Choices],
    *,
    as_of: date,
    since: date | None,
) -> dict[Period, Step]:
    """Of each, judged by the choices of its last day."""
    weeks = week_ends(session, periods)
    return {one: step(one, weeks, as_of=as_of, choices=by_day[one.last], since=since) for one in periods}
