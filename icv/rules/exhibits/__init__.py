"""Exhibits: what the panel's page, every paper and every file show of the figures, each made once.

They are made in `made`: who shows or writes what was made loads nothing of the figures.
"""

from icv.rules.exhibits.emptiness import has_anything
from icv.rules.exhibits.shape import (
    Cell,
    Column,
    Drawing,
    Exhibit,
    Hidden,
    Kind,
    Order,
    Picture,
    Row,
    Share,
    Table,
    cell_from_json,
    in_words,
    table_as_json,
)

__all__ = [
    "Cell",
    "Column",
    "Drawing",
    "Exhibit",
    "Hidden",
    "Kind",
    "Order",
    "Picture",
    "Row",
    "Share",
    "Table",
    "cell_from_json",
    "has_anything",
    "in_words",
    "table_as_json",
]
