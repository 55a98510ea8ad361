"""Letters to whoever’s training runs out: 60 and 14 days before its last day, and on the day."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.courses import CourseKind
from icv.rules.days import day_in_words, london_day
from icv.rules.running_out import DAYS_AHEAD, Held, notice_due
from icv.rules.scheme import Choices
from icv.rules.sittings import when_in_words
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.courses import courses_offered
from icv.store.people.addressing import addressed
from icv.store.training import Taker, course_standings

PURPOSE = "training runs out"

_Lapse = tuple[int, date, int]
"""Of whom, the last day it counts, and which of the letters is due."""


def remind_of_training(
    session: Session, choices: Choices, address_of_page: PageAddress, at: datetime
) -> None:
    """One letter for all courses of one person that end on one day."""
    lapses = {_key(lapse): (lapse, courses) for lapse, courses in _lapses(session, at).items()}
    due = letters.unwritten(session, PURPOSE, lapses)
    people = addressed(session, {lapses[key][0][0] for key in due})
    for key in sorted(due):
        (person_id, until, _), courses = lapses[key]
        to = people[person_id]
        subject, said = _said(until, london_day(at), many=len(courses) > 1)
        letters.write(
            session,
            PURPOSE,
            key,
            to.email,
            subject,
            f"Dear {to.name},\n\n{said}\n\n{''.join(_line(*course) for course in courses)}\n"
            "Where no place is mentioned, the office will offer you one; if you have taken the training"
            " already, please tell them. Your own record shows what they hold:\n\n"
            f"{address_of_page('/record/')}\n",
            at=at,
        )


def _key(lapse: _Lapse) -> str:
    person_id, until, ahead = lapse
    return f"person {person_id}, {until}, {ahead} days"


def _lapses(session: Session, at: datetime) -> dict[_Lapse, list[tuple[str, Taker]]]:
    day = london_day(at)
    wanted = [one for one in courses_offered(session) if one.kind is not CourseKind.OTHER]
    found: defaultdict[_Lapse, list[tuple[str, Taker]]] = defaultdict(list)
    for standing in course_standings(session, wanted, at, day, max(DAYS_AHEAD)):
        for taker in standing.needing:
            ahead = notice_due(taker.until, day) if taker.until else None
            if ahead is not None and taker.until and taker.held is not Held.NEVER:
                found[taker.person_id, taker.until, ahead].append((standing.course.name, taker))
    return found


def _said(until: date, day: date, *, many: bool) -> tuple[str, str]:
    """The subject of the letter, and what it says before the courses."""
    these = "These trainings" if many else "This training"
    if until < day:
        return "Your training has run out", f"{these} of yours ran out on {day_in_words(until)}:"
    verb = "count" if many else "counts"
    if until == day:
        return "Your training runs out today", f"{these} of yours {verb} for the last time today:"
    ends = day_in_words(until)
    return f"Your training runs out on {ends}", f"{these} of yours {verb} until {ends}:"


def _line(course: str, taker: Taker) -> str:
    place = f" (you have a place: {when_in_words(taker.booked_at, None)})" if taker.booked_at else ""
    return f"- {course}{place}\n"
