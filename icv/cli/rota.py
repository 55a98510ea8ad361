"""The command that builds a rota."""

import json
import math
from datetime import date
from typing import Any

import click
from sqlalchemy.orm import Session

from icv.cli.words import DAY, now, period_of, to_read, to_write, today
from icv.config import from_environment
from icv.planner.certificate import certificate_words
from icv.planner.rota import Rota as Plan
from icv.rules.words import plural
from icv.services import rota as desk
from icv.services.rota.asking import Asked
from icv.services.rota.blocking import before_drawing
from icv.services.rota.drawing import NOTHING_TO_PLAN
from icv.services.rota.refusals import RotaError
from icv.store.scheme import choices_on

NO_VISITORS = "no visitor is in office that week: add people, or import them"


class Seconds(click.FloatRange):
    """A number that is one: what is called nan is below no limit, and above none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds = float(super().convert(value, param, ctx))
        if not math.isfinite(seconds):
            self.fail(f"{value} is not a number of seconds. Write it like 60.", param, ctx)
        return seconds


@click.group()
def rota() -> None:
    """Rotas."""


@rota.command()
@click.option("--from", "first", type=DAY, required=True, help="First day of the period.")
@click.option("--to", "last", type=DAY, required=True, help="Last day of the period.")
@click.option(
    "--seed",
    type=click.IntRange(-(2**63), 2**63 - 1),
    help="The same data, seed and settings give the same rota.",
)
@click.option("--time-limit", type=Seconds(min=0.01), help="Seconds after which the best so far stands.")
@click.option("--save", is_flag=True, help="Keep it as a draft.")
@click.option("--publish", is_flag=True, help="Keep and publish it.")
@click.option("--json", "as_json", is_flag=True, help="The rota as JSON.")
def build(
    first: date,
    last: date,
    seed: int | None,
    time_limit: float | None,
    save: bool,
    publish: bool,
    as_json: bool,
) -> None:
    """Build a rota for the open suites and print it."""
    period = period_of(first, last)
    with to_read() as session:
        asked = desk.problem_for(
            session,
            period,
            seed=desk.new_seed() if seed is None else seed,
            choices=choices_on(session, today()),
        )
        if save or publish:
            _refuse_in_vain(session, asked)
    drawn = desk.plan_to_proof(asked, period, time_limit=time_limit)
    if save or publish:
        _keep(drawn, publish)
    found = drawn.as_json()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        if not drawn.plan.drawn:
            click.echo(NOTHING_TO_PLAN, err=True)
    else:
        click.echo("\n".join([*_lines(found), *_said_of(found), _judged(drawn.plan)]))


def _refuse_in_vain(session: Session, asked: Asked) -> None:
    """Before anybody waits for a rota that could never be published."""
    needed = [(visit.suite, visit.week_starts) for visit in asked.problem.visits]
    if why_not := before_drawing(session, needed, today()):
        raise RotaError(why_not)


def _keep(drawn: desk.Built, publish: bool) -> None:
    with to_write() as session:
        kept = desk.save_built(session, drawn, by=None, at=now())
        if publish:
            desk.publish(session, kept, by=None, at=now(), link=from_environment().base_url)
        session.commit()


def _lines(found: dict[str, Any]) -> list[str]:
    visits = [
        f"{visit['week_starts']}  {visit['suite']}: {' and '.join(visit['visitors'])}"
        for visit in found["visits"]
    ]
    empty = [
        f"{place['week_starts']}  {place['suite']}: nobody ("
        + ("; ".join(f"{why['volunteers']} {why['reason']}" for why in place["reasons"]) or NO_VISITORS)
        + ")"
        for place in found["unfilled"]
    ]
    return [*sorted(visits + empty), f"{len(visits)} filled, {len(empty)} left empty. Seed {found['seed']}."]


def _judged(plan: Plan) -> str:
    return certificate_words(plan) if plan.drawn else NOTHING_TO_PLAN


def _said_of(found: dict[str, Any]) -> list[str]:
    said = [f"Status: {found['status']}."]
    if found["time_limit_hit"]:
        said.append("The time limit was reached: the same seed may give another rota next time.")
    if found["taken_as_free"]:
        said.append(
            f"Taken as free, having given no availability: {plural(found['taken_as_free'], 'visitor')}."
        )
    return said


COMMANDS = (rota,)
