"""Rows of volunteers: a person each, at the stage reached."""

from dataclasses import dataclass
from datetime import date

from icv.rules.bounds import MOST_LEVEL, MOST_NAME, MOST_PHONE, MOST_REASON
from icv.rules.exchange import cells
from icv.rules.exchange.rows import Format, Rule, in_order
from icv.rules.stages import APPOINTED, Stage, stage_dated


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerRow:
    """`…ends_on` and `…expires_on` are the last day that counts, `left_on` the first that does not."""

    name: str
    email: str
    phone: str = ""
    team: str = ""
    stage: Stage
    round: str = ""
    applied_on: date | None = None
    vetting_level: str = ""
    vetting_requested_on: date | None = None
    vetting_cleared_on: date | None = None
    vetting_expires_on: date | None = None
    trained_on: date | None = None
    appointed_on: date | None = None
    probation_ends_on: date | None = None
    term_ends_on: date | None = None
    left_on: date | None = None
    left_reason: str = ""

    @property
    def stage_on(self) -> date | None:
        """The day of the row's one step; None: it was always so."""
        return stage_dated(
            self.stage,
            applied_on=self.applied_on,
            vetting_requested_on=self.vetting_requested_on,
            appointed_on=self.appointed_on,
            left_on=self.left_on,
        )

    @property
    def is_vetted(self) -> bool:
        """Whether the row says anything of vetting."""
        days = (self.vetting_requested_on, self.vetting_cleared_on, self.vetting_expires_on)
        return bool(self.vetting_level) or any(days)


def _appointment(stage: Stage, appointed_on: date | None) -> str | None:
    if stage in APPOINTED and appointed_on is None:
        return f"must not be blank at stage {stage}"
    if appointed_on and stage not in APPOINTED | {Stage.LEFT}:
        return f"must be blank at stage {stage}: nobody is appointed there"
    return None


def _leaving(stage: Stage, appointed_on: date | None, left_on: date | None) -> str | None:
    if stage is Stage.LEFT and appointed_on and left_on is None:
        return "must not be blank: a person who was appointed left on a day"
    return None


def _only_appointed(appointed_on: date | None, ends_on: date | None) -> str | None:
    return "needs appointed_on" if ends_on and appointed_on is None else None


def _uncleared(cleared_on: date | None, expires_on: date | None) -> str | None:
    if expires_on and cleared_on is None:
        return "without vetting_cleared_on the vetting does not count as cleared"
    return None


VOLUNTEERS = Format(
    kind="volunteers",
    row=VolunteerRow,
    readers={
        "name": cells.at_most(MOST_NAME),
        "email": cells.email,
        "phone": cells.at_most(MOST_PHONE),
        "team": cells.at_most(MOST_NAME),
        "stage": cells.one_of(Stage),
        "round": cells.at_most(MOST_NAME),
        "applied_on": cells.day,
        "vetting_level": cells.at_most(MOST_LEVEL),
        "vetting_requested_on": cells.day,
        "vetting_cleared_on": cells.day,
        "vetting_expires_on": cells.day,
        "trained_on": cells.day,
        "appointed_on": cells.day,
        "probation_ends_on": cells.day,
        "term_ends_on": cells.day,
        "left_on": cells.day,
        "left_reason": cells.at_most(MOST_REASON, cells.text),
    },
    rules=(
        Rule("appointed_on", ("stage", "appointed_on"), _appointment),
        Rule("left_on", ("stage", "appointed_on", "left_on"), _leaving),
        Rule("probation_ends_on", ("appointed_on", "probation_ends_on"), _only_appointed),
        Rule("term_ends_on", ("appointed_on", "term_ends_on"), _only_appointed),
        in_order("vetting_requested_on", "vetting_cleared_on"),
        in_order("vetting_cleared_on", "vetting_expires_on"),
        in_order("appointed_on", "probation_ends_on"),
        in_order("appointed_on", "term_ends_on"),
        in_order("appointed_on", "left_on"),
    ),
    doubts=(Rule("vetting_expires_on", ("vetting_cleared_on", "vetting_expires_on"), _uncleared),),
    done=("applied_on", "vetting_requested_on", "vetting_cleared_on", "trained_on", "appointed_on"),
)
