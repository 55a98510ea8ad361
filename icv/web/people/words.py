"""What became of a move, as it is told to the coordinator."""

from collections.abc import Sequence

from icv.rules.days import day_in_words
from icv.rules.words import plural
from icv.services.people import Moved


def moved_in_words(moved: Sequence[Moved]) -> str:
    """Asha Patel: the stage is now “left”. 2 duties are given back and open on the rota."""
    who = moved[0].name if len(moved) == 1 else plural(len(moved), "person", "people")
    stage, day = moved[0].to.words, moved[0].planned_for
    said = [
        f"{who}: the stage will be “{stage}” from {day_in_words(day)}."
        if day
        else f"{who}: the stage is now “{stage}”."
    ]
    released, still_held = sum(one.released for one in moved), sum(one.still_held for one in moved)
    if released:
        are = "is" if released == 1 else "are"
        said.append(f"{plural(released, 'duty', 'duties')} {are} given back and open on the rota.")
    if still_held:
        said.append(f"{plural(still_held, 'duty', 'duties')} still on the rota: find somebody else there.")
    return " ".join(said)
