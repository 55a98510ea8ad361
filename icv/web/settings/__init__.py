"""Settings for the coordinator: the scheme's choices, its suites and its teams."""

from icv.web.settings import suites, teams, views
from icv.web.settings.blueprint import bp

__all__ = ["bp", "suites", "teams", "views"]
