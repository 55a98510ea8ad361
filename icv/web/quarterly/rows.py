"""The quarterly return as rows: heading, what, suite and answer; the same in the file and as text."""

from collections.abc import Iterator, Sequence

from icv.rules.scheme import Choices
from icv.rules.words import plural
from icv.store.figures import CategoryLine, Positive, Quarterly

Row = tuple[str, str, str, str]

ENTRY = "Delays of entry"
CONCERNS = "Concerns"
IMPACT = "Impact"
GOOD = "Good practice"


def rows_of(filled: Quarterly, chosen: Sequence[Positive], choices: Choices) -> list[Row]:
    """Nothing of visitors, dates of visits or references: it leaves the office."""
    return [*_entry(filled, choices), *_concerns(filled), *_impact(filled), *_good(chosen)]


def _entry(filled: Quarterly, choices: Choices) -> Iterator[Row]:
    entry = filled.entry
    waited = f"{entry.long_waits} of {entry.timed}"
    yield (
        ENTRY,
        f"Waited more than {choices.long_wait_minutes} minutes, of visits timed",
        "",
        waited,
    )
    yield ENTRY, "Not let in, of visits attempted", "", f"{entry.no_access} of {entry.attempted}"
    yield from _cut(ENTRY, "Waits and refusals", len(entry.waits), entry.long_waits + entry.no_access)
    for wait in entry.waits:
        what = "Not let in" if wait.minutes is None else f"Waited {plural(wait.minutes, 'minute')}"
        said = [wait.why or "No reason is on record", wait.rank and f"Decided by: {wait.rank}", *wait.flags]
        yield ENTRY, what, wait.suite, ". ".join(part.rstrip(".") for part in said if part)


def _concerns(filled: Quarterly) -> Iterator[Row]:
    yield CONCERNS, "Findings raised", "", str(filled.raised)
    for line in filled.categories:
        yield CONCERNS, line.category.capitalize(), "", _states(line)
    for theme, number in filled.themes:
        yield CONCERNS, f"Theme: {theme}", "", str(number)
    yield from _cut(CONCERNS, "Raised again", len(filled.again), filled.repeated)
    for again in filled.again:
        yield CONCERNS, f"Raised again: {again.category}", again.suite, again.words


def _states(line: CategoryLine) -> str:
    parts = {
        "serious": line.serious,
        "settled at the visit": line.on_the_spot,
        "with the police": line.with_police,
        "answered": line.answered,
        "closed": line.closed,
    }
    told = ", ".join(f"{number} {words}" for words, number in parts.items() if number)
    return f"{line.raised}" + (f" ({told})" if told else "")


def _impact(filled: Quarterly) -> Iterator[Row]:
    settled = f"{filled.settled} of {filled.raised}"
    yield IMPACT, "Put right at the visit or before it, of findings raised", "", settled
    yield IMPACT, "Findings closed", "", str(filled.closed)
    yield from _cut(IMPACT, "What was done", len(filled.impact), filled.closed)
    for one in filled.impact:
        yield IMPACT, one.category.capitalize(), one.suite, one.words or "No words are on record"


def _cut(heading: str, what: str, shown: int, total: int) -> Iterator[Row]:
    """Said only of a list that goes on."""
    if shown < total:
        yield heading, what, "", f"{shown} of {total} shown"


def _good(chosen: Sequence[Positive]) -> Iterator[Row]:
    for one in chosen:
        yield GOOD, "Seen by visitors", one.suite, one.words
