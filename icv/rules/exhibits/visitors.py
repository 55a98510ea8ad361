"""Visitors: how many there were, who came and went, why they left, and how often they visited."""

from icv.rules.exhibits.hiding import parts_shown, tells
from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Picture, Row, Table
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.people import bands
from icv.rules.figures.shape import Membership, TeamFigures, VolunteerFigures
from icv.rules.words import capital, number_in_words, plural_in_words, sentence, were

NO_TEAM = "No team"
MOST_TEAMS = 8
"""Of more, only the whole is drawn."""
NOT_GIVEN, OTHERS = "No reason on record", "Another reason"
_OF_ITS_OWN = {NOT_GIVEN, OTHERS}
"""Rows that are there in any case: the same words of a coordinator are counted with the others."""


def visitors(found: PanelFigures) -> Exhibit:
    now = found.now.volunteers
    teams = tuple(team for team in now.by_team if team.members != Membership())
    tables = (_flow(now, teams), _left(found), _visits(found))
    return Exhibit(
        "visitors",
        "Visitors",
        words=(_words(now),),
        drawings=(_picture(now, teams),) if teams else (),
        tables=tuple(table for table in tables if table.rows),
    )


def _words(now: VolunteerFigures) -> str:
    if not (now.opening or now.joined):
        return "No visitors were in office in the period."
    opening = f"{plural_in_words(now.opening, 'visitor')} {were(now.opening)} in office when the period began"
    moved = f"{number_in_words(now.joined) if now.joined else 'nobody'} joined"
    moved += f" and {number_in_words(now.left) if now.left else 'nobody'} left"
    if not (now.joined or now.left):
        moved = "nobody joined or left"
    closing = number_in_words(now.closing) if now.closing else "none"
    return sentence(f"{opening}; {moved}, which makes {closing} at its end")


def _picture(now: VolunteerFigures, teams: tuple[TeamFigures, ...]) -> Drawing:
    lines = [(team.team or NO_TEAM, team.members) for team in teams if len(teams) <= MOST_TEAMS]
    lines = lines or [("All visitors", now.members)]
    return Drawing(
        Picture.FLOW,
        "Visitors at the beginning, joined, left, and at the end",
        "visitors-flow",
        tuple((name, *_numbers(members)) for name, members in lines),
    )


def _flow(now: VolunteerFigures, teams: tuple[TeamFigures, ...]) -> Table:
    return Table(
        "visitors-flow",
        "Visitors by team, from the beginning of the period to its end",
        "Team",
        (Column("At the beginning"), Column("Joined"), Column("Left"), Column("At the end")),
        tuple(Row(team.team or NO_TEAM, _numbers(team.members)) for team in teams),
        Row("All visitors", _numbers(now.members)),
        said=("volunteers.opening", "volunteers.joined", "volunteers.left", "volunteers.closing"),
    )


def _numbers(members: Membership) -> tuple[int, ...]:
    return members.opening, members.joined, members.left, members.closing


def _left(found: PanelFigures) -> Table:
    """Reasons are a coordinator's own words: only those that many share are shown at all."""
    threshold, reasons = found.choices.suppression_threshold, found.visitors.reasons
    given = {capital(words): people for words, people in reasons.items() if words}
    common = {
        words: people for words, people in given.items() if people > threshold and words not in _OF_ITS_OWN
    }
    parts = dict(sorted(common.items(), key=lambda one: (-one[1], one[0])))
    parts[OTHERS] = sum(given.values()) - sum(common.values())
    parts[NOT_GIVEN] = reasons.get("", 0)
    cells = parts_shown(parts, threshold)
    return Table(
        "visitors-left",
        "Why visitors left",
        "Reason",
        (Column("Visitors"),),
        tuple(Row(name, (cell,)) for name, cell in cells.items() if cell != 0)
        if tells(cells[words] for words in common)
        else (),
        Row("Left", (found.now.volunteers.left,)),
        said=("volunteers.left", "volunteers.reasons"),
    )


def _visits(found: PanelFigures) -> Table:
    """Nothing to say where the visits on record name no visitors."""
    visits = found.visitors.visits
    parts = {
        band.words: sum(people for made, people in visits.items() if made in band)
        for band in bands(found.choices)
    }
    cells = parts_shown(parts, found.choices.suppression_threshold)
    return Table(
        "visitors-visits",
        "Visitors in office at the end of the period, by their visits in the twelve months up to it",
        "Visits",
        (Column("Visitors"),),
        tuple(Row(name, (cell,)) for name, cell in cells.items())
        if any(visits) and tells(cells.values())
        else (),
        Row("All visitors", (found.now.volunteers.closing,)),
        said=("volunteers.closing", "volunteers.visits"),
    )
