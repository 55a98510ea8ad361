"""The application: how its parts are put together, read from top to bottom."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from icv.config import ROOT, Config, from_environment
from icv.web import (
    access,
    accounts,
    activity,
    addresses,
    answering,
    applications,
    applying,
    availability,
    binder,
    calls,
    cohort,
    comparing,
    cover,
    diversity,
    duties,
    feeds,
    findings,
    home,
    letters,
    membership,
    monitor,
    panel,
    papers,
    people,
    phone,
    police,
    published,
    quarterly,
    raised,
    record,
    recruitment,
    refereeing,
    references,
    reports,
    rota,
    sealed,
    settings,
    signing,
    statistics,
    strands,
    today,
    training,
    vetting,
    visits,
)
from icv.web.db import db
from icv.web.errors import set_up_errors
from icv.web.form_words import speak_plainly
from icv.web.gate import close_the_gate
from icv.web.headers import set_up_headers
from icv.web.numbers import KeptNumber
from icv.web.readings import set_up_readings
from icv.web.signins import set_up_sign_ins
from icv.web.typed import TypedRequest
from icv.web.words import set_up_words

LARGEST_REQUEST = 8 * 1024 * 1024
SUBJECTS = (
    home,
    accounts,
    access,
    panel,
    diversity,
    binder,
    papers,
    people,
    training,
    vetting,
    recruitment,
    applications,
    applying,
    cohort,
    activity,
    membership,
    references,
    refereeing,
    today,
    letters,
    feeds,
    duties,
    cover,
    sealed,
    sealed.opening,
    availability,
    calls,
    rota,
    monitor,
    visits,
    visits.paper,
    strands,
    reports,
    reports.receiving,
    signing,
    phone,
    findings,
    raised,
    police,
    answering,
    answering.office,
    quarterly,
    published,
    published.office,
    statistics,
    comparing,
    record,
    addresses,
    settings,
)


def create_app(config: Config | None = None, *, clock: Callable[[], datetime] | None = None) -> Flask:
    """The web application. The clock gives aware times; tests hand in their own."""
    config = config or from_environment()
    app = Flask("icv", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.request_class = TypedRequest
    app.config.update(
        ICV=config,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SESSION_COOKIE_NAME="__Host-icv" if config.is_https else "icv",
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["icv_clock"] = clock or _wall_clock
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    set_up_sign_ins(app)
    close_the_gate(app)
    CSRFProtect(app)
    set_up_readings(app)
    set_up_headers(app, is_https=config.is_https)
    set_up_errors(app)
    set_up_words(app)
    speak_plainly(app)
    app.url_defaults(_stamp_static_file)
    app.url_map.converters["int"] = KeptNumber
    for subject in SUBJECTS:
        app.register_blueprint(subject.bp)
    return app


def _wall_clock() -> datetime:
    return datetime.now(UTC)


def _stamp_static_file(endpoint: str, values: dict[str, Any]) -> None:
    """A file's address changes with its content, so that browsers may keep it for good."""
    if endpoint == "static":
        values["v"] = _content_stamp(values["filename"])


@cache
def _content_stamp(filename: str) -> str:
    return hashlib.sha256((ROOT / "static" / filename).read_bytes()).hexdigest()[:10]
