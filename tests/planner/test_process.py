"""The planner as a process: JSON in, JSON lines out."""

import json
import subprocess
import sys

from icv.planner import greedy
from icv.planner.rota import Rota, Status
from tests.planner.schemes import scheme


def run(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "icv.planner", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_problem_is_answered_with_progress_and_the_same_rota_every_time() -> None:
    problem = scheme(8, suites=2, weeks=4)
    done, again = (run(problem.to_json(), "--time-limit", "60") for _ in range(2))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == {"phase": "a first rota", "best": 0, "bound": None}
    assert lines[-2] == {"phase": "judged", "best": 0, "bound": 0}
    assert all(line.keys() == {"phase", "best", "bound"} for line in lines[:-1])
    rota = Rota.from_json(json.dumps(lines[-1]["rota"]))
    assert rota.status is Status.OPTIMAL
    assert rota.worth() <= greedy.draw(problem).worth()
    assert again.stdout == done.stdout


def test_told_to_stop_it_gives_the_best_it_has() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "icv.planner"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as planner:
        assert planner.stdin is not None
        assert planner.stdout is not None
        planner.stdin.write(scheme(120, suites=15, weeks=26).to_json())
        planner.stdin.close()
        planner.stdout.readline()
        planner.terminate()
        last = planner.stdout.read().splitlines()[-1]
    rota = Rota.from_json(json.dumps(json.loads(last)["rota"]))
    assert (planner.returncode, rota.was_stopped, rota.quality.unfilled) == (0, True, 0)


def test_a_time_limit_gives_what_is_there_and_says_so() -> None:
    lines = run(scheme(31, suites=3, weeks=13).to_json(), "--time-limit", "0").stdout.splitlines()
    assert json.loads(lines[-1])["rota"]["was_stopped"] is True


def test_bad_json_is_answered_in_one_line_on_standard_error() -> None:
    done = run('{"seed": "x"')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("This cannot be planned: this is not JSON")
    assert done.stderr.count("\n") == 1
