"""Diversity monitoring: voluntary questions whose answers are only ever counted, never kept of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from icv.rules.suppression import suppress

RATHER_NOT = "prefer_not"
NO_ANSWER = "no_answer"
"""Counted where somebody who answered other questions left one out, so that each question counts the same."""


@dataclass(frozen=True, slots=True)
class Question:
    """`answers` by the word that is counted, in the order shown."""

    name: str
    title: str
    answers: Mapping[str, str]
    hint: str = ""


def _question(name: str, title: str, answers: Mapping[str, str], hint: str = "") -> Question:
    return Question(name, title, {**answers, RATHER_NOT: "Prefer not to say"}, hint)


QUESTIONS: tuple[Question, ...] = (
    _question(
        "age",
        "How old are you?",
        {
            "18-24": "18 to 24",
            "25-34": "25 to 34",
            "35-44": "35 to 44",
            "45-54": "45 to 54",
            "55-64": "55 to 64",
            "65-74": "65 to 74",
            "75": "75 or over",
        },
    ),
    _question("sex", "What is your sex?", {"female": "Female", "male": "Male"}),
    _question(
        "gender",
        "Is your gender the same as the sex you were registered with at birth?",
        {"same": "Yes", "another": "No"},
    ),
    _question(
        "ethnic_group",
        "What is your ethnic group?",
        {
            "asian": "Asian or Asian British",
            "black": "Black, Black British, Caribbean or African",
            "mixed": "Mixed or multiple ethnic groups",
            "white_british": "White: English, Welsh, Scottish, Northern Irish or British",
            "white_other": "White: any other background",
            "other": "Any other ethnic group",
        },
    ),
    _question(
        "disability",
        "Do you have a disability?",
        {"yes": "Yes", "no": "No"},
        "A condition of body or mind that has lasted, or will last, 12 months or more and makes everyday"
        " things a good deal harder",
    ),
    _question(
        "religion",
        "What is your religion or belief?",
        {
            "none": "No religion",
            "buddhist": "Buddhist",
            "christian": "Christian",
            "hindu": "Hindu",
            "jewish": "Jewish",
            "muslim": "Muslim",
            "sikh": "Sikh",
            "other": "Any other religion or belief",
        },
    ),
    _question(
        "orientation",
        "What is your sexual orientation?",
        {
            "straight": "Straight or heterosexual",
            "gay": "Gay or lesbian",
            "bisexual": "Bisexual",
            "other": "Another",
        },
    ),
)

Counts = Mapping[str, Mapping[str, int]]
"""How many gave each answer, by question and answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One question's numbers, fit to be shown: (answer in words, how many or None where hidden)."""

    question: Question
    lines: tuple[tuple[str, int | None], ...]


def are_shown(closed_on: date | None, day: date) -> bool:
    """Only once no answer can be added any more: before that, two looks would tell what came in between.

    The round's first closed day is for those who sent theirs just before midnight.
    """
    return closed_on is not None and closed_on < day


def are_asked(closed_on: date | None, day: date, *, are_final: bool) -> bool:
    """Never again after the numbers could be looked at, though the round be opened once more."""
    return not are_final and not are_shown(closed_on, day)


def to_count(given: Mapping[str, str | None]) -> dict[str, str]:
    """What is counted of somebody's answers, each question once; nothing where nothing was answered."""
    known = {
        question.name: answer
        for question in QUESTIONS
        if (answer := given.get(question.name)) in question.answers and answer is not None
    }
    return {question.name: known.get(question.name, NO_ANSWER) for question in QUESTIONS} if known else {}


def answered(counts: Counts) -> int:
    """How many people answered: every question counts each of them once."""
    return max((sum(numbers.values()) for numbers in counts.values()), default=0)


def shown(counts: Counts, threshold: int) -> list[Shown] | None:
    """Small numbers hidden, with enough neighbours; None where even the number of people must not be told.

    All questions count the same people: a number of people that one question must hide is hidden for all.
    """
    hidden = [suppress(_cells(question, counts), threshold) for question in QUESTIONS]
    if 0 < answered(counts) <= threshold or any(one.total is None for one in hidden):
        return None
    return [
        Shown(
            question,
            tuple(
                (words, one.cells[answer]) for answer, words in _all_answers(question) if answer in one.cells
            ),
        )
        for question, one in zip(QUESTIONS, hidden, strict=True)
    ]


def _all_answers(question: Question) -> list[tuple[str, str]]:
    return [*question.answers.items(), (NO_ANSWER, "Left out")]


def _cells(question: Question, counts: Counts) -> dict[str, int]:
    """Every answer, those nobody gave included; those once offered and given are not lost."""
    numbers = counts.get(question.name, {})
    offered = [answer for answer, _ in _all_answers(question)]
    return {answer: numbers.get(answer, 0) for answer in (*offered, *(set(numbers) - set(offered)))}
