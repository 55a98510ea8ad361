"""Declarations, reviews, terms and endings: their words, and what follows from their days."""

from datetime import date
from enum import StrEnum

from icv.rules.days import ONE_DAY, add_months, last_day_of
from icv.rules.words import plural


class DeclarationKind(StrEnum):
    ELIGIBILITY = "eligibility"
    CIRCUMSTANCES = "circumstances"

    @property
    def words(self) -> str:
        return {"eligibility": "eligibility", "circumstances": "change in circumstances"}[self.value]


class ReviewKind(StrEnum):
    PROBATION = "probation"
    REAPPRAISAL = "reappraisal"

    @property
    def words(self) -> str:
        return {"probation": "review of probation", "reappraisal": "reappraisal"}[self.value]


class ReviewOutcome(StrEnum):
    """What the review says: go on, wait with the decision, or come to an end."""

    GO_ON = "go_on"
    EXTEND = "extend"
    END = "end"

    @property
    def words(self) -> str:
        return {"go_on": "to go on", "extend": "to be decided later", "end": "to come to an end"}[self.value]


class EndReason(StrEnum):
    """Why an appointment ends. What is kept is text: one of these, and words."""

    RESIGNED = "resigned"
    RETIRED = "retired"
    REMOVED = "removed"
    TERM_ENDED = "term_ended"
    OTHER = "other"

    @property
    def heading(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def needs_words(self) -> bool:
        """A removal is explained, and “other” says nothing."""
        return self in {EndReason.REMOVED, EndReason.OTHER}

    def told(self, words: str) -> str:
        """Resigned: moved away"""
        said = words.strip()
        if self is EndReason.OTHER:
            return said
        return f"{self.heading}: {said}" if said else self.heading


def next_term(last_ends_on: date, years: int) -> tuple[date, date]:
    """First and last day of the term that follows on one whose last day is known."""
    starts_on = last_ends_on + ONE_DAY
    return starts_on, last_day_of(starts_on, 12 * years)


def service_in_words(since: date, until: date) -> str:
    """4 years and 2 months; 3 months; less than a month. Whole months up to a day that is not counted.

    Said, and never held against anybody: no longest service is set anywhere.
    """
    months = (until.year - since.year) * 12 + until.month - since.month
    if add_months(since, months) > until:
        months -= 1
    years, months = divmod(max(months, 0), 12)
    said = [plural(number, unit) for number, unit in ((years, "year"), (months, "month")) if number]
    return " and ".join(said) or "less than a month"
