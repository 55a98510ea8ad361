"""Figures in words: numbers, plurals, the months of a period, and the panel paper's summary paragraphs."""

from icv.rules.days import MONTHS, Period, day_in_words, week_in_words
from icv.rules.figures import Figures, FindingFigures, VisitFigures, VolunteerFigures, percent_in_words

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_in_words(number: int) -> str:
    """seventeen; thirty-one; from a hundred on in digits: 1,204"""
    if not 0 <= number < 100:
        return f"{number:,}"
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def plural(number: int, noun: str, nouns: str = "") -> str:
    """1 visit; 17 visits; 2 people, where the plural is given"""
    return f"{number:,} {_form(number, noun, nouns)}"


def plural_in_words(number: int, noun: str, nouns: str = "") -> str:
    """one visit; seventeen visits; no visits"""
    return f"{number_in_words(number) if number else 'no'} {_form(number, noun, nouns)}"


def period_in_words(period: Period) -> str:
    """over December and January; the year is said from twelve months on, days where months are not whole."""
    if period.days == 1:
        return f"on {day_in_words(period.first)}"
    if period.first.day != 1 or period.after.day != 1:
        return f"from {week_in_words(period.first, period.last)}"
    first, last = MONTHS[period.first.month - 1], MONTHS[period.last.month - 1]
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if months == 1:
        return f"in {first}"
    if months == 2:
        return f"over {first} and {last}"
    if months < 12:
        return f"from {first} to {last}"
    opening = first if period.first.year == period.last.year else f"{first} {period.first.year}"
    return f"from {opening} to {last} {period.last.year}"


def summary(figures: Figures) -> list[str]:
    """Two paragraphs for a panel: what happened, and who may come. After Leicestershire's paper of 2024."""
    happened = (
        _share(figures.visits),
        _undertaken(figures.visits, figures.period),
        _serious(figures.findings),
    )
    coming = (
        _applications(figures.volunteers),
        _pipeline(figures.volunteers, figures.period),
        _cohort(figures.volunteers),
    )
    return [" ".join(happened), " ".join(coming)]


def _form(number: int, noun: str, nouns: str) -> str:
    return noun if number == 1 else nouns or f"{noun}s"


def sentence(text: str) -> str:
    """Of words, whose first letter may be any: Vetting expired on 3 May 2026."""
    return f"{text[0].upper()}{text[1:]}."


def _counted(number: int, noun: str, rest: str) -> str:
    """One visit was …; no visits were …"""
    return sentence(f"{plural_in_words(number, noun)} {'was' if number == 1 else 'were'} {rest}")


def _share(visits: VisitFigures) -> str:
    share = percent_in_words(visits.completed, visits.scheduled)
    if share is None and visits.not_yet_due:
        return f"Of {plural_in_words(visits.not_yet_due, 'scheduled visit')} none is due yet."
    if share is None:
        return "No visits were scheduled."
    achieved = f"{share} of scheduled visits were completed ({visits.completed:,} of {visits.scheduled:,})"
    if visits.not_yet_due:
        to_come = number_in_words(visits.not_yet_due)
        return sentence(f"so far, {achieved}, with {to_come} more to come")
    return sentence(achieved)


def _undertaken(visits: VisitFigures, period: Period) -> str:
    return _counted(visits.undertaken, "visit", f"undertaken {period_in_words(period)}")


def _serious(findings: FindingFigures) -> str:
    if findings.serious == 0:
        return "Nothing serious was raised."
    return _counted(findings.serious, "serious finding", "raised")


def _applications(volunteers: VolunteerFigures) -> str:
    if volunteers.applications == 0:
        return "No recruitment round is on record."
    return _counted(volunteers.applications, "application", "received in the latest recruitment round")


def _pipeline(volunteers: VolunteerFigures, period: Period) -> str:
    stages = ((volunteers.in_vetting, "in vetting"), (volunteers.in_training, "in training"))
    present = [(number, stage) for number, stage in stages if number]
    if not present:
        return f"Nobody was in vetting or in training on {day_in_words(period.last)}."
    (number, stage), *rest = present
    more = "".join(f" and {number_in_words(others)} {other_stage}" for others, other_stage in rest)
    return _counted(number, "volunteer", f"{stage}{more} on {day_in_words(period.last)}")


def _cohort(volunteers: VolunteerFigures) -> str:
    waiting = volunteers.projected - volunteers.closing
    if not waiting:
        return f"The cohort was {plural_in_words(volunteers.closing, 'visitor')}."
    all_of_them = "all of them are" if waiting > 1 else "that person is"
    return f"If {all_of_them} appointed, the cohort is projected at {number_in_words(volunteers.projected)}."
