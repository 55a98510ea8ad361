"""The house itself: floors, types and form hold, and the project speaks of the project alone."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports", "--no-cache"],
        ["mypy"],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
    ],
    ids=lambda command: command[0] + "-" + command[-1].strip(".-"),
)
def test_the_house_is_in_order(command: list[str]) -> None:
    answer = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_nothing_slow_is_loaded_with_the_web_floor() -> None:
    """The solver, numbers and documents are for the jobs that need them; the web process does without."""
    asked = (
        "import sys, icv.app; "
        "slow = {'highspy', 'numpy', 'docx', 'typst', 'python_calamine'}; "
        "print(sorted(slow.intersection(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
