"""Replies: whether the police answered in time, serious findings first, and what was put in order since."""

from icv.rules.exhibits.shape import Column, Exhibit, Kind, Row, Share, Table
from icv.rules.figures.answers import Answers, Replies, Reply
from icv.rules.figures.comparison import change_in_points, points_in_words
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.shares import percent
from icv.rules.words import amount_in_words, plural_in_words, sentence, share_in_words, were


def replies(found: PanelFigures) -> Exhibit:
    answers = found.answers
    return Exhibit(
        "replies",
        "Replies from the police",
        words=tuple(_words(answers)),
        tables=(_table(answers),) if answers.whole.due else (),
    )


def _words(answers: Answers) -> list[str]:
    whole = answers.whole
    closed = f"{plural_in_words(answers.closed, 'finding')} put to the police {were(answers.closed)} closed"
    last = sentence(f"{closed} in the period")
    if not whole.due:
        return ["No replies from the police were due in the period.", last]
    return [
        *_in_time(whole, answers.before),
        *_serious(answers.serious),
        *_late(whole),
        *_escalated(whole),
        last,
    ]


def _in_time(whole: Replies, before: Replies) -> list[str]:
    if not whole.judged:
        return [f"{_counted(whole.due)} due in the period, and may still come in time."]
    number = whole.number(Reply.IN_TIME)
    came = f"{share_in_words(number, whole.judged)} of the replies due came in time"
    change = change_in_points(
        percent(number, whole.judged), percent(before.number(Reply.IN_TIME), before.judged)
    )
    if change is not None:
        came += f", {points_in_words(change)} from the period before"
    words = [f"{came}."]
    if whole.median_days is not None:
        words.append(f"The median reply took {amount_in_words(whole.median_days, 'day')}.")
    return words


def _serious(serious: Replies) -> list[str]:
    """Said first of all that follows: panels ask whether the critical ones were answered first."""
    if not serious.judged:
        return []
    number = serious.number(Reply.IN_TIME)
    return [f"Of those to serious findings, {share_in_words(number, serious.judged)} came in time."]


def _late(whole: Replies) -> list[str]:
    late, overdue = whole.number(Reply.LATE), whole.number(Reply.OVERDUE)
    words = []
    if late:
        words.append(sentence(f"{_counted(late)} late"))
    if overdue:
        are = "is" if overdue == 1 else "are"
        words.append(sentence(f"{plural_in_words(overdue, 'reply', 'replies')} {are} overdue"))
    return words


def _escalated(whole: Replies) -> list[str]:
    if not whole.escalated:
        return []
    return [sentence(f"{plural_in_words(whole.escalated, 'reply', 'replies')} had to be asked for higher up")]


def _counted(number: int) -> str:
    return sentence(f"{plural_in_words(number, 'reply', 'replies')} {were(number)}")[:-1]


def _table(answers: Answers) -> Table:
    return Table(
        "replies",
        "Replies due in the period, serious findings first",
        "Findings",
        (
            Column("In time", Kind.SHARE),
            Column("Late"),
            Column("Overdue"),
            Column("Closed without a reply"),
            Column("May still come in time"),
            Column("Due"),
            Column("Taken higher"),
            Column("Median days to reply"),
        ),
        (_row("Serious", answers.serious), _row("Others", answers.others)),
        _row("All", answers.whole),
        said=("replies.due", "replies.in_time", "replies.median_days", "replies.escalated", "replies.closed"),
    )


def _row(name: str, one: Replies) -> Row:
    return Row(
        name,
        (
            Share(one.number(Reply.IN_TIME), one.judged),
            *(one.number(reply) for reply in (Reply.LATE, Reply.OVERDUE, Reply.CLOSED, Reply.TO_COME)),
            one.due,
            one.escalated,
            one.median_days,
        ),
    )
