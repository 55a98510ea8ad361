"""Recruitment: how far the applicants of the latest round have come, beside the round before it."""

from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Picture, Row, Table
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.people import Recruitment, RoundFunnel
from icv.rules.funnel import FUNNEL, FunnelLine
from icv.rules.words import plural_in_words, sentence, were

NO_ROUND = "No recruitment round had begun by the end of the period."


def recruitment(found: PanelFigures) -> Exhibit:
    latest = found.recruitment.latest
    if latest is None:
        return Exhibit("recruitment", "Recruitment", words=(NO_ROUND,))
    return Exhibit(
        "recruitment",
        "Recruitment",
        words=tuple(_words(latest)),
        drawings=(_picture(latest),),
        tables=tuple(_tables(found.recruitment)),
    )


def _words(latest: RoundFunnel) -> list[str]:
    funnel = latest.funnel
    received = plural_in_words(funnel.received, "application")
    on_the_way, appointed, lost = map(_people, (funnel.in_pipeline, funnel.appointed, funnel.lost))
    return [
        f"The latest round, {latest.name}, received {received} up to the end of the period.",
        sentence(
            f"{on_the_way} {were(funnel.in_pipeline or 1)} on the way then, {appointed} had been appointed,"
            f" and {lost} had withdrawn or been turned down"
        ),
    ]


def _people(number: int) -> str:
    return plural_in_words(number, "person", "people") if number else "nobody"


def _picture(latest: RoundFunnel) -> Drawing:
    return Drawing(
        Picture.FUNNEL,
        f"How many came to each stage: {latest.name}",
        "recruitment",
        tuple((line.title, line.reached, line.median_days) for line in latest.funnel.lines),
    )


def _tables(rounds: Recruitment) -> list[Table]:
    keyed = (
        (rounds.latest, "recruitment", "latest round"),
        (rounds.before, "recruitment-before", "round before"),
    )
    return [_table(one, key, f"The {which}: {one.name}") for one, key, which in keyed if one]


def _table(one: RoundFunnel, key: str, caption: str) -> Table:
    return Table(
        key,
        caption,
        "Stage",
        (
            Column("Came to it"),
            Column("There at the end of the period"),
            Column("Lost there"),
            Column("Went on"),
            Column("Median days there"),
        ),
        tuple(_row(line) for line in one.funnel.lines),
        said=(
            "volunteers.applications",
            "recruitment.reached",
            "recruitment.lost",
            "recruitment.median_days",
        ),
    )


def _row(line: FunnelLine) -> Row:
    went_on = None if line.stage is FUNNEL[-1] else line.reached - line.now - line.lost
    median_days = None if line.median_days is None else float(line.median_days)
    return Row(line.title, (line.reached, line.now, line.lost, went_on, median_days))
