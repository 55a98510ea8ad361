"""Replies: whether the police answered in time, serious findings first, and what was put in order since."""

from collections.abc import Iterator

from icv.rules.exhibits.shape import Column, Exhibit, Kind, Row, Share, Table
from icv.rules.figures.answers import Answers, Replies, Reply
from icv.rules.figures.panel import PanelFigures
from icv.rules.words import amount_in_words, are, plural_in_words, sentence, share_in_words, were


def replies(found: PanelFigures) -> Exhibit:
    answers = found.answers
    return Exhibit(
        "replies",
        "Replies from the police",
        words=tuple(_words(answers)),
        tables=(_in_time_table(answers), _became(answers)) if answers.whole.due else (),
    )


def _words(answers: Answers) -> list[str]:
    whole = answers.whole
    closed = f"{plural_in_words(answers.closed, 'finding')} put to the police {were(answers.closed)} closed"
    last = sentence(f"{closed} in the period")
    if not whole.due:
        return ["No replies from the police were due in the period.", last]
    return [*_in_time(whole, answers.before), *_serious(answers.serious), *_late(whole), last]


def _in_time(whole: Replies, before: Replies) -> Iterator[str]:
    if not whole.judged:
        yield f"{_counted(whole.due)} due in the period, and may still come in time."
        return
    compared = ""
    if before.judged:
        compared = (
            f"; in the period before, {share_in_words(before.number(Reply.IN_TIME), before.judged)} did"
        )
    yield f"{_in_time_of(whole, 'due')}{compared}."
    if whole.median_days is not None:
        yield f"The median reply took {amount_in_words(whole.median_days, 'day')}."


def _serious(serious: Replies) -> Iterator[str]:
    """Panels ask whether the critical ones were answered first."""
    if serious.judged:
        yield f"{_in_time_of(serious, 'to serious findings')}."


def _in_time_of(replies: Replies, which: str) -> str:
    number, whole = replies.number(Reply.IN_TIME), replies.judged
    if whole == 1:
        return f"The only reply {which} {'came' if number else 'did not come'} in time"
    due = f"replies {which}"
    how_many = share_in_words(number, whole, due) if number else f"None of {whole:,} {due}"
    return f"{how_many} came in time"


def _late(whole: Replies) -> Iterator[str]:
    late, overdue = whole.number(Reply.LATE), whole.number(Reply.OVERDUE)
    if late:
        yield f"{_counted(late)} late."
    if overdue:
        yield sentence(f"{plural_in_words(overdue, 'reply', 'replies')} {are(overdue)} overdue")
    if whole.escalated:
        yield sentence(
            f"{plural_in_words(whole.escalated, 'reply', 'replies')} had to be asked for higher up"
        )


def _counted(number: int) -> str:
    """One reply was; two replies were"""
    return sentence(f"{plural_in_words(number, 'reply', 'replies')} {were(number)}")[:-1]


def _in_time_table(answers: Answers) -> Table:
    parts = {"Serious": answers.serious, "Others": answers.others}
    return Table(
        "replies",
        "Replies due in the period that came in time, serious findings first",
        "Findings",
        (Column("In time", Kind.SHARE), Column("Taken higher"), Column("Median days to reply")),
        tuple(_row(name, replies) for name, replies in parts.items() if replies.due),
        _row("All", answers.whole),
        said=("replies.in_time", "replies.escalated", "replies.median_days"),
    )


def _row(name: str, one: Replies) -> Row:
    return Row(name, (Share(one.number(Reply.IN_TIME), one.judged), one.escalated, one.median_days))


def _became(answers: Answers) -> Table:
    columns = (answers.serious, answers.others, answers.whole)
    return Table(
        "replies-became",
        "Replies due in the period, by what became of them",
        "Reply",
        (Column("Serious"), Column("Others"), Column("All")),
        tuple(Row(reply.words, tuple(one.number(reply) for one in columns)) for reply in Reply),
        Row("Due", tuple(one.due for one in columns)),
        said=("replies.due", "replies.in_time", "replies.closed"),
    )
