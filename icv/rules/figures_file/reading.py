"""Reading a figures file from elsewhere. Nobody knows who wrote it: nothing in it is taken on trust."""

import json
from typing import Any

from icv.rules.figures import definitions
from icv.rules.figures_file.building import defined_by
from icv.rules.figures_file.checking import (
    MOST_WORDS,
    FiguresFileError,
    day,
    keys,
    number,
    period,
    shortened,
    text,
    whole,
    wrong,
)
from icv.rules.figures_file.shape import FORMAT, TOTALS, VERSION, Definition, FiguresFile
from icv.rules.figures_file.tables import tables
from icv.rules.figures_file.writing import digest_of
from icv.rules.scheme import Choices

MOST_BYTES = 500_000
MOST_THRESHOLD = 50
_PARTS = (
    *("format", "version", "scheme", "period", "made_on", "threshold"),
    *("totals", "tables", "definitions", "digest"),
)
_DEFINED = frozenset(definitions(Choices()))
_NOT_ONE = "This is not a figures file. Ask the other scheme for the file that “icv figures-file” writes."
_SUMS = (
    (
        "visits.attempted",
        ("visits.undertaken", "visits.abandoned", "visits.no_access", "visits.suite_closed"),
    ),
    ("visits.attempted", ("visits.by_mode.in_person", "visits.by_mode.telephone", "visits.by_mode.video")),
    ("volunteers.projected", ("volunteers.closing", "volunteers.in_vetting", "volunteers.in_training")),
)
"""Totals and the parts of which each is the sum."""
_AT_MOST = (
    (
        "visits.scheduled",
        ("visits.completed", "visits.missed", "visits.overdue_report", "visits.cancelled_late"),
    ),
    ("visits.attempted", ("visits.extra",)),
    ("visits.attempted", ("entry.visits_with_wait_over_10_minutes",)),
    *(("findings.raised", (f"findings.{name}",)) for name in ("serious", "resolved_at_visit")),
    *(("findings.raised", (f"findings.{name}",)) for name in ("awaiting_reply", "overdue")),
)
"""Totals and parts that are never more: whatever else is recorded, of no visit and no finding twice."""


def read(content: bytes) -> FiguresFile:
    """Raises FiguresFileError with a sentence that says what is wrong where."""
    if len(content) > MOST_BYTES:
        raise FiguresFileError(f"The file is larger than {MOST_BYTES // 1000} kB: a figures file is smaller.")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FiguresFileError(_NOT_ONE) from fault
    try:
        found = json.loads(words, object_pairs_hook=_each_once, parse_constant=_no_such_number)
    except FiguresFileError:
        raise
    except (ValueError, RecursionError) as fault:
        raise FiguresFileError(_NOT_ONE) from fault
    return from_json(found)


def from_json(found: Any) -> FiguresFile:
    """Of what `as_json` gave. Raises FiguresFileError."""
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise FiguresFileError(_NOT_ONE)
    version = whole(found.get("version"), "“version”")
    if version != VERSION:
        raise wrong(
            "“version”", f"is {version}, and this program reads version {VERSION}: update it, or them"
        )
    written = keys(found, _PARTS, "it")
    defined = _definitions(written["definitions"])
    threshold = whole(written["threshold"], "“threshold”", most=MOST_THRESHOLD)
    file = FiguresFile(
        scheme=text(written["scheme"], "“scheme”"),
        period=period(written["period"]),
        made_on=day(written["made_on"], "“made_on”"),
        threshold=threshold,
        totals=_totals(written["totals"]),
        tables=tables(written["tables"], defined, threshold),
        definitions=defined,
    )
    if file.made_on < file.period.first:
        raise wrong("“made_on”", "is before the period begins: nothing of it can have been counted")
    if text(written["digest"], "“digest”") != digest_of(written):
        raise FiguresFileError("The file was changed after it was made, or is damaged. Ask for it again.")
    return file


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise wrong("it", f"says {shortened(name)} twice in one place")
        found[name] = value
    return found


def _no_such_number(word: str) -> Any:
    raise wrong("it", f"has {word} in it, which is no number")


def _totals(found: Any) -> dict[str, int | float | None]:
    written = keys(found, TOTALS, "“totals”")
    totals = {key: _total(key, written[key]) for key in TOTALS}
    counted = {key: value or 0 for key, value in totals.items()}
    for key, parts in _SUMS:
        if counted[key] != sum(counted[part] for part in parts):
            raise wrong(f"“{key}”", "is not the sum of its parts")
    for key, among in _AT_MOST:
        if counted[key] < sum(counted[part] for part in among):
            raise wrong(f"“{key}”", f"is less than its parts: {', '.join(f'“{part}”' for part in among)}")
    if sum(counted[f"volunteers.{name}"] for name in ("opening", "joined")) != sum(
        counted[f"volunteers.{name}"] for name in ("closing", "left")
    ):
        raise wrong("“volunteers.closing”", "is not those at the opening and who joined, less who left")
    return totals


def _total(key: str, value: Any) -> int | float | None:
    where = f"“{key}”"
    match key:
        case "entry.median_wait_minutes":
            return None if value is None else number(value, where)
        case "detainees.unreconciled":
            return whole(value, where, least=-1_000_000_000)
    return whole(value, where)


def _definitions(found: Any) -> dict[str, Definition]:
    read: dict[str, Definition] = {}
    for key, value in keys(found, _DEFINED, "“definitions”", may_lack=True).items():
        where = f"the definition “{key}”"
        one = keys(value, ("name", "words"), where)
        read[key] = Definition(text(one["name"], where), text(one["words"], where, MOST_WORDS))
    missing = next((key for key in map(defined_by, TOTALS) if key not in read), None)
    if missing:
        raise wrong("“definitions”", f"does not say what “{missing}” counts")
    return read
