"""Drawing a rota in the background: asked for by the coordinator, done by the worker, watched on a page.

A row says how far it is. A worker that dies leaves it standing still, and the next takes it up again.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, london_day
from icv.rules.drawing import AT_WORK, DrawState
from icv.services.rota.apart import PlannerBroke, Told, plan_apart
from icv.services.rota.asking import Asked, problem_for, visits_in
from icv.services.rota.blocking import before_drawing
from icv.services.rota.drafts import Where, lines_of
from icv.services.rota.drawing import NOTHING_TO_PLAN, Built, plan_for, save_built
from icv.services.rota.refusals import RotaError
from icv.store.drawing import Draw
from icv.store.engine import reading, writing
from icv.store.rota import DraftLine, Rota, drafts_for
from icv.store.scheme import choices_on
from icv.store.trail import note

STOOD_STILL = timedelta(seconds=90)
"""A drawing its worker has not touched for so long is anybody's again."""
NOTE_EVERY = timedelta(seconds=2)
SECONDS_WITHOUT_PLANNER = 20.0

log = logging.getLogger("icv.rota")


def ask_to_draw(
    session: Session,
    period: Period,
    *,
    seed: int,
    suites: Sequence[int],
    replaces: bool,
    by: int | None,
    at: datetime,
) -> int:
    """The drawing's id. One at a time: raises RotaError while another is at work, and for what cannot be.

    `replaces`: where there is a draft already, the new one is to stand beside it until one is chosen.
    """
    needed = visits_in(session, period, suites)
    if not needed:
        raise RotaError(NOTHING_TO_PLAN)
    if why_not := before_drawing(session, needed, london_day(at)):
        raise RotaError(why_not, field="first_on")
    _refuse_in_the_way(drafts_for(session, period, suites), replaces)
    draw = Draw(
        first_on=period.first,
        last_on=period.last,
        seed=seed,
        asked={"suites": sorted(suites), "replaces": replaces},
        asked_at=at,
        asked_by_id=by,
        turn=1,
    )
    try:
        with session.begin_nested():
            session.add(draw)
    except sa.exc.IntegrityError as taken:
        raise RotaError("A rota is being drawn already. Wait until it is done, or stop it.") from taken
    note(session, "ask to draw", "draw", draw.id, by=by, at=at)
    return draw.id


def _refuse_in_the_way(drafts: Sequence[Rota], replaces: bool) -> None:
    if drafts and not replaces:
        raise RotaError(
            "There is a draft for some of these weeks already. Tick to draw it again: the two then stand side"
            " by side until you choose.",
            field="replace",
        )
    if len({(draft.first_on, draft.last_on) for draft in drafts}) < len(drafts):
        raise RotaError(
            "Two drafts of these weeks stand side by side. Choose one of them on the page of rotas first."
            " Then draw again."
        )


def stop(session: Session, draw_id: int, *, by: int | None, at: datetime) -> None:
    """The best rota found so far is kept; of one nobody has begun yet, nothing. Stopping twice is one."""
    draw = session.get(Draw, draw_id, with_for_update=True)
    if draw is None or draw.state not in AT_WORK or draw.stop_asked_at is not None:
        return
    draw.stop_asked_at = at
    if draw.state is DrawState.WAITING:
        _end(draw, DrawState.STOPPED, at)
    note(session, "stop drawing", "draw", draw_id, by=by, at=at)


def draw_waiting(engine: sa.Engine, clock: Callable[[], datetime]) -> int:
    """Draws what waits, one after the other; how many. Each in no transaction while the planner works."""
    drawn = 0
    while (work := _take_up(engine, clock)) is not None:
        work.draw()
        drawn += 1
    return drawn


@dataclass(frozen=True, slots=True)
class _Work:
    """One drawing taken up, with all it needs read beforehand."""

    engine: sa.Engine
    clock: Callable[[], datetime]
    draw_id: int
    period: Period
    asked: Asked
    kept: dict[Where, DraftLine]
    seconds: float

    def draw(self) -> None:
        built = self._built()
        try:
            with writing(self.engine) as session:
                _keep(session, self.draw_id, built, self.kept, at=self.clock())
                session.commit()
        except RotaError as refusal:
            _fail(self.engine, self.draw_id, str(refusal), self.clock())

    def _built(self) -> Built:
        began = self.clock()
        try:
            plan = plan_apart(self.asked.problem, seconds=self.seconds, watching=self._watching())
        except PlannerBroke:
            log.exception("The planner broke; the rota is drawn without it.")
            return plan_for(self.asked, self.period, time_limit=SECONDS_WITHOUT_PLANNER)
        return Built(self.period, self.asked, plan, (self.clock() - began).total_seconds())

    def _watching(self) -> Callable[[Told | None], bool]:
        last_told: Told | None = None
        noted_at: datetime | None = None
        is_stopping = False

        def watch(told: Told | None) -> bool:
            nonlocal last_told, noted_at, is_stopping
            now, last_told = self.clock(), told or last_told
            if told is not None or noted_at is None or now - noted_at >= NOTE_EVERY:
                noted_at, is_stopping = now, _note(self.engine, self.draw_id, last_told, now)
            return is_stopping

        return watch


def _take_up(engine: sa.Engine, clock: Callable[[], datetime]) -> _Work | None:
    """The one that waits, or stands still; marked as running before anything long begins."""
    now = clock()
    with writing(engine) as session:
        draw = session.scalars(
            sa.select(Draw)
            .where(
                (Draw.state == DrawState.WAITING)
                | ((Draw.state == DrawState.RUNNING) & (Draw.seen_at < now - STOOD_STILL))
            )
            .order_by(Draw.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if draw is None:
            return None
        draw.state, draw.began_at, draw.seen_at = DrawState.RUNNING, draw.began_at or now, now
        draw_id = draw.id
        session.commit()
    try:
        return _work(engine, clock, draw_id)
    except RotaError as refusal:
        _fail(engine, draw_id, str(refusal), now)
        return _take_up(engine, clock)


def _work(engine: sa.Engine, clock: Callable[[], datetime], draw_id: int) -> _Work:
    with reading(engine) as session:
        draw = session.get_one(Draw, draw_id)
        period, choices = Period(draw.first_on, draw.last_on), choices_on(session, london_day(draw.asked_at))
        suites = draw.asked["suites"]
        kept = lines_of(session, drafts_for(session, period, suites) if draw.asked["replaces"] else [])
        asked = problem_for(session, period, seed=draw.seed, choices=choices, suites=suites, kept=kept)
        return _Work(engine, clock, draw_id, period, asked, kept, choices.draw_minutes * 60.0)


def _note(engine: sa.Engine, draw_id: int, told: Told | None, at: datetime) -> bool:
    """Says on the row how far it is; whether somebody asked to stop."""
    with writing(engine) as session:
        draw = session.get_one(Draw, draw_id, with_for_update=True)
        draw.seen_at = at
        if told is not None:
            draw.phase, draw.best, draw.bound = told.phase, told.best, told.bound
        is_stopping = draw.stop_asked_at is not None
        session.commit()
    return is_stopping


def _keep(
    session: Session, draw_id: int, built: Built, kept: dict[Where, DraftLine], *, at: datetime
) -> None:
    """The draft, beside whatever draft there is. Raises RotaError where there is nothing to keep."""
    draw = session.get_one(Draw, draw_id, with_for_update=True)
    rota = save_built(session, built, kept=kept, by=draw.asked_by_id, at=at)
    draw.rota_id = rota.id
    _end(draw, DrawState.STOPPED if draw.stop_asked_at else DrawState.DONE, at)


def _fail(engine: sa.Engine, draw_id: int, trouble: str, at: datetime) -> None:
    with writing(engine) as session:
        draw = session.get_one(Draw, draw_id, with_for_update=True)
        draw.trouble = trouble
        _end(draw, DrawState.FAILED, at)
        session.commit()


def _end(draw: Draw, state: DrawState, at: datetime) -> None:
    draw.state, draw.ended_at, draw.turn = state, at, None
