"""One cell of an import file: from its text to a value, and from a value to the text that reads the same."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from icv.rules.days import DoubledTime, NoSuchTime, from_wall_clock, london
from icv.rules.reaching import is_email
from icv.rules.unseen import without_unseen

Word = TypeVar("Word", bound=StrEnum)

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_PEOPLE = 99_999
MOST_VISITS_A_WEEK = 99

_FORMULA_STARTS = ("=", "+", "-", "@")
_PROTECTED = re.compile(r"'[=+\-@\t\r'0-9]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-]?(\d{1,2})[/.\-]?(\d{1,2})([T ].*)?", re.ASCII)
_TIME = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
_MOMENT = re.compile(rf"({_DAY.pattern})[T ]({_TIME})(Z|[+-]{_TIME})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,9})(\.0*)?", re.ASCII)
_FRACTION = re.compile(r"\d{1,9}(\.\d*)?|\.\d+", re.ASCII)


class BadCell(ValueError):
    """A cell that cannot be read; the text says why and what to write instead."""


def clean(text: str) -> str:
    """Without space around it or signs nobody sees, lines ended by a line feed: what a text is both read and
    written as.
    """
    return without_unseen(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def protected(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula, or what looks protected."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or _PROTECTED.match(text) else text


def unprotected(text: str) -> str:
    """Without the protective apostrophe; that of 't Hooft stays."""
    return text[1:] if _PROTECTED.match(text) else text


def text(cell: str) -> str:
    return cell


def name(cell: str) -> str:
    if "\n" in cell:
        raise BadCell("must stand on one line")
    return cell


def at_most(most: int, read: Callable[[str], str] = name) -> Callable[[str], str]:
    """The same of texts no longer than that."""

    def bounded(cell: str) -> str:
        if len(cell) > most:
            raise BadCell(f"has {len(cell):,} characters; shorten it to {most:,} or fewer")
        return read(cell)

    return bounded


def email(cell: str) -> str:
    """As typed; what makes it unique is its case-folded form."""
    if not is_email(cell):
        raise BadCell(f"{cell!r} is not an e-mail address; write it as name@example.org")
    return cell


def day(cell: str) -> date:
    bare = _MIDNIGHT.sub("", cell.lstrip("'"))
    if not _DAY.fullmatch(bare):
        raise BadCell(_no_day(bare))
    try:
        on = date.fromisoformat(bare)
    except ValueError as fault:
        raise BadCell(f"{bare} is not a day of the calendar") from fault
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise BadCell(f"{on} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return on


def moment(cell: str) -> datetime:
    """An instant in UTC; a time without an offset is by London's clocks."""
    found = _MOMENT.fullmatch(cell.lstrip("'"))
    if not found:
        raise BadCell(_no_moment(cell))
    wall = datetime.combine(day(found[1]), time.fromisoformat(found[2]))
    if offset := found[6]:
        return datetime.fromisoformat(f"{wall.isoformat()}{offset}").astimezone(UTC)
    try:
        return from_wall_clock(wall)
    except (NoSuchTime, DoubledTime) as fault:
        raise BadCell(f"{fault} Give the offset too: {wall:%Y-%m-%dT%H:%M}+00:00 or +01:00") from fault


def whole(cell: str) -> int:
    found = _WHOLE.fullmatch(cell.lstrip("'"))
    if not found:
        raise BadCell(f"{cell!r} is not a whole number, 0 or more")
    if (number := int(found[1])) > MOST_PEOPLE:
        raise BadCell(f"{cell} is more than {MOST_PEOPLE}")
    return number


def fraction(cell: str) -> float:
    bare = cell.lstrip("'")
    if not _FRACTION.fullmatch(bare):
        raise BadCell(f"{cell!r} is not a number; write for example 1 or 0.25")
    if float(bare) > MOST_VISITS_A_WEEK:
        raise BadCell(f"{cell} is more than {MOST_VISITS_A_WEEK}")
    return float(bare)


def yes_no(cell: str) -> bool:
    match cell.lstrip("'").casefold():
        case "yes" | "true":
            return True
        case "no" | "false":
            return False
    raise BadCell(f"{cell!r} is neither yes nor no")


def one_of(words: type[Word]) -> Callable[[str], Word]:
    """Reads one word of the list; what is none of them is answered with the list."""

    def read(cell: str) -> Word:
        try:
            return words(cell.lstrip("'").casefold())
        except ValueError as fault:
            raise BadCell(f"{cell!r} is not one of {', '.join(words)}") from fault

    return read


def written(value: Any) -> str:
    """The text of a value, which its reader reads back as the same value. Times by London's clocks."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return _written_moment(value)
        case date():
            return value.isoformat()
        case float():
            return f"{Decimal(repr(value)).normalize():f}"
    return clean(str(value))


def _written_moment(at: datetime) -> str:
    local = london(at)
    wall = local.replace(tzinfo=None, fold=0)
    exact = "auto" if wall.second or wall.microsecond else "minutes"
    try:
        from_wall_clock(wall)
    except DoubledTime:
        return local.isoformat(timespec=exact)
    return wall.isoformat(timespec=exact)


def _no_day(cell: str) -> str:
    said = f"{cell!r} is not a date in the form 2023-12-03"
    meant = _meant_day(cell)
    return f"{said}; if you mean that day, write {meant}" if meant else said


def _meant_day(cell: str) -> date | None:
    """The day somebody in the United Kingdom means by 03/12/2023, or by 2023/12/3."""
    try:
        if found := _DAY_FIRST.fullmatch(cell):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, int(found[2]), int(found[1]))
        if found := _YEAR_FIRST.fullmatch(cell):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return None


def _no_moment(cell: str) -> str:
    if _DAY.fullmatch(cell):
        return f"{cell} has no time of day; write for example {cell}T14:05 (at midnight: {cell}T00:00)"
    on, _, rest = cell.partition(" ")
    said = f"{cell!r} is not a time in the form 2023-12-03T14:05"
    if (meant := _meant_day(on)) and re.fullmatch(_TIME, rest):
        return f"{said}; if you mean that day, write {meant}T{rest}"
    return said
