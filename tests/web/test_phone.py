"""What phones keep to open the report's form without signal: about nobody, small, kept until it changes."""

import gzip
import re
from collections.abc import Callable

import pytest
from flask import Flask

from icv.rules.access import Role
from icv.web.reports.forms import SECTION_FORMS
from icv.web.reports.lists import FORMS, LISTS
from tests.web.browser import Browser
from tests.workshop import Workshop

MOST_KB = 60
TEMPLATE = re.compile(r'<template data-icv-part="([^"]+)".*?</template>', re.DOTALL)


def test_two_people_and_a_stranger_get_the_same_form(
    app: Flask, browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    one = browse_as(Role.VOLUNTEER, person=make.person(name="Asha Patel")).get("/duties/")
    two = browse_as(Role.COORDINATOR).get("/people/")
    make.suite("Euston Street")
    forms = {someone.client.get("/report-shell").data for someone in (one, two, browser)}
    assert len(forms) == 1
    (form,) = forms
    for private in (b"Asha Patel", b"Euston Street", b"csrf_token", b"data-icv-person", b"Sign out"):
        assert private not in form


def test_it_holds_every_part_of_the_form(browser: Browser) -> None:
    form = browser.client.get("/report-shell").get_data(as_text=True)
    assert set(TEMPLATE.findall(form)) == {*SECTION_FORMS, *LISTS, *FORMS}


@pytest.mark.parametrize("path", ["/report-shell", "/report-worker.js"])
def test_it_is_fetched_again_only_when_it_has_changed(path: str, browser: Browser) -> None:
    first = browser.client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = browser.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "Set-Cookie" not in first.headers


def test_the_worker_may_answer_for_the_front_door(browser: Browser) -> None:
    answer = browser.client.get("/report-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"


def test_what_was_flashed_is_left_for_the_next_page(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    visitor = browse_as(Role.VOLUNTEER, person=make.person())
    visitor.client.post("/sign-out", data={"csrf_token": visitor.get("/duties/").token()})
    assert "You are signed out" not in visitor.client.get("/report-shell").get_data(as_text=True)
    assert "You are signed out" in visitor.get("/sign-in").text


def test_a_first_load_of_the_form_is_light(browse_as: Callable[..., Browser], make: Workshop) -> None:
    """All that a phone fetches, compressed. `python -m benchmarks.phones` weighs it down a slow line."""
    visit = make.visit(make.suite(), person := make.person(), make.person())
    visitor = browse_as(Role.VOLUNTEER, person=person)
    page = visitor.get(f"/visits/{visit.id}/report/arrival").html
    fetched = {*re.findall(r'(?:href|src)="(/static/[^"]+)"', page), "/report-shell", "/report-worker.js"}
    fetched |= {f"/visits/{visit.id}/report/arrival", f"/visits/{visit.id}/report/state"}
    weights = {path: _weight(visitor, path) for path in fetched}
    assert sum(weights.values()) <= MOST_KB, weights


def test_pages_say_whose_they_are_without_saying_who(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    def stamp(browser: Browser) -> str:
        return re.findall(r'data-icv-person="([0-9a-f]{32})"', browser.get("/").html)[0]

    one = browse_as(Role.VOLUNTEER, person=make.person())
    other = browse_as(Role.VOLUNTEER, person=make.person())
    assert stamp(one) == stamp(one) != stamp(other)


def _weight(browser: Browser, path: str) -> float:
    with browser.client.get(path) as answer:
        return len(gzip.compress(answer.data, 6)) / 1000
