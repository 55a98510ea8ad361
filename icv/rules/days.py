"""Days, weeks and London time: spans that include both ends, and the wall clock when clocks change."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)


class NoSuchTime(ValueError):
    """A wall-clock time that the change to summer time skips."""


class DoubledTime(ValueError):
    """A wall-clock time that happens twice when summer time ends."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A period cannot end ({self.last}) before it begins ({self.first}).")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def after(self) -> date:
        """The first day that no longer belongs, as far as the calendar goes: the end of a half-open range."""
        return min(self.last, date.max - ONE_DAY) + ONE_DAY

    def starts_at(self) -> datetime:
        """The first instant of the period, in UTC."""
        return midnight(self.first)

    def ends_at(self) -> datetime:
        """The first instant after the period, in UTC."""
        return midnight(self.after)


def midnight(day: date) -> datetime:
    """The instant a London day begins, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)


def london(at: datetime) -> datetime:
    return at.astimezone(LONDON)


def london_day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def from_wall_clock(wall: datetime) -> datetime:
    """A naive London time as an instant in UTC. Raises NoSuchTime or DoubledTime around the clock change."""
    readings = {wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)}
    possible = sorted(at for at in readings if at.astimezone(LONDON).replace(tzinfo=None, fold=0) == wall)
    if not possible:
        raise NoSuchTime(
            f"{wall:%H:%M} did not exist on {day_in_words(wall.date())}: the clocks went forward."
        )
    if len(possible) == 2:
        raise DoubledTime(
            f"{wall:%H:%M} happened twice on {day_in_words(wall.date())}: the clocks went back."
        )
    return possible[0]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def day_in_words(day: date) -> str:
    """3 December 2023"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """3 Dec 2023"""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def week_in_words(first: date, last: date) -> str:
    """27 November to 3 December 2023"""
    opening = f"{first.day} {MONTHS[first.month - 1]}" + ("" if first.year == last.year else f" {first.year}")
    return f"{opening} to {day_in_words(last)}"


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(first: date, months: int) -> date:
    """The last day of so many months that begin on that day: the day before it returns, or the whole month
    where it is too short for that. What begins on 31 August lasts six months until 28 February.
    """
    return max(add_months(first, months) - ONE_DAY, add_months(first - ONE_DAY, months))


def merged(spans: list[Period]) -> list[Period]:
    """The same days as the fewest spans, in order."""
    joined: list[Period] = []
    for span in sorted(spans):
        if joined and span.first <= joined[-1].after:
            joined[-1] = Period(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined
