"""What became of a move, as it is told to the coordinator."""

from icv.rules.words import plural
from icv.services.people import Moved


def moved_in_words(moved: Moved) -> str:
    """Asha Patel is now at the stage “left”. 2 duties are given back and stand empty on the rota."""
    said = [f"{moved.name}: the stage is now “{moved.to.words}”."]
    if moved.released:
        are = "is" if moved.released == 1 else "are"
        said.append(f"{plural(moved.released, 'duty', 'duties')} {are} given back and open on the rota.")
    if moved.still_held:
        said.append(
            f"{plural(moved.still_held, 'duty', 'duties')} still on the rota: find somebody else there."
        )
    return " ".join(said)
