"""Settings from the environment: read once, typed; a bad one stops the start by name."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from icv.rules.refusals import Refusal

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
A_HOST = re.compile(r"[\w.:-]+")


class BadSetting(Refusal):
    """A setting that cannot be used; the text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    database_url: str
    secret_key: str
    base_url: str
    trusted_proxies: int
    mail_url: str | None

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https:")

    @property
    def domain(self) -> str:
        """The host name in links, and in the ids of letters and calendar events."""
        return urlsplit(self.base_url).hostname or "localhost"


def from_environment(environment: Mapping[str, str] = os.environ, instance: Path = INSTANCE) -> Config:
    """Raises BadSetting. Without ICV_SECRET_KEY a key is made once and kept in the instance folder."""
    return Config(
        database_url=_database_url(environment, instance),
        secret_key=_secret_key(environment, instance),
        base_url=_base_url(environment),
        trusted_proxies=_trusted_proxies(environment),
        mail_url=_mail_url(environment),
    )


def _database_url(environment: Mapping[str, str], instance: Path) -> str:
    url = environment.get("ICV_DATABASE_URL") or f"sqlite:///{instance / 'icv.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    try:
        address = sa.make_url(url)
        backend = address.get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        backend = ""
    if backend == "sqlite" and address.database not in {None, "", ":memory:"}:
        # Web and worker run in another folder than the one in which somebody typed a command.
        return address.set(database=str(Path(address.database or "").absolute())).render_as_string()
    if backend != "postgresql":
        raise BadSetting(
            "ICV_DATABASE_URL is not a database address. Use sqlite:////full/path/icv.db"
            " or postgresql://user:password@host/name."
        )
    return url


def _secret_key(environment: Mapping[str, str], instance: Path) -> str:
    if "ICV_SECRET_KEY" in environment:
        key = environment["ICV_SECRET_KEY"]
        if len(key) < 32:
            raise BadSetting("ICV_SECRET_KEY is too short. Give it at least 32 random characters.")
        return key
    kept = instance / "secret-key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _base_url(environment: Mapping[str, str]) -> str:
    url = environment.get("ICV_BASE_URL", "http://127.0.0.1:5000").rstrip("/")
    try:
        parts = urlsplit(url)
        usable = (
            parts.scheme in {"http", "https"} and A_HOST.fullmatch(parts.hostname or "") and parts.port != 0
        )
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting("ICV_BASE_URL is not a web address. Use for example https://visiting.example.org.")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise BadSetting(
            "ICV_BASE_URL holds more than a host: the service answers at the top of a host of its own."
            " Use for example https://visiting.example.org."
        )
    return url


def _trusted_proxies(environment: Mapping[str, str]) -> int:
    value = environment.get("ICV_TRUSTED_PROXIES", "0")
    if not value.isdecimal() or int(value) > 9:
        raise BadSetting("ICV_TRUSTED_PROXIES is not a number of proxies. Use 0, or 1 behind one proxy.")
    return int(value)


def _mail_url(environment: Mapping[str, str]) -> str | None:
    url = environment.get("ICV_MAIL_URL") or None
    if url is None:
        return None
    parts = urlsplit(url)
    try:
        usable = parts.scheme in {"smtp", "smtps", "smtp+starttls"} and parts.hostname and (parts.port or 1)
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(
            "ICV_MAIL_URL is not a mail server's address. Use smtp://user:password@host:587?from=icv@example.org"
            " (smtps:// for TLS from the start, smtp+starttls:// to insist on STARTTLS)."
        )
    return url
