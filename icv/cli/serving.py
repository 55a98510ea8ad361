"""The command that runs the whole service: web and worker as two processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from types import FrameType

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.cli.words import now, to_read, to_write
from icv.config import INSTANCE, ROOT, BadSetting, Config, from_environment
from icv.rules.access import Role
from icv.services import accounts
from icv.store.accounts import Account, AccountRole, LinkPurpose, has_coordinator
from icv.store.migrating import upgrade

ICV = (sys.executable, "-m", "icv")
THREADS = 8
# Each thread's own arena would keep the memory of its largest page. Without a threshold of its own the C
# library keeps what hashing passwords took, 19 MiB for each of those who signed in at once.
ALLOCATING = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
LONGEST_START_SECONDS = 120  # a service that cannot start ends at once; one that is slow may be slow
LONGEST_END_SECONDS = 35  # gunicorn lets a page be finished for 30


@click.command()
@click.option("--demo", "is_demo", is_flag=True, help="Serve the worked example, in a database of its own.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
def serve(is_demo: bool, host: str, port: int) -> None:
    """Migrate, then run web and worker until stopped, and print the links to sign in with."""
    config = _config_of(is_demo, port)
    _refuse_taken_port(host, port)
    upgrade(config.database_url)
    environment = {
        **os.environ,
        "ICV_DATABASE_URL": config.database_url,
        "ICV_SECRET_KEY": config.secret_key,
        "ICV_BASE_URL": config.base_url,
        **ALLOCATING,
    }
    if is_demo and not _has_accounts(config):
        click.echo("Loading the worked example …")
        subprocess.run([*ICV, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    _run_both(config, host, port, environment, is_demo)


def _has_accounts(config: Config) -> bool:
    with to_read(config) as session:
        return bool(session.scalar(sa.select(sa.exists().where(Account.id > 0))))


def _config_of(is_demo: bool, port: int) -> Config:
    """The example has a database of its own, whatever the environment says."""
    here = {"ICV_BASE_URL": f"http://127.0.0.1:{port}"}
    if is_demo:
        return from_environment(here, INSTANCE / "demo")
    return from_environment({**here, **os.environ})


def _ways_in(config: Config, is_demo: bool) -> list[str]:
    """Fresh one-time links: one for each role of the example, or one to set the scheme up."""
    with to_write(config) as session:
        if is_demo:
            tokens = {role.value: _link_of_role(session, role) for role in Role}
        elif has_coordinator(session):
            tokens = {}
        else:
            tokens = {"set up": accounts.make_link(session, None, LinkPurpose.SET_UP, by=None, at=now())}
        session.commit()
    return [f"  {name:<12} {config.base_url}/link/{token}" for name, token in tokens.items()]


def _link_of_role(session: Session, role: Role) -> str:
    account_id = session.scalars(
        sa.select(Account.id)
        .join(AccountRole)
        .where(AccountRole.role == role, Account.closed_at.is_(None))
        .order_by(Account.id)
    ).first()
    if account_id is None:
        raise accounts.AccountError(f"No {role} has an account any more. Start over with: make demo-reset")
    return accounts.make_link(session, account_id, LinkPurpose.SIGN_IN, by=None, at=now())


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadSetting(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop what uses it,"
                f" or choose another: icv serve --port {port + 1}"
            ) from error


def _run_both(config: Config, host: str, port: int, environment: dict[str, str], is_demo: bool) -> None:
    """Web and worker as two processes; when one ends or a signal comes, both end."""
    # Addresses of feeds and links are secrets: no access log.
    web = [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--threads", str(THREADS)]
    web += ["--log-level", "error", "--no-control-socket", "wsgi:app"]
    _mind_signals()
    # In sessions of their own: a closed terminal would stop the worker and make gunicorn begin anew.
    running = [
        subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)  # noqa: S603
        for command in (web, [*ICV, "work"])
    ]
    try:
        links = _ways_in(config, is_demo)
        _wait_until_served(host, port, running)
        click.echo(f"\nServing at {config.base_url} (Ctrl-C stops it).")
        if links:
            click.echo("One-time links to sign in with:\n" + "\n".join(links))
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        raise click.ClickException("A part of the service ended by itself; the rest is stopped.")
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        _end_all(running)


def _end_all(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=LONGEST_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _mind_signals() -> None:
    """Asked to end, or left behind by a closed terminal, the service ends; under nohup it stays."""
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_until_served(host: str, port: int, running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < until and running[0].poll() is None:
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException("The web service did not start. What it printed above says why.")


COMMANDS = (serve,)
