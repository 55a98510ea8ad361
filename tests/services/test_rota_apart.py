"""The planner's process takes no problem at all: that is said, and nothing of it stays open."""

import gc
from pathlib import Path

import pytest

from icv.services.rota import apart
from tests.planner.schemes import scheme


def test_a_planner_that_ends_before_it_has_read_the_problem_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of it is thrown away here: an open line would be found and blamed on another test."""
    script = tmp_path / "deaf"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(script))
    problem = scheme(8, suites=100, weeks=52)
    assert len(problem.to_json()) > 200_000, "more than a pipe holds"
    with pytest.raises(apart.PlannerBroke, match="did not take the problem"):
        apart.plan_apart(problem, seconds=60, watching=lambda _: True)
    gc.collect()
