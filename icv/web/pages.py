"""A page: a template with what every page needs around it. A form with errors answers 422."""

from dataclasses import dataclass
from typing import Any

from flask import Response, g, make_response, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from icv.rules.access import Actor, Role
from icv.rules.report import FORM_VERSION
from icv.rules.scheme import Choices
from icv.store.scheme import choices_on
from icv.web.clock import today
from icv.web.db import db
from icv.web.signins import asking
from icv.web.stamps import stamp_of

NAVIGATION: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.COORDINATOR: (
        ("Today", "today.show"),
        ("People", "people.index"),
        ("Rota", "rota.index"),
        ("Visits", "visits.index"),
        ("Panel", "panel.show"),
    ),
    Role.VOLUNTEER: (
        ("My duties", "duties.index"),
        ("My availability", "availability.show"),
        ("My record", "record.show"),
    ),
    Role.POLICE: (("Findings", "police.index"),),
    Role.PANEL: (("Figures", "panel.show"), ("Papers", "papers.index")),
}
"""The words at the top of a role's pages, and where each leads."""

WITHIN = {
    "activity": "people",
    "applications": "people",
    "binder": "panel",
    "calls": "rota",
    "cohort": "people",
    "comparing": "panel",
    "cover": "duties",
    "diversity": "panel",
    "finding_links": "visits",
    "findings": "visits",
    "membership": "people",
    "monitor": "rota",
    "opening": "visits",
    "paper": "visits",
    "papers": "panel",
    "publishing": "visits",
    "quarterly": "visits",
    "raised": "duties",
    "recruitment": "people",
    "references": "people",
    "sealed": "duties",
    "signing": "duties",
    "strands": "visits",
    "training": "people",
    "vetting": "people",
}
"""Blueprints whose pages stand under the word of another, where they have none of their own."""

WITH_REPORTS = frozenset({"duties", "reports"})
"""Blueprints whose pages keep reports on the phone."""


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    href: str
    is_current: bool


def choices() -> Choices:
    """The scheme's choices in force today, asked for once a request."""
    if "icv_choices" not in g:
        g.icv_choices = choices_on(db.session(), today())
    return g.icv_choices


def page(template: str, *, status: int = 200, marking: str | None = None, **context: Any) -> Response:
    """The page, with status 422 when its `form` was refused. `marking` is for pages with personal records."""
    form = context.get("form")
    if form is not None and form.errors:
        status = 422
    return make_response(render_template(template, **around(marking), **context), status)


def around(marking: str | None = None) -> dict[str, Any]:
    """What the layout needs on every page."""
    actor = asking()
    return {
        "scheme_name": choices().scheme_name,
        "marking": marking,
        "navigation": _navigation(actor),
        "signed_in_as": actor.name if actor else None,
        "person_stamp": stamp_of(actor) if actor else None,
        "form_version": FORM_VERSION if request.blueprint in WITH_REPORTS else None,
        "sign_out_href": url_for("accounts.sign_out"),
        "csrf_field": csrf_field,
        "footer_links": _footer(actor),
    }


def csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(escape(generate_csrf()))


def _navigation(actor: Actor | None) -> list[Place]:
    held = [role for role in NAVIGATION if actor and role in actor.roles]
    words = {endpoint.split(".")[0] for role in held for _, endpoint in NAVIGATION[role]}
    here = request.blueprint or ""
    here = here if here in words else WITHIN.get(here, here)
    places: dict[str, Place] = {}
    for role in held:
        for label, endpoint in NAVIGATION[role]:
            is_current = here == endpoint.split(".")[0]
            places.setdefault(endpoint, Place(label, url_for(endpoint), is_current))
    return list(places.values())


def _footer(actor: Actor | None) -> list[tuple[str, str]]:
    links = [("Privacy", "home.privacy"), ("Accessibility", "home.accessibility")]
    if choices().publishes_findings:
        links.append(("Findings and replies", "published.index"))
    if choices().publishes_statistics:
        links.append(("Statistics", "statistics.show"))
    if actor:
        links.append(("Your sign-ins", "accounts.own_sign_ins_page"))
    if actor and Role.COORDINATOR in actor.roles:
        links = [
            ("Settings", "settings.show"),
            ("Accounts", "access.index"),
            ("Letters", "letters.index"),
            *links,
        ]
    return [(label, url_for(endpoint)) for label, endpoint in links]
