"""Reading and making documents in a process of its own: what it takes is never loaded where pages are served.

The module run that way has a `main()` that reads standard input and writes standard output. To refuse, it
writes a sentence fit to be shown to standard error and exits with REFUSED.
"""

import subprocess
import sys
from pathlib import Path

from icv.rules.refusals import Refusal

PROJECT = Path(__file__).resolve().parents[2]
REFUSED = 3


class Failed(Exception):
    """The process broke: a fault of the program, not of what it was given."""


def run_apart(module: str, *words: str, sent: bytes = b"", seconds: int) -> bytes:
    """What the module writes. Raises Refusal with its sentence, or when it takes longer than that; Failed."""
    try:
        done = subprocess.run(  # noqa: S603  our own modules, no shell
            [sys.executable, "-m", module, *words],
            input=sent,
            capture_output=True,
            cwd=PROJECT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refusal("This took too long and was given up. Try it with less at a time.") from None
    if done.returncode == REFUSED:
        raise Refusal(done.stderr.decode().strip())
    if done.returncode != 0:
        raise Failed(f"{module} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def refuse(sentence: str) -> None:
    """Ends the process that refuses."""
    sys.stderr.write(sentence)
    sys.exit(REFUSED)
