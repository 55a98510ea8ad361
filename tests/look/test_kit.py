"""The kit on one page: sound HTML, everything labelled, errors that lead somewhere, nothing heavy."""

import json
import re
from xml.etree.ElementTree import Element

import brotli
import html5lib
import pytest
from flask import render_template
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, IntegerField, StringField
from wtforms.validators import InputRequired, Optional

from tests.look.demo import ROOT, around, demo_app

STATIC = ROOT / "static"
ERRORS = sorted(path.stem for path in (ROOT / "templates" / "errors").glob("[45]*.html"))
TYPED = {
    "name": "",
    "email": "<script>alert(1)</script>",
    "remarks": "\nsecond line",
    "in_custody": "five",
    "outcome": "no_access",
    "reason": '"quoted"',
    "free": ["0-4", "6-0"],
    "day-day": "3",
    "arrived_at-day": "25",
    "arrived_at-month": "10",
    "arrived_at-year": "2026",
    "arrived_at-clock": "0130",
}


class Place(Form):
    suite = StringField("Suite", [InputRequired()])
    visits = IntegerField("Visits", [Optional()])


class Rounds(Form):
    places = FieldList(FormField(Place))


def read(html: str) -> Element:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


@pytest.fixture(scope="module")
def fresh() -> Element:
    return read(demo_app().test_client().get("/").text)


@pytest.fixture(scope="module")
def refused() -> Element:
    answer = demo_app().test_client().post("/", data=TYPED)
    assert answer.status_code == 422
    return read(answer.text)


def all_of(page: Element, *tags: str) -> list[Element]:
    return [element for element in page.iter() if element.tag in tags]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def the(page: Element, name: str) -> Element:
    return next(one for one in all_of(page, "input", "textarea", "select") if one.get("name") == name)


@pytest.mark.parametrize("page", ["fresh", "refused"])
def test_every_control_has_words_and_every_id_is_one(page: str, request: pytest.FixtureRequest) -> None:
    tree = request.getfixturevalue(page)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    named = {label.get("for") for label in all_of(tree, "label")}
    inside = {control for label in all_of(tree, "label") for control in label.iter("input")}
    for control in all_of(tree, "input", "textarea", "select"):
        if control.get("type") != "hidden":
            assert control.get("id") in named or control in inside, control.attrib
    for element in tree.iter():
        assert set((element.get("aria-describedby") or "").split()) <= set(ids)


def test_every_error_leads_to_a_control(refused: Element) -> None:
    controls = {control.get("id") for control in all_of(refused, "input", "textarea", "select")}
    summary = next(e for e in refused.iter() if e.get("data-module") == "govuk-error-summary")
    links = {link.get("href", "")[1:] for link in summary.iter("a")}
    assert {"name", "in_custody", "agreed", "day-month", "arrived_at-which"} <= links <= controls
    assert "“Name” is required." in words(summary)


def test_an_error_inside_a_list_of_forms_is_in_the_summary() -> None:
    form = Rounds(
        MultiDict({"places-0-suite": "", "places-1-suite": "Euston Street", "places-1-visits": "five"})
    )
    assert not form.validate()
    env = demo_app().jinja_env
    page = read("<!DOCTYPE html>" + str(env.get_template("_kit/kit.html").module.errors(form)))  # type: ignore[attr-defined]
    assert [(link.get("href"), words(link)) for link in all_of(page, "a")] == [
        ("#places-0-suite", "“Suite” is required."),
        ("#places-1-visits", "“Visits” must be a whole number"),
    ]


def test_everything_typed_is_still_there(refused: Element) -> None:
    assert the(refused, "email").get("value") == "<script>alert(1)</script>"
    assert the(refused, "remarks").text == "\nsecond line"
    assert the(refused, "in_custody").get("value") == "five"
    assert the(refused, "reason").get("value") == '"quoted"'
    assert the(refused, "arrived_at-clock").get("value") == "0130"
    ticked = [box.get("value") for box in all_of(refused, "input") if "checked" in box.attrib]
    assert ticked == ["no_access", "0-4", "6-0"]


def test_the_title_begins_with_the_heading(fresh: Element) -> None:
    (heading,), (title,) = all_of(fresh, "h1"), all_of(fresh, "title")
    assert words(title) == f"{words(heading)} - Leicestershire custody visiting"


def test_nothing_is_inline(fresh: Element) -> None:
    for element in fresh.iter():
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}
    assert not all_of(fresh, "style")
    assert all(script.get("src") and not script.text for script in all_of(fresh, "script"))


@pytest.mark.parametrize("number", ERRORS)
def test_an_error_page_says_what_to_do_next(number: str) -> None:
    with demo_app().test_request_context():
        context = {} if number.startswith("5") else {"typed": [], **around()}
        page = read(render_template(f"errors/{number}.html", **context))
    (heading,) = all_of(page, "h1")
    assert words(all_of(page, "title")[0]).startswith(words(heading))
    assert "What to do next" in [words(part) for part in all_of(page, "h2")]


def test_the_look_is_light() -> None:
    """A phone pays for it once: 16 kB in all is the promise."""
    sizes = {name: len(brotli.compress((STATIC / name).read_bytes())) for name in ("app.css", "app.js")}
    assert sum(sizes.values()) <= 16_000, sizes


def test_the_styles_hold_no_licensed_font_and_fetch_nothing() -> None:
    styles = (STATIC / "app.css").read_text()
    assert not re.findall(r"GDS Transport|@font-face|@import|url\(", styles)


def test_who_wants_larger_letters_gets_all_of_them_larger() -> None:
    """A size in px stays as it is when the letters are set larger. The one is the sign of a warning."""
    styles = (STATIC / "app.css").read_text()
    assert re.findall(r"font-size:[\d.]+px", styles) == ["font-size:30px"]


def test_the_committed_script_is_the_source() -> None:
    assert (STATIC / "app.js").read_text() == (STATIC / "src" / "app.js").read_text()


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((STATIC / "src" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
