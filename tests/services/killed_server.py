"""The application with a killer in it, for gunicorn: the process dies by SIGKILL around its n-th commit.

`KILLS` is a file that gets a line for each death. Nobody dies before it is there, nor more than `MOST_KILLS`.
"""

import os
import random
import signal
import threading
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.app import create_app
from icv.config import Config
from icv.store.visits import Submission
from tests.workshop import NOW

EVERY = (18, 40)
"""A process lives for so many commits, drawn anew for each."""


class Killer:
    def __init__(self, kills: Path, most: int) -> None:
        self.kills, self.most = kills, most
        self.of = self.left = 0
        self.when = ""
        self.dying = threading.Lock()

    def adds(self, session: Session, *_: Any) -> None:
        """Only what is new must be told of: the receipt of a report sent again is a commit too."""
        if any(isinstance(one, Submission) for one in session.new):
            session.info["adds"] = True

    def before(self, connection: Any) -> None:
        """The transaction is whole and not yet kept."""
        if self.of != os.getpid():  # a process that was born after the last one died
            self.of, self.left = os.getpid(), random.randint(*EVERY)
            self.when = ("before", "after")[self._deaths() % 2]
        self.left -= 1
        self._die("before")

    def after(self, session: Session) -> None:
        """The transaction is kept, and nobody has been told."""
        if session.get_nested_transaction() is None and session.info.pop("adds", False):
            self._die("after")

    def _deaths(self) -> int:
        return len(self.kills.read_text().split()) if self.kills.exists() else 0

    def _die(self, when: str) -> None:
        if self.left > 0 or self.when != when or not self.kills.exists():
            return
        with self.dying:  # of eight threads that find it is time, one writes it down
            if self._deaths() >= self.most:
                return
            with self.kills.open("a") as kills:
                kills.write(f"{when}\n")
            os.kill(os.getpid(), signal.SIGKILL)


def application() -> Any:
    """Gunicorn loads this once, before it forks: a process that takes over is there at once."""
    killer = Killer(Path(os.environ["KILLS"]), int(os.environ["MOST_KILLS"]))
    sa.event.listen(Session, "after_flush", killer.adds)
    sa.event.listen(sa.Engine, "commit", killer.before)
    sa.event.listen(Session, "after_commit", killer.after)
    url = os.environ["ICV_DATABASE_URL"]
    return create_app(
        Config(url, "a secret of thirty-two letters, or more", "http://127.0.0.1", 0, None), clock=lambda: NOW
    )
