"""The paper as a web page: a part for a page of the site, and a file that stands alone."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from icv.papers.apart import PROJECT
from icv.papers.panel.arranging import arranged
from icv.papers.panel.laid import Figure, Grid, Headed, Numbered
from icv.rules.paper import Paper


def html_fragment(paper: Paper) -> str:
    """All below its title, without marking. Headings begin at the second level."""
    return _environment().get_template("paper/_paper.html").render(paper=paper, laid=arranged(paper))


def html_page(paper: Paper) -> bytes:
    page = _environment().get_template("paper/document.html")
    return page.render(paper=paper, fragment=Markup(html_fragment(paper))).encode()  # noqa: S704  made above


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests |= {
        "headed": lambda part: isinstance(part, Headed),
        "numbered": lambda part: isinstance(part, Numbered),
        "grid": lambda part: isinstance(part, Grid),
        "figure": lambda part: isinstance(part, Figure),
    }
    return environment
