"""The service as it really runs: gunicorn with one worker, and what that worker holds in memory."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from icv.cli.serving import ALLOCATING, THREADS
from icv.config import ROOT

LONGEST_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process_id: int

    @property
    def _worker(self) -> str:
        children = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text()
        return children.split()[0]

    def cpu_ms(self) -> float:
        """What the worker's threads have had of the processors, however long they had to wait for it."""
        tasks = Path(f"/proc/{self._worker}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def memory_mb(self) -> tuple[float, float]:
        """Of the worker: what it holds now, and the most it ever held."""
        lines = Path(f"/proc/{self._worker}/status").read_text().splitlines()
        kilobytes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
        return int(kilobytes["VmRSS"]) / 1024, int(kilobytes["VmHWM"]) / 1024


def environment(url: str, port: int = 5000) -> dict[str, str]:
    return {
        **os.environ,
        "ICV_DATABASE_URL": url,
        "ICV_SECRET_KEY": secrets.token_urlsafe(32),
        "ICV_BASE_URL": f"http://127.0.0.1:{port}",
        **ALLOCATING,
    }


@contextmanager
def served(url: str) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--threads", str(THREADS), "--log-level", "error", "--no-control-socket", "wsgi:app"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(url, port)) as process:
        try:
            _wait_until_served(port, process)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The service did not start. What it printed above says why.")
