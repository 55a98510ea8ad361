"""Suppression: small numbers that could point at a person are hidden, with neighbours so no sum tells."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Numbers fit to publish, None where hidden.

    `total` is hidden only where it would tell and no neighbour is left to prevent it: such a total must
    not be printed anywhere else either.
    """

    cells: dict[str, int | None]
    total: int | None


def suppress(cells: Mapping[str, int], threshold: int) -> Suppressed:
    """Hides counts from 1 to `threshold`, and the smallest neighbours needed for the total to be shown.

    Zeros are shown, unless they are all the neighbours there are: then all of them are hidden.
    """
    hidden = {name for name, count in cells.items() if 1 <= count <= threshold}
    neighbours = sorted((count, name) for name, count in cells.items() if count > threshold)
    while neighbours and _gives_away([cells[name] for name in hidden]):
        hidden.add(neighbours.pop(0)[1])
    total: int | None = sum(cells.values())
    if _gives_away([cells[name] for name in hidden]):
        total = total if 0 in cells.values() else None
        hidden = set(cells)
    return Suppressed({name: None if name in hidden else count for name, count in cells.items()}, total)


def _gives_away(hidden: list[int]) -> bool:
    """Whether their sum tells what hidden counts are: one stands alone, or all are ones."""
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) == len(hidden))
