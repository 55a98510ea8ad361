"""The planner's process is killed in the middle: what can be drawn without it stands."""

import sys
from pathlib import Path

import pytest

from icv.planner import greedy
from icv.planner.rebuilding import Kept, Rebuilding, suggest
from icv.rules.days import Period
from icv.rules.timeslots import Grid
from icv.services.rota import apart, plan_to_proof, proving
from icv.services.rota.asking import Asked
from tests.planner import checker
from tests.planner.schemes import MONDAY, scheme, week

KILLED = """#!{python}
import os, signal, sys
from icv.planner import __main__ as planner

tell = planner._line

def tell_and_die(said):
    tell(said)
    os.kill(os.getpid(), signal.SIGKILL)

planner._line = tell_and_die
planner.main(sys.argv[3:])
"""


@pytest.fixture(autouse=True)
def killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed as kill -9 does, as soon as it has told of a first rota."""
    script = tmp_path / "killed"
    script.write_text(KILLED.format(python=sys.executable))
    script.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(script))


def test_the_planner_has_begun_when_it_is_killed() -> None:
    told: list[apart.Told | None] = []
    with pytest.raises(apart.PlannerBroke, match="-9"):
        apart.plan_apart(scheme(8, weeks=2), seconds=60, watching=lambda one: bool(told.append(one)))
    assert [one.phase for one in told if one] == ["a first rota"]


def test_a_whole_rota_is_drawn_all_the_same() -> None:
    problem = scheme(8, suites=2, weeks=4)
    asked = Asked(problem, {}, {}, Grid())
    built = plan_to_proof(asked, Period(MONDAY, week(4)))
    assert built.plan == greedy.draw(problem)
    assert checker.faults(problem, built.plan) == []


def test_the_suggestion_for_a_drop_out_stands() -> None:
    problem = scheme(8, weeks=3)
    kept = tuple(Kept(one.visit, one.visitors) for one in greedy.draw(problem).drawn)
    asked = Rebuilding(problem, kept, gone=frozenset([1]))
    assert proving.rebuild_to_proof(asked, time_limit=60) == suggest(asked)
