"""Told to whoever would write over what was changed after they had looked."""

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london
from icv.store.settings import Changed

OVERRULE = "Save again to overrule what stands now"


def changed_meanwhile(what: str, changed: Changed | None, by: Actor, *, then: str = OVERRULE) -> str:
    """Who changed it last and when, and what to do then. `what` is a word, as in “this suite”.

    What it is now has to stand on the page (SeenField).
    """
    return (
        f"{_who_and_when(what, changed, by)}, after you opened the page. What stands now is shown below; what"
        f" you typed is still here. {then}"
    )


def _who_and_when(what: str, changed: Changed | None, by: Actor) -> str:
    if changed is None:
        return f"Somebody changed this {what}"
    at = london(changed.at)
    when = f"on {day_in_words(at.date())} at {at:%H:%M}"
    if changed.by_id is not None and changed.by_id == by.account_id:
        return f"You changed this {what} yourself, in another tab or on another device, {when}"
    return f"{changed.by or 'Somebody'} changed this {what} {when}"
