"""The share of scheduled visits completed: by suite and by team, and why the others were not."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Kind, Order, Picture, Row, Share, Table
from icv.rules.exhibits.steps import OF_THE_SHARE
from icv.rules.exhibits.told import listed, named_or_counted, told_alike
from icv.rules.figures import SuiteFigures, VisitFigures, percent_in_words
from icv.rules.figures.panel import PanelFigures
from icv.rules.visits import Outcome
from icv.rules.words import all_in_words, are, plural, plural_in_words, sentence, share_in_words, were

MOST_DRAWN = 40
"""Of more suites than these the teams are drawn: so many bars are no picture."""
_REASONS: dict[Outcome | None, str] = {
    Outcome.MISSED: "Did not happen",
    Outcome.CANCELLED: "Cancelled once the week had begun",
    None: "No report yet",
    Outcome.ABANDONED: "Broken off",
    Outcome.NO_ACCESS: "Entry refused",
    Outcome.SUITE_CLOSED: "Suite found closed",
    Outcome.COMPLETED: "Made, but not counted as completed",
}
_TOLD: dict[Outcome | None, tuple[str, str]] = {
    Outcome.MISSED: ("did not happen", "did not happen"),
    Outcome.CANCELLED: ("was cancelled once the week had begun", "were cancelled once the week had begun"),
    None: ("has no report yet", "have no report yet"),
    Outcome.ABANDONED: ("was broken off", "were broken off"),
    Outcome.NO_ACCESS: ("was refused entry", "were refused entry"),
    Outcome.SUITE_CLOSED: ("found the suite closed", "found the suite closed"),
    Outcome.COMPLETED: ("is not counted", "are not counted"),
}
"""What became of one visit, and of several."""
_FALLING_SHORT = Order("lowest", "share", "scheduled visits completed", "had no visits scheduled and due")


def completion(found: PanelFigures) -> Exhibit:
    visits, suites, teams = found.now.visits, _by_suite(found), _by_team(found)
    whole = Share(visits.completed, visits.scheduled)
    tables = [_shares("completion-by-suite", "suite", suites.items(), whole, _FALLING_SHORT)]
    if len(teams) > 1:
        tables.append(_shares("completion-by-team", "team", teams, whole))
    return Exhibit(
        "completion",
        "Visits completed",
        words=tuple(_words(found)),
        drawings=tuple(_drawn(found, tables)),
        tables=(*tables, _not_completed(found)),
    )


def _by_suite(found: PanelFigures) -> dict[str, Share]:
    return {one.suite: Share(one.completed, one.scheduled) for one in found.now.suites_in_use}


def _by_team(found: PanelFigures) -> list[tuple[str, Share]]:
    """By the team that has the suite now; suites without a team last."""
    suites = found.now.suites_in_use
    names = sorted({one.team for one in suites if one.team}) + [None] * any(not one.team for one in suites)
    return [(name or "No team", _whole(one for one in suites if one.team == name)) for name in names]


def _whole(suites: Iterable[SuiteFigures]) -> Share:
    shares = [(one.completed, one.scheduled) for one in suites]
    return Share(sum(completed for completed, _ in shares), sum(scheduled for _, scheduled in shares))


def _shares(
    key: str, what: str, shares: Iterable[tuple[str, Share]], whole: Share, order: Order | None = None
) -> Table:
    return Table(
        key,
        f"Scheduled visits completed, by {what}",
        what.capitalize(),
        (Column("Completed", Kind.SHARE),),
        tuple(Row(name, (share,)) for name, share in shares),
        Row(f"All {what}s", (whole,)),
        said=OF_THE_SHARE,
        order=order,
    )


def _drawn(found: PanelFigures, tables: Iterable[Table]) -> Iterator[Drawing]:
    for table in tables:
        shares = [(row.name, share) for row in table.rows for share in row.cells if isinstance(share, Share)]
        points = tuple((name, share.part, share.whole) for name, share in shares if share.whole)
        if 0 < len(points) <= MOST_DRAWN:
            aim = found.choices.target_percent
            yield Drawing(Picture.COMPLETION, table.caption, table.key, points, aim=aim)
            return


def _not_completed(found: PanelFigures) -> Table:
    visits, share = found.now.visits, found.headline.share
    return Table(
        "not-completed",
        "Scheduled visits not completed, by reason",
        "Reason",
        (Column("Visits"),),
        tuple(Row(_REASONS[why], (number,)) for why, number in share.not_completed.items()),
        Row("Not completed", (visits.scheduled - visits.completed,)),
        said=("visits.missed", "visits.cancelled_late", "visits.overdue_report"),
    )


def _words(found: PanelFigures) -> Iterator[str]:
    visits = found.now.visits
    if visits.scheduled:
        yield _share(visits)
        yield from _target(visits, found.choices.target_percent)
        yield from _reasons(found)
        yield from _lowest(_by_suite(found))
    else:
        yield "No scheduled visit was due in the period, so there is no share to tell."
    yield from _beside(visits)


def _share(visits: VisitFigures) -> str:
    completed, scheduled = visits.completed, visits.scheduled
    due = " due so far" if visits.not_yet_due else ""
    if scheduled == 1:
        return f"The only scheduled visit{due} was {'completed' if completed else 'not completed'}."
    if completed == scheduled:
        return f"{all_in_words(scheduled, 'scheduled visit')}{due} were completed."
    whole = f"{plural(scheduled, 'scheduled visit')}{due}"
    if not completed:
        return f"None of {whole} was completed."
    share = percent_in_words(completed, scheduled)
    return f"{completed:,} of {whole} {were(completed)} completed ({share})."


def _target(visits: VisitFigures, target: int | None) -> Iterator[str]:
    if target is not None:
        is_met = "met" if visits.completed * 100 >= target * visits.scheduled else "not met"
        met = f"is {is_met} so far" if visits.not_yet_due else f"was {is_met}"
        yield f"The scheme’s target of {target}% {met}."


def _reasons(found: PanelFigures) -> Iterator[str]:
    reasons = found.headline.share.not_completed
    if sum(reasons.values()) == 1:
        which = "visit" if found.now.visits.scheduled == 1 else "one not completed"
        yield sentence(f"the {which} {_TOLD[max(reasons, key=reasons.__getitem__)][0]}")
    elif reasons:
        numbers = told_alike(reasons.values())
        told = [
            f"{number} {_TOLD[why][reasons[why] > 1]}" for why, number in zip(reasons, numbers, strict=True)
        ]
        yield sentence(f"of those not completed, {listed(told)}")


def _lowest(shares: dict[str, Share]) -> Iterator[str]:
    """Which suite had the lowest share, where they differ; of several that had it, their visits together."""
    known = {name: Fraction(share.part, share.whole) for name, share in shares.items() if share.whole}
    lowest = min(known.values(), default=Fraction(1))
    names = [name for name, share in known.items() if share == lowest]
    if len(known) < 2 or len(names) == len(known):
        return
    at_lowest = [shares[name] for name in names]
    share = share_in_words(sum(one.part for one in at_lowest), sum(one.whole for one in at_lowest))
    yield f"The lowest share, {share}, was at {named_or_counted(names, len(known))}."


def _beside(visits: VisitFigures) -> Iterator[str]:
    """What counts in no share."""
    if visits.cancelled:
        cancelled = plural_in_words(visits.cancelled, "visit")
        yield sentence(f"{cancelled} {were(visits.cancelled)} cancelled in time and so not counted")
    if visits.extra:
        extra = plural_in_words(visits.extra, "extra visit")
        yield sentence(f"{extra} {were(visits.extra)} attempted besides")
    if visits.not_yet_due:
        coming = plural_in_words(visits.not_yet_due, "scheduled visit")
        yield sentence(f"{coming} {are(visits.not_yet_due)} not yet due")
