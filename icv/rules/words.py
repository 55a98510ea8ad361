"""Figures in words: numbers, plurals, the months of a period, and the panel paper's summary paragraphs."""

from datetime import date

from icv.rules.days import MONTHS, Period, day_in_words, week_in_words
from icv.rules.figures import Figures, FindingFigures, VisitFigures, VolunteerFigures, percent_in_words

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

SUMMARY = (("share", "undertaken", "serious"), ("applications", "in_vetting", "projected"))
"""The facts of the summary, by paragraph. Never changed: papers keep edited sentences by these keys."""


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


def all_in_words(number: int, noun: str) -> str:
    """Both visits; All seventeen visits: of two or more"""
    return f"Both {noun}s" if number == 2 else f"All {plural_in_words(number, noun)}"


def amount_in_words(amount: float, unit: str) -> str:
    """1 minute; 12 days; 2.5 minutes: to one decimal where it is not whole"""
    rounded = round(float(amount), 1)
    return plural(int(rounded), unit) if rounded.is_integer() else f"{rounded:,.1f} {unit}s"


def times_in_words(number: int) -> str:
    """once; twice; three times"""
    return {1: "once", 2: "twice"}.get(number, f"{number_in_words(number)} times")


def share_in_words(part: int, whole: int, of: str = "") -> str:
    """16 of 17 (94%); 16 of 17 visits (94%); 0 of 0, of which no share can be said"""
    share = percent_in_words(part, whole)
    return f"{part:,} of {whole:,}" + (f" {of}" if of else "") + (f" ({share})" if share else "")


def were(number: int) -> str:
    return "was" if number == 1 else "were"


def are(number: int) -> str:
    return "is" if number == 1 else "are"


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


def capital(words: str) -> str:
    """As a row or a sentence begins; the rest of the words stays as it was written."""
    return words[:1].upper() + words[1:]


def sentence(text: str) -> str:
    """Of words, whose first letter may be any: Vetting expired on 3 May 2026."""
    return f"{capital(text)}."


def summary(figures: Figures, as_of: date | None = None) -> list[str]:
    """Two paragraphs for a panel: what happened, and who may come. After Leicestershire's paper of 2024."""
    parts = summary_parts(figures, as_of)
    return [" ".join(parts[fact] for fact in facts) for facts in SUMMARY]


def summary_parts(figures: Figures, as_of: date | None = None) -> dict[str, str]:
    """A sentence for each fact of `SUMMARY`.

    `as_of` is the day of counting: before the period's end, the sentences say that it is not over. Without
    one it is.
    """
    visits, volunteers = figures.visits, figures.volunteers
    until = min(as_of or figures.period.last, figures.period.last)
    return {
        "share": _share(visits),
        "undertaken": _undertaken(visits, figures.period, until),
        "serious": _serious(figures.findings, visits),
        "applications": _applications(volunteers, until),
        "in_vetting": _in_vetting(volunteers, until),
        "projected": _projected(volunteers),
    }


def _form(number: int, noun: str, nouns: str) -> str:
    return noun if number == 1 else nouns or f"{noun}s"


def _counted(number: int, noun: str, rest: str) -> str:
    """One visit was …; no visits were …"""
    return sentence(f"{plural_in_words(number, noun)} {were(number)} {rest}")


def _share(visits: VisitFigures) -> str:
    share = percent_in_words(visits.completed, visits.scheduled)
    if share is None:
        return _nothing_due(visits)
    achieved = f"{share} of scheduled visits were completed ({visits.completed:,} of {visits.scheduled:,})"
    if visits.not_yet_due:
        to_come = number_in_words(visits.not_yet_due)
        return sentence(f"so far, {achieved}, with {to_come} more not yet due")
    return sentence(achieved)


def _nothing_due(visits: VisitFigures) -> str:
    if visits.not_yet_due == 1:
        return "The one scheduled visit is not due yet."
    if visits.not_yet_due:
        return f"Of {plural_in_words(visits.not_yet_due, 'scheduled visit')} none is due yet."
    if visits.cancelled == 1:
        return "The one visit planned was cancelled before its week began, so none was scheduled."
    if visits.cancelled:
        planned = all_in_words(visits.cancelled, "visit")
        return f"{planned} planned were cancelled before their week began, so none was scheduled."
    return "No visits were scheduled."


def _undertaken(visits: VisitFigures, period: Period, until: date) -> str:
    if until < period.first and not visits.undertaken:
        return f"No visits have been undertaken yet: the period begins on {day_in_words(period.first)}."
    so_far = f", up to {day_in_words(until)}" if period.first <= until < period.last else ""
    return _counted(visits.undertaken, "visit", f"undertaken {period_in_words(period)}{so_far}")


def _serious(findings: FindingFigures, visits: VisitFigures) -> str:
    if findings.serious:
        return _counted(findings.serious, "serious finding", "raised")
    if findings.raised or visits.attempted:
        return "Nothing serious was raised."
    return "With no visit made, nothing serious could be raised."


def _applications(volunteers: VolunteerFigures, until: date) -> str:
    if volunteers.applications == 0:
        return f"No recruitment round had begun by {day_in_words(until)}."
    return _counted(volunteers.applications, "application", "received in the latest recruitment round")


def _in_vetting(volunteers: VolunteerFigures, until: date) -> str:
    vetting, training, day = volunteers.in_vetting, volunteers.in_training, day_in_words(until)
    if not (vetting or training):
        return f"Nobody was in vetting or in training on {day}."
    if not vetting:
        there = plural_in_words(training, "volunteer")
        return f"Nobody was in vetting, and {there} {were(training)} in training, on {day}."
    also = f" and {number_in_words(training)} in training" if training else ""
    return _counted(vetting, "volunteer", f"in vetting{also} on {day}")


def _projected(volunteers: VolunteerFigures) -> str:
    waiting = volunteers.projected - volunteers.closing
    if waiting:
        all_of_them = "all of them are" if waiting > 1 else "that person is"
        projected = number_in_words(volunteers.projected)
        return f"If {all_of_them} appointed, the cohort is projected at {projected}."
    if volunteers.closing:
        appointed = plural_in_words(volunteers.closing, "visitor")
        return f"The cohort is projected to stay at the {appointed} already appointed."
    return "No visitors were in office, and none is projected."
