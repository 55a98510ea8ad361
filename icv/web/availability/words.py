"""What is said after availability was given."""

from collections.abc import Sequence

from icv.store.visiting import HeldDuty


def answered_in_words(periods: Sequence[str]) -> str:
    """You have answered for April to June 2026: add more at any time."""
    if not periods:
        return ""
    return f" You have answered for {' and for '.join(periods)}; you can still add more."


def given_back_in_words(duties: Sequence[HeldDuty]) -> str:
    if not duties:
        return ""
    said = "; ".join(duty.words for duty in duties)
    return f" Given back: {said}. The coordinator is told, and finds somebody else."


def kept_in_words(duties: Sequence[HeldDuty]) -> str:
    said = "; ".join(duty.words for duty in duties)
    keeping = "your visit, since its week has" if len(duties) == 1 else "these visits, since their weeks have"
    return (
        f"You keep {keeping} days on which you are not away: {said}."
        " If you cannot make it, say so under My duties, so that somebody else can be found."
    )
