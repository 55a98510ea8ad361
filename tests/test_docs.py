"""The documents: what they name is there, and what is there is named."""

import re
from pathlib import Path

import click
import pytest

from icv.cli import icv

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r'\]\(([^)\s]+)\)|src="([^"]+)"', document.read_text())
    for link in (address or source for address, source in links):
        if link.startswith("http"):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), f"{link} leads to nothing"
        assert not anchor or anchor in anchors(target), f"{link}: there is no such heading"


def names(command: click.Command, above: str = "") -> set[str]:
    if isinstance(command, click.Group):
        return {name for word, one in command.commands.items() for name in names(one, f"{above} {word}")}
    return {above.strip()}


def test_the_readme_names_every_command() -> None:
    missing = {name for name in names(icv) if f"`icv {name}" not in README}
    assert not missing


def test_the_readme_names_every_setting() -> None:
    config = (ROOT / "icv" / "config.py").read_text()
    assert set(re.findall(r"^\| `(ICV_\w+)`", README, re.MULTILINE)) == set(
        re.findall(r"ICV_[A-Z_]+", config)
    )


def test_whoever_wants_to_change_something_is_sent_to_what_is_there() -> None:
    gone = [
        path
        for path in re.findall(r"`((?:icv|templates|static|migrations|docs)/[\w./-]*)`", README)
        if not list(ROOT.glob(path.rstrip("/"))) and not list(ROOT.glob(f"{path}.py"))
    ]
    assert not gone


def test_the_pictures_are_small_enough_to_be_looked_at_on_a_phone() -> None:
    heavy = [file.name for file in ROOT.glob("docs/pictures/*") if file.stat().st_size > 150_000]
    assert not heavy
