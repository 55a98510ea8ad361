"""The shape of a figures file: totals and tables, always the same ones, and what each figure counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from icv.rules.days import Period
from icv.rules.exhibits.shape import Table

FORMAT = "icv-figures"
VERSION = 1
"""Of what stands in a file. Another total, table or definition is another version: whoever has an older
program is then told to update it, instead of reading half.
"""

TOTALS = (
    *(f"visits.{name}" for name in ("scheduled", "completed", "attempted", "undertaken", "abandoned")),
    *(f"visits.{name}" for name in ("no_access", "suite_closed", "extra", "missed", "overdue_report")),
    *(f"visits.{name}" for name in ("cancelled", "cancelled_late", "not_yet_due")),
    *(f"visits.by_mode.{mode}" for mode in ("in_person", "telephone", "video")),
    *(f"detainees.{name}" for name in ("in_custody", "offered", "accepted", "declined", "not_offered")),
    *(f"detainees.{name}" for name in ("not_available", "observed_only", "unreconciled")),
    *("entry.visits_with_wait_over_10_minutes", "entry.median_wait_minutes"),
    *(f"findings.{name}" for name in ("raised", "serious", "resolved_at_visit", "awaiting_reply", "overdue")),
    *(f"volunteers.{name}" for name in ("opening", "joined", "left", "closing", "applications")),
    *(f"volunteers.{name}" for name in ("in_vetting", "in_training", "projected")),
)
"""The scheme's own totals, by the names `icv stats --json` gives them. They are always shown."""

BY_SUITE = "completion-by-suite"
BY_CATEGORY = "findings-by-category"
REPLIES = "replies"
HIDING = frozenset({BY_CATEGORY, "not-seen", "ages", "sexes"})
"""Tables of people, or of what points at them: small numbers are hidden in these."""
TABLES = (
    *(BY_SUITE, "not-completed", "modes", "spread-parts", "entry-waits"),
    *("detained-became", "detained-answered", "not-seen", "ages", "sexes"),
    *(BY_CATEGORY, REPLIES),
)
"""The tables by the keys of exhibits, in this order; one with nothing in it is left out."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is called, and what it counts, in the words of the scheme that counted."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class FiguresFile:
    """`made_on` is the day of counting: what was recorded later is not in it. Counts from 1 to `threshold`
    are hidden in the tables of `HIDING`. `totals` has every key of `TOTALS`.
    """

    scheme: str
    period: Period
    made_on: date
    threshold: int
    totals: Mapping[str, int | float | None]
    tables: tuple[Table, ...]
    definitions: Mapping[str, Definition]
