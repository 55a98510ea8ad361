"""The house as it is served. Form, floors and types are looked at by `make check`, before the tests."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_nothing_slow_is_loaded_with_the_web_floor() -> None:
    """Solver, numbers, documents, queue and post are for the jobs that need them, not for the web process.

    The commands load no solver either: it has a process of its own.
    """
    asked = (
        "import sys, icv.app; "
        "slow = {'highspy', 'numpy', 'docx', 'typst', 'python_calamine', 'huey', 'psycopg', 'smtplib'}; "
        "print(sorted(slow.intersection(sys.modules))); "
        "import icv.cli; "
        "print(sorted({'highspy', 'numpy'}.intersection(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["[]", "[]"]
