"""A linear model put together in plain lists, and what a solver answers. No solver is known here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol


class Model:
    """Columns to be chosen, rows that bind them, a cost that should be least."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.least: list[float] = []
        self.most: list[float] = []
        self.is_whole: list[bool] = []
        self.row_least: list[float] = []
        self.row_most: list[float] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.factors: list[float] = []

    def column(
        self, cost: float = 0.0, least: float = 0.0, most: float = 1.0, *, is_whole: bool = False
    ) -> int:
        self.cost.append(cost)
        self.least.append(least)
        self.most.append(most)
        self.is_whole.append(is_whole)
        return len(self.cost) - 1

    def row(self, least: float, most: float, terms: Iterable[tuple[int, float]]) -> int:
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)
        self.starts.append(len(self.columns))
        self.row_least.append(least)
        self.row_most.append(most)
        return len(self.row_least) - 1

    def at_most(self, most: float, terms: Iterable[tuple[int, float]]) -> int:
        return self.row(-inf, most, terms)

    def at_least(self, least: float, terms: Iterable[tuple[int, float]]) -> int:
        return self.row(least, inf, terms)


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` are empty where none were found; `bound` is the least that any could cost."""

    values: Sequence[float]
    value: float
    bound: float
    prices: Sequence[float] = ()
    """What the cost rises by, for one more of each column; only of an answer in fractions."""
    was_stopped: bool = False

    @property
    def is_found(self) -> bool:
        return len(self.values) > 0

    def takes(self, column: int) -> bool:
        return self.values[column] > 0.5


class Solver(Protocol):
    def relaxed(self, model: Model) -> Answer:
        """Fractions allowed throughout."""

    def whole(self, model: Model, *, most_nodes: int, gap: float = 0.0) -> Answer:
        """Whole where the model asks for it; within `gap` of the best, unless the nodes run out."""

    def at_a_glance(self, model: Model, seed: int) -> Answer:
        """Whole, for a model in which nothing costs; not found where that would take a search."""
