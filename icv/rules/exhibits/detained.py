"""Detainees: what became of those in custody, why people were not seen, their ages and sex, who is first."""

from collections.abc import Mapping, Sequence

from icv.rules.exhibits.hiding import grid_shown, parts_shown, tells
from icv.rules.exhibits.shape import Cell, Column, Exhibit, Hidden, Kind, Row, Share, Table
from icv.rules.figures.detained import Detained, First
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.shape import DetaineeFigures, VisitFigures
from icv.rules.report import AGES, SEXES, Group, WhyNotSeen
from icv.rules.words import plural, share_in_words, were

NOT_ON_RECORD = "Not on record"


def detained(found: PanelFigures) -> Exhibit:
    now, more, threshold = found.now.detainees, found.detained, found.choices.suppression_threshold
    reasons = _reasons(now, more, threshold)
    tables = (
        _became(now),
        _answered(now),
        reasons,
        _groups("ages", "People in custody on arrival, by age", "Age", AGES, found),
        _groups("sexes", "People in custody on arrival, by sex", "Sex", SEXES, found),
        _first(more, threshold),
    )
    return Exhibit(
        "detained",
        "People in custody",
        words=tuple(_words(found.now.visits, now, more, reasons)),
        tables=tuple(table for table in tables if table.rows),
    )


def _words(visits: VisitFigures, now: DetaineeFigures, more: Detained, reasons: Table) -> list[str]:
    if not visits.attempted:
        return ["No visits were attempted in the period, so nobody in custody was counted."]
    if not now.in_custody:
        return ["No people in custody were counted at the visits of the period."]
    whole = "person" if now.in_custody == 1 else "people"
    whole = share_in_words(now.offered, now.in_custody, f"{whole} in custody")
    accepted = f", and {share_in_words(now.accepted, now.offered)} of those accepted" if now.offered else ""
    words = [f"{whole} {were(now.offered)} offered a visit{accepted}."]
    not_seen = more.not_seen(now.in_custody, now.accepted)
    if not_seen > now.in_custody - now.accepted:
        words.append(
            "Reports give a reason for more people than accepted no visit by the same reports’ counts."
        )
    elif not_seen:
        people = plural(not_seen, "person", "people")
        words.append(f"{people} in custody accepted no visit; why is {_known(more, reasons)}.")
    return words + _most_frequent(reasons)


def _known(more: Detained, reasons: Table) -> str:
    """Nothing that the table beside it hides."""
    known = sum(more.reasons.values())
    if not known:
        return "not on record"
    is_hidden = any(row.name == NOT_ON_RECORD and row.cells[0] is Hidden.FEW for row in reasons.rows)
    how_many = "some" if is_hidden or not reasons.rows else f"{known:,}"
    return f"on record for {how_many} of them"


def _most_frequent(reasons: Table) -> list[str]:
    """Of the reasons that may be shown; none where two share the first place."""
    shown = [(row.cells[0], row.name) for row in reasons.rows if row.name != NOT_ON_RECORD]
    counts = sorted(((cell, name) for cell, name in shown if isinstance(cell, int)), reverse=True)
    if len(counts) != len(shown) or not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return []
    number, name = counts[0]
    return [f"The most frequent reason was: {name[0].lower()}{name[1:]} ({number:,})."]


def _became(now: DetaineeFigures) -> Table:
    parts = (
        ("Offered a visit", now.offered),
        ("Not offered a visit", now.not_offered),
        ("Not available", now.not_available),
        ("Observed only", now.observed_only),
    )
    rows = [Row(name, (Share(number, now.in_custody),)) for name, number in parts]
    if now.unreconciled:
        rows.append(Row("Not accounted for", (now.unreconciled,)))
    return Table(
        "detained-became",
        "People in custody when visitors arrived, and what became of them",
        "What became of them",
        (Column("People", Kind.SHARE),),
        tuple(rows) if now.in_custody or any(number for _, number in parts) else (),
        Row("In custody", (now.in_custody,)),
        said=(
            "detainees.in_custody",
            "detainees.offered",
            "detainees.not_offered",
            "detainees.not_available",
            "detainees.observed_only",
            *(["detainees.unreconciled"] if now.unreconciled else []),
        ),
    )


def _answered(now: DetaineeFigures) -> Table:
    rest = now.offered - now.accepted - now.declined
    rows = [
        Row("Accepted", (Share(now.accepted, now.offered),)),
        Row("Declined", (Share(now.declined, now.offered),)),
    ]
    if rest:
        rows.append(Row("Not accounted for", (rest,)))
    return Table(
        "detained-answered",
        "People offered a visit, by their answer",
        "Answer",
        (Column("People", Kind.SHARE),),
        tuple(rows) if now.offered or now.accepted or now.declined else (),
        Row("Offered a visit", (now.offered,)),
        said=("detainees.offered", "detainees.accepted", "detainees.declined"),
    )


def _reasons(now: DetaineeFigures, more: Detained, threshold: int) -> Table:
    """Reasons that nobody gave are left out; those that are hidden may be any number of people."""
    whole, known = more.not_seen(now.in_custody, now.accepted), sum(more.reasons.values())
    parts = {reason.words: more.reasons.get(reason, 0) for reason in WhyNotSeen}
    cells = parts_shown(parts | {NOT_ON_RECORD: whole - known}, threshold)
    return Table(
        "not-seen",
        "Why people in custody were not seen",
        "Reason",
        (Column("People"),),
        tuple(Row(name, (cell,)) for name, cell in cells.items() if cell != 0) if _tell(cells) else (),
        Row("Not seen", (whole,)),
        said=("detained.not_seen", "detained.reasons"),
    )


def _groups(key: str, caption: str, corner: str, groups: Sequence[Group], found: PanelFigures) -> Table:
    counted = {group.words: found.detained.groups.get(group, 0) for group in groups}
    whole, threshold = found.now.detainees.in_custody, found.choices.suppression_threshold
    cells = _with_unknown(counted, whole - sum(counted.values()), threshold)
    return Table(
        key,
        caption,
        corner,
        (Column("People"),),
        tuple(Row(name, (cell,)) for name, cell in cells.items()) if _tell(cells) else (),
        Row("In custody", (whole,)),
        said=("detainees.in_custody", "detained.groups"),
    )


def _with_unknown(counted: Mapping[str, int], unknown: int, threshold: int) -> dict[str, Cell]:
    """How many are not on record is never what a small number is hidden beside: most reports split by age and
    by sex, so that the other table would tell it. Where it is small itself, it is hidden as well.
    """
    cells = parts_shown(counted, threshold)
    is_small = 1 <= unknown <= threshold
    if is_small and Hidden.FEW not in cells.values():
        return parts_shown({**counted, NOT_ON_RECORD: unknown}, threshold)
    return {**cells, NOT_ON_RECORD: Hidden.FEW if is_small else unknown}


def _tell(cells: Mapping[str, Cell]) -> bool:
    """Whether anything is said but how much is not on record."""
    return tells(cell for name, cell in cells.items() if name != NOT_ON_RECORD)


def _first(more: Detained, threshold: int) -> Table:
    """Left out where they are so few in all that their sum is one of the numbers to hide."""
    lines = {who: (more.first[who].seen, more.first[who].not_seen) for who in First if who in more.first}
    rows, total = grid_shown(lines, threshold)
    is_shown = sum(map(sum, lines.values())) > threshold
    return Table(
        "seen-first",
        "Children and vulnerable adults whom reports enter one by one, and whether they were seen",
        "Who",
        (Column("Seen"), Column("Not seen"), Column("Entered")),
        tuple(Row(who.words, cells) for who, cells in rows.items()) if is_shown else (),
        Row("All of them", total),
        said=("detained.first",),
    )
