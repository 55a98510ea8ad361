"""The planner as a process: JSON in, JSON lines out."""

import json
import subprocess
import sys

from icv.planner import greedy
from icv.planner.rota import Rota
from tests.planner.schemes import scheme


def run(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "icv.planner", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_problem_is_answered_with_progress_and_the_same_rota_as_in_process() -> None:
    problem = scheme(8, suites=2, weeks=4)
    done = run(problem.to_json(), "--time-limit", "60")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == {"phase": "greedy", "best": 0, "bound": None}
    assert lines[-2] == {"phase": "judged", "best": 0, "bound": 0}
    assert Rota.from_json(json.dumps(lines[-1]["rota"])) == greedy.draw(problem)


def test_a_time_limit_gives_what_is_there_and_says_so() -> None:
    lines = run(scheme(31, suites=3, weeks=13).to_json(), "--time-limit", "0").stdout.splitlines()
    assert json.loads(lines[-1])["rota"]["was_stopped"] is True


def test_bad_json_is_answered_in_one_line_on_standard_error() -> None:
    done = run('{"seed": "x"')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("This cannot be planned: this is not JSON")
    assert done.stderr.count("\n") == 1
