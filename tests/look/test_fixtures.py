"""The kit's low layer draws what GOV.UK Frontend's own macros draw, by the fixtures that package ships.

The files in fixtures/ are those of govuk-frontend 6.3.0 (MIT, see static/src), less those of mouse states.
"""

import json
import re
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
HOME = {
    "boxes": (
        "character-count",
        "date-input",
        "file-upload",
        "input",
        "select",
        "textarea",
    ),
    "choices": ("checkboxes", "radios"),
    "lists": ("summary-list", "table", "task-list"),
    "parts": ("error-message", "fieldset", "hint", "label"),
    "signs": (
        "details",
        "error-summary",
        "inset-text",
        "notification-banner",
        "panel",
        "tag",
        "warning-text",
    ),
    "ways": ("back-link", "breadcrumbs", "button", "pagination", "service-navigation", "skip-link"),
}
"""Which file of the kit holds each component."""

OWN_HEADER = "the scheme's name stands in our own header"
NO_BUTTON = "the navigation wraps: there is no menu button to name"
SCRIPTED = "the words and limits are for a script we do not have"
UNSUPPORTED: dict[str, dict[str, str]] = {
    "character-count": dict.fromkeys(
        (
            "to configure in JavaScript",
            "when neither maxlength nor maxwords are set",
            "when neither maxlength/maxwords nor textarea description are set",
            "with translations",
        ),
        SCRIPTED,
    ),
    "file-upload": {
        **dict.fromkeys(
            (
                "enhanced",
                "enhanced, with error message and hint",
                "enhanced, multiple files",
                "enhanced, custom wrapper classes and attributes",
                "translated, no javascript enhancement",
                "translated",
            ),
            SCRIPTED,
        ),
        "with value": "no browser shows a value that a page gives to a file box",
    },
    "select": {"with falsy values": "a choice of ours always has text for its value"},
    "service-navigation": {
        **dict.fromkeys(
            (
                "with service name",
                "with service link",
                "with long service name",
                "with service name and navigation",
                "inverse",
                "with custom aria-label",
                "with collapseNavigationOnMobile set to false",
                "with a single navigation item",
                "with a single navigation item and collapseNavigationOnMobile set to true",
                "attributes",
                "classes",
            ),
            OWN_HEADER,
        ),
        **dict.fromkeys(
            ("with custom navigation toggle text", "with identical navigation toggle text and label"),
            NO_BUTTON,
        ),
        "with custom navigation toggle text and navigation label": NO_BUTTON,
        "with slotted content": "nothing of ours stands in those places",
    },
}
"""By component and fixture, why we draw something else."""

BUTTON_PARAMS = {"collapseNavigationOnMobile", "menuButtonLabel"}
MENU_BUTTON = re.compile(r'<button[^>]*class="govuk-service-navigation__toggle.*?</button>', re.DOTALL)
"""Hidden until a script shows it: ours has neither the button nor the script."""

KIT = Environment(
    loader=FileSystemLoader(HERE.parents[1] / "templates"), autoescape=True, undefined=StrictUndefined
)
Drawn: TypeAlias = tuple[Any, ...]
ALL = [
    (home, component, fixture)
    for home, components in HOME.items()
    for component in components
    for fixture in json.loads((HERE / "fixtures" / f"{component}.json").read_text())
]
FIXTURES = [
    pytest.param(home, component, fixture, id=f"{component}: {fixture['name']}")
    for home, component, fixture in ALL
    if fixture["name"] not in UNSUPPORTED.get(component, {})
]


def tidy(text: str | None) -> tuple[str, ...]:
    """Words with single spaces, or nothing where there are none."""
    words = " ".join((text or "").split())
    return (words,) if words else ()


def drawn(element: Element) -> Drawn:
    """An element as a browser sees it, however its source is laid out."""
    attributes = {name: " ".join(value.split()) for name, value in element.attrib.items()}
    inside: list[Any] = [*tidy(element.text)]
    for child in element:
        inside += [drawn(child), *tidy(child.tail)]
    return (element.tag, tuple(sorted(attributes.items())), *inside)


def seen(html: str) -> Drawn:
    return drawn(html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False))


def rendered(home: str, component: str, options: dict[str, Any]) -> str:
    macro = getattr(KIT.get_template(f"_kit/{home}.html").module, component.replace("-", "_"))
    return str(macro(**{name: value for name, value in options.items() if name not in BUTTON_PARAMS}))


@pytest.mark.parametrize(("home", "component", "fixture"), FIXTURES)
def test_the_kit_draws_what_the_package_draws(home: str, component: str, fixture: dict[str, Any]) -> None:
    wanted = MENU_BUTTON.sub("", fixture["html"])
    assert seen(rendered(home, component, fixture["options"])) == seen(wanted)


def test_every_fixture_left_out_exists() -> None:
    names = {(component, fixture["name"]) for _, component, fixture in ALL}
    assert {(component, name) for component, out in UNSUPPORTED.items() for name in out} <= names
